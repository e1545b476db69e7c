"""The office keeps addresses: added with a secret shown once, tested, tried again, ended; others see nothing."""

import sqlalchemy as sa

from incubator.dispatch.models import Post, PostState
from incubator.foundation import at_rest
from incubator.foundation.database import db
from incubator.hooks import operations
from incubator.hooks.models import Hook
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


def test_the_pages_hurt_nobody(make, hears, page, come_in):
    hook = hears()
    come_in(page, make.person("coordinator"))
    for path in ("", "/add", f"/{hook.id}"):
        page.goto(f"/de/desk/hooks{path}")
        assert complaints(page) == [], path
