"""The partner's own page, by a secret link or with an account."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.partners import operations_links, queries_pledges
from incubator.partners.models import Pledge, PledgeKind, PledgeState
from tests.partners import scenes

WANTED = {"kind": "room", "description": "Saal", "quantity": "3", "unit": "Abende"}


@pytest.fixture
def mine(scene):
    return f"/de/partners/mine/{scenes.token(scenes.link(scene.organisation))}"


def test_the_page_shows_what_is_theirs_and_nothing_else(scene, make, visit, mine):
    pledge = scene.promise(description="Spende für Töpfe")
    other = make.organisation(name="Fremder Verein")
    make.partnership(scene.project, other)
    make.pledge(scene.project, other, description="Was andere geben")
    page = visit().get(mine)
    assert "Spende für Töpfe" in page.text
    assert page.soup.select(f"main a[href$='/pledges/{pledge.id}']")
    assert "Was andere geben" not in page.text
    assert "Fremder Verein" not in page.text


def test_a_promise_is_confirmed_by_link(scene, visit, mine, letters_to):
    pledge = scene.promise()
    answer = visit().post(f"{mine}/pledges/{pledge.id}", {"answer": "confirm"})
    assert answer.status == 303
    assert pledge.state is PledgeState.CONFIRMED
    entry = db.session.scalar(sa.select(Entry).where(Entry.action == "pledge.confirmed"))
    assert (entry.actor, entry.data["by_link"]) == (None, True)
    assert "Stiftung has confirmed" in letters_to(scene.lead)[-1].subject


def test_opening_the_page_of_a_promise_changes_nothing(scene, visit, mine):
    pledge = scene.promise()
    assert visit().get(f"{mine}/pledges/{pledge.id}").status == 200
    assert pledge.state is PledgeState.OFFERED


def test_a_promise_is_changed_and_so_promised(scene, visit, mine, letters_to):
    pledge = scene.promise(kind=PledgeKind.ROOM, quantity=12, unit="Abende", value_cents=None)
    answer = visit().fill(f"{mine}/pledges/{pledge.id}/change", quantity="8", ends_on="2026-06-30")
    assert answer.status == 303
    assert (pledge.quantity, pledge.ends_on, pledge.state) == (8, date(2026, 6, 30), PledgeState.CONFIRMED)
    assert "changed" in letters_to(scene.lead)[-1].text


def test_who_changes_a_promise_that_somebody_else_changed_sees_both(scene, visit, mine):
    pledge = scene.promise(kind=PledgeKind.ROOM, quantity=12, unit="Abende", value_cents=None)
    path = f"{mine}/pledges/{pledge.id}/change"
    answer = visit().fill(path, quantity="8", version="0")
    assert answer.status == 422
    assert pledge.state is PledgeState.OFFERED


def test_taking_back_what_was_confirmed_needs_a_reason(scene, visit, mine, letters_to):
    pledge = scene.confirmed()
    path = f"{mine}/pledges/{pledge.id}"
    assert visit().post(path, {"answer": "decline"}).status == 422
    assert visit().post(path, {"answer": "decline", "reason": "Der Stiftung fehlt das Geld."}).status == 303
    assert pledge.state is PledgeState.WITHDRAWN
    assert "Der Stiftung fehlt das Geld." in letters_to(scene.lead)[-1].text
    assert queries_pledges.reason_of(pledge).text == "Der Stiftung fehlt das Geld."


def test_a_partner_offers_something_and_the_lead_accepts(scene, visit, mine, letters_to, mail_to):
    answer = visit().post(f"{mine}/partnerships/{scene.partnership.id}/offer", WANTED)
    assert answer.status == 303
    pledge = db.session.scalar(sa.select(Pledge))
    assert f"/desk/pledges/{pledge.id}/offer" in letters_to(scene.lead)[-1].text
    assert visit(scene.lead).post(f"/de/desk/pledges/{pledge.id}/offer", {"answer": "confirm"}).status == 303
    assert pledge.state is PledgeState.CONFIRMED
    assert f"/pledges/{pledge.id}" in mail_to("partner@example.org")[-1].text


def test_a_lead_declines_an_offer_with_a_word(scene, visit, mine, mail_to):
    visit().post(f"{mine}/partnerships/{scene.partnership.id}/offer", WANTED)
    pledge = db.session.scalar(sa.select(Pledge))
    sent = {"answer": "decline", "reason": "Wir haben schon einen Saal."}
    assert visit(scene.lead).post(f"/de/desk/pledges/{pledge.id}/offer", sent).status == 303
    assert pledge.state is PledgeState.WITHDRAWN
    assert "Wir haben schon einen Saal." in mail_to("partner@example.org")[-1].text


def test_nobody_gives_the_word_of_the_other_side(scene, visit, mine):
    visit().post(f"{mine}/partnerships/{scene.partnership.id}/offer", WANTED)
    offered, written = db.session.scalar(sa.select(Pledge)), scene.promise()
    assert visit().post(f"{mine}/pledges/{offered.id}", {"answer": "confirm"}).status == 422
    assert visit(scene.lead).post(f"/de/desk/pledges/{written.id}/offer", {"answer": "confirm"}).status == 422
    assert {offered.state, written.state} == {PledgeState.OFFERED}


@pytest.mark.parametrize("path", ["pledges/{pledge}", "pledges/{pledge}/change", "partnerships/{part}/offer",
                                  "partnerships/{part}/end", "agreements/{part}"])
def test_a_link_opens_nothing_of_others(scene, make, visit, path):
    stranger = make.organisation()
    own = scenes.token(scenes.link(stranger, mail="other@example.org"))
    path = path.format(pledge=scene.promise().id, part=scene.partnership.id)
    assert visit().get(f"/de/partners/mine/{own}/{path}").status == 404


@pytest.mark.parametrize("path", ["", "/pledges/{pledge}", "/partnerships/{part}/offer", "/agreements/{part}",
                                  "/agreements/{part}.pdf"])
def test_an_ended_link_opens_nothing(scene, make, visit, path):
    link = scenes.link(scene.organisation)
    path = f"/de/partners/mine/{scenes.token(link)}{path}".format(
        pledge=scene.promise().id, part=scene.partnership.id)
    with transaction():
        operations_links.end(link, make.person("coordinator"))
    answer = visit().get(path)
    assert answer.status == 410
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_link_of_one_kind_is_no_link_of_the_other(scene, make, visit):
    asked = scenes.invitation(make.project("mentoring"), make.organisation(), make.person(), salt="l" * 32)
    own = scenes.link(scene.organisation)
    assert visit().get(f"/de/partners/mine/{scenes.token(asked)}").status == 410
    assert visit().get(f"/de/partners/invitation/{scenes.token(own)}").status == 410


@pytest.mark.parametrize("mail", ["partner@example.org", "nobody@example.org"])
def test_asking_for_the_link_says_the_same_to_everybody(scene, visit, mail):
    scenes.link(scene.organisation)
    visitor = visit()
    answer = visitor.post("/de/partners/link", {"mail": mail})
    assert (answer.status, answer.location) == (303, "/de/partners/link/sent")
    assert mail not in visitor.follow(answer).text


def test_the_link_comes_again_to_whoever_has_one(scene, visit, mail_to):
    link = scenes.link(scene.organisation, language="en")
    visit().post("/de/partners/link", {"mail": " Partner@example.org "})
    visit().post("/de/partners/link", {"mail": "nobody@example.org"})
    letter, = mail_to(link.mail)
    assert f"/en/partners/mine/{scenes.token(link)}" in letter.text
    assert mail_to("nobody@example.org") == []


def test_asking_again_and_again_is_slowed_down(scene, visit):
    visitor = visit()
    seen = [visitor.post("/de/partners/link", {"mail": "partner@example.org"}).status for _turn in range(5)]
    assert seen == [303, 303, 303, 422, 422]


def test_the_office_ends_a_link(scene, make, visit):
    link, office = scenes.link(scene.organisation), visit(make.person("coordinator"))
    page = office.get(f"/de/desk/organisations/{scene.organisation.id}/links")
    assert link.mail in page.text
    assert office.fill(f"/de/desk/partner-links/{link.id}/end").status == 303
    assert link.ended_at is not None


def test_somebody_with_an_account_does_the_same_from_the_desk(scene, visit):
    pledge, visitor = scene.promise(), visit(scene.contact)
    page = visitor.get(f"/de/desk/partner/{scene.organisation.id}")
    assert page.soup.select(f"main a[href='/de/desk/pledges/{pledge.id}']")
    assert visitor.post(f"/de/desk/partnerships/{scene.partnership.id}/offer", WANTED).status == 303
    entry = db.session.scalars(sa.select(Entry).where(Entry.action == "pledge.offered")).all()[-1]
    assert (entry.actor, entry.data["from_partner"]) == (scene.contact.seal, True)


def test_the_desk_page_of_another_organisation_is_forbidden(scene, make, visit):
    assert visit(scene.contact).get(f"/de/desk/partner/{make.organisation().id}").status == 403


def test_a_partner_that_left_reads_for_thirty_days(scene, visit, mine):
    pledge = scene.confirmed()
    with transaction():
        scene.partnership.until = clock.today()
    for days, status in ((30, 200), (1, 404)):
        clock.set(clock.today() + timedelta(days=days))
        assert visit().get(f"{mine}/pledges/{pledge.id}").status == status


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 7*7 }} %s %(x)s", "\u202e&lt;"])
def test_hostile_words_stay_words(scene, visit, mine, text, letters_to):
    visitor = visit()
    answer = visitor.post(f"{mine}/partnerships/{scene.partnership.id}/offer", WANTED | {"description": text})
    shown = visitor.follow(answer)
    assert text in shown.soup.main.get_text()
    assert not shown.soup.select("main script")
    assert text in letters_to(scene.lead)[-1].text


@pytest.mark.parametrize("number", [1, 20])
def test_the_page_costs_as_few_statements_for_many_promises(scene, visit, mine, queries, number):
    for turn in range(number):
        scene.promise(value_cents=100 + turn)
    with queries(at_most=9):
        assert visit().get(mine).status == 200
