"""The office keeps addresses: added with a secret shown once, tested, tried again, ended; others see nothing."""

from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from incubator.dispatch.models import Post, PostState
from incubator.foundation import at_rest
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.hooks import operations, queries, rules
from incubator.hooks.models import Hook
from incubator.journal.models import Entry
from incubator.organisations.models import Affiliation
from tests.axe import complaints
from tests.hooks.hearing import SECRET, sent
from tests.peers.sealed import reply


def test_the_secret_is_kept_encrypted(app, hears):
    hook = hears()
    assert SECRET not in hook.secret and at_rest.open_(operations.PURPOSE, hook.secret) == SECRET


def test_the_office_adds_tests_tries_again_and_ends(app, make, there, visit):
    office = visit(make.person("coordinator"))
    made = office.fill("/de/desk/hooks/add", name="Bücherei", url=f"{there.url}/hook", events=["news"],
                       organisation_id="0")
    assert made.status == 200
    secret = made.soup.select_one("[data-copy-text]").get_text()
    hook = db.session.scalars(sa.select(Hook)).one()
    page = f"/de/desk/hooks/{hook.id}"
    assert at_rest.open_(operations.PURPOSE, hook.secret) == secret and secret not in office.get(page).text
    there.answer = lambda asked: reply(asked, 404)
    assert office.post(f"{page}/test").status == 303
    assert sent(there)[0]["type"] == "test"
    post = db.session.scalars(sa.select(Post)).one()
    assert "404" in office.get(page).text
    there.answer = lambda asked: reply(asked, 200)
    assert office.post(f"/de/desk/hooks/messages/{post.id}/again").status == 303
    assert len(sent(there)) == 2
    db.session.expire_all()
    assert post.state is PostState.SENT
    assert office.post(f"/de/desk/hooks/messages/{post.id}/again").status == 303 and len(sent(there)) == 2
    office.post(f"{page}/end")
    db.session.expire_all()
    assert hook.ended_at is not None and office.get("/de/desk/hooks").status == 200


def test_others_do_not_see_it(app, make, visit, hears):
    hook = hears()
    for person in (make.person("lead"), make.person("mentor"), make.person("auditor")):
        assert visit(person).get(f"/de/desk/hooks/{hook.id}").status == 403
    assert visit().get("/de/desk/hooks").status == 303


@pytest.fixture
def partner(make):
    """An organisation that takes part in a public project, and who speaks for it."""
    person, project = make.person(), make.project("active")
    organisation = make.organisation(contact=person, will_carry=False)
    make.partnership(project, organisation)
    return SimpleNamespace(person=person, organisation=organisation, project=project)


def test_a_partner_adds_its_own_system_and_it_hears_of_its_projects_only(
    any_database, app, make, partner, there, visit
):
    own = visit(partner.person)
    place = f"/de/desk/partner/{partner.organisation.id}/hooks"
    assert place in own.get(f"/de/desk/partner/{partner.organisation.id}").text
    assert own.get(place).soup.select(f"main a[href='{place}/add']")
    assert "organisation_id" not in own.get(f"{place}/add").text
    made = own.fill(f"{place}/add", name="Unsere Seite", url=f"{there.url}/hook", events=["news"])
    assert made.soup.select_one("[data-copy-text]").get_text().startswith("whsec_")
    hook = db.session.scalars(sa.select(Hook)).one()
    assert (hook.organisation_id, hook.made_by_id) == (partner.organisation.id, partner.person.id)
    assert hook in queries.hearing("news", partner.project)
    assert hook not in queries.hearing("news", make.project("active"))
    page = own.get(f"/de/desk/hooks/{hook.id}")
    assert page.status == 200 and not page.soup.select("main a[href='/de/desk/hooks'], nav a[href='/de/desk/hooks']")
    assert own.post(f"/de/desk/hooks/{hook.id}/test").status == 303 and sent(there)[0]["type"] == "test"
    assert own.post(f"/de/desk/hooks/{hook.id}/end").status == 303
    assert db.session.scalar(sa.select(Entry.actor).where(Entry.action == "hook.ended")) == partner.person.seal


def test_a_partner_sees_no_system_of_others_nor_all_of_them(app, make, partner, visit, hears):
    of_all, of_others = hears(), hears(organisation_id=make.organisation().id)
    own = visit(partner.person)
    others = f"/de/desk/partner/{of_others.organisation_id}/hooks"
    for path in (f"/de/desk/hooks/{of_all.id}", f"/de/desk/hooks/{of_others.id}", "/de/desk/hooks", others):
        assert own.get(path).status == 403, path
    for path in (f"/de/desk/hooks/{of_others.id}/end", f"{others}/add", "/de/desk/hooks/add"):
        assert own.post(path, {"name": "x"}).status == 403, path
    assert of_others.ended_at is None


def test_whoever_speaks_for_a_partner_no_more_keeps_nothing(app, make, partner, visit, hears):
    hook = hears(organisation_id=partner.organisation.id)
    assert visit(partner.person).get(f"/de/desk/hooks/{hook.id}").status == 200
    with transaction():
        db.session.execute(sa.delete(Affiliation).where(Affiliation.person_id == partner.person.id))
    assert visit(partner.person).get(f"/de/desk/hooks/{hook.id}").status == 403


def test_one_partner_leaves_room_for_others(app, partner, hears):
    for _number in range(rules.MOST_OF_ONE):
        hears(organisation_id=partner.organisation.id)
    with pytest.raises(RuleBroken):
        hears(organisation_id=partner.organisation.id)
    assert hears(url="https://other.example/hook")


def test_the_pages_hurt_nobody(make, hears, page, come_in):
    hook = hears()
    come_in(page, make.person("coordinator"))
    for path in ("", "/add", f"/{hook.id}"):
        page.goto(f"/de/desk/hooks{path}")
        assert complaints(page) == [], path
