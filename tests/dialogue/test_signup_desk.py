"""Those who prepare a workshop see who comes, and enter or cancel for somebody who telephoned."""

import sqlalchemy as sa

from incubator.dialogue import queries
from incubator.foundation.database import db
from incubator.journal.models import Entry
from tests.dialogue.attending import announced, ask, come, letters, row, states


def test_the_list_says_how_many_come_and_what_must_be_prepared(app, make, visit):
    workshop = announced(make, places=6)
    come(workshop, "a@example.org", name="Amira", people=3, children=2, interpreter="ar")
    come(workshop, "b@example.org", people=2, children=1, interpreter="ar")
    come(workshop, "c@example.org", people=2)
    ask(workshop, "d@example.org")
    page = visit(make.person("moderator")).get(f"/en/desk/workshops/{workshop.id}/sign-ups").soup.select_one("main")
    text = page.get_text(" ", strip=True)
    for told in ("People with a place 5 / 6", "People who wait 2", "Children to look after 3", "Not confirmed yet 1",
                 "Arabic ( 5 people)", "Amira", "c@example.org"):
        assert told in text.replace("(5", "( 5"), told
    assert "d@example.org" not in text, "who has not confirmed is nobody's business"


def test_the_pages_of_a_workshop_lead_to_the_list(app, make, visit):
    workshop = announced(make)
    page = visit(make.person("coordinator")).get(f"/en/desk/workshops/{workshop.id}")
    assert page.soup.select(f"main a[href='/en/desk/workshops/{workshop.id}/sign-ups']")


def test_only_those_who_prepare_workshops_see_the_list(app, make, visit):
    workshop = announced(make)
    assert visit(make.person("mentor")).get(f"/de/desk/workshops/{workshop.id}/sign-ups").status == 403
    assert visit().get(f"/de/desk/workshops/{workshop.id}/sign-ups").status == 303


def test_whoever_telephoned_has_a_place_at_once_and_gets_the_letter(app, make, visit):
    workshop, office = announced(make), make.person("coordinator")
    answer = visit(office).fill(f"/en/desk/workshops/{workshop.id}/sign-ups/add", mail="t@example.org", people="2",
                                language="en")
    assert answer.status == 303
    assert states(workshop) == {"t": "coming"}
    (letter,) = letters("t@example.org")
    assert letter.subject.startswith("You have a place") and "/en/sign-ups/manage/" in letter.text
    entry = db.session.scalar(sa.select(Entry).where(Entry.action == "signup.confirmed"))
    assert entry.actor == office.seal


def test_the_office_can_enter_somebody_after_the_last_day_but_not_twice(app, make, visit):
    workshop = announced(make, takes_signups=False)
    path, visitor = f"/en/desk/workshops/{workshop.id}/sign-ups/add", visit(make.person("coordinator"))
    assert visitor.fill(path, mail="t@example.org").status == 303
    again = visitor.fill(path, mail="t@example.org")
    assert again.status == 422 and "on the list already" in again.soup.select_one("#mail-error").get_text()


def test_without_an_address_nobody_is_entered_and_the_page_says_why(app, make, visit):
    workshop = announced(make)
    answer = visit(make.person("coordinator")).fill(f"/en/desk/workshops/{workshop.id}/sign-ups/add", mail="")
    assert answer.status == 422 and "without one nobody can be told" in answer.text


def test_the_office_cancels_for_somebody_and_the_next_moves_up(app, make, visit):
    workshop = announced(make, places=1)
    first = come(workshop, "a@example.org")
    come(workshop, "b@example.org")
    answer = visit(make.person("moderator")).fill(f"/en/desk/workshops/sign-ups/{first.id}/cancel")
    assert answer.status == 303
    assert states(workshop) == {"a": "cancelled", "b": "coming"}


def test_the_settings_stand_on_the_workshops_form(app, make, visit):
    make.round()
    visitor = visit(make.person("coordinator"))
    visitor.fill("/de/desk/workshops/add", title="Wohnen", on="2026-04-10", languages=["de"], takes_signups="y",
                 places="20", signups_until="2026-04-08")
    workshop = queries.workshop("wohnen")
    assert (workshop.takes_signups, workshop.places) == (True, 20)
    page = visitor.get(f"/de/desk/workshops/{workshop.id}/edit").soup
    assert page.select_one("#signups_until")["value"] == "2026-04-08"
    answer = visitor.fill(f"/de/desk/workshops/{workshop.id}/edit", signups_until="2026-04-11")
    assert answer.status == 422 and answer.soup.select_one("#signups_until-error")


def test_what_was_asked_is_stored_as_it_was_asked(app, make):
    come(announced(make), people=4, children=2, interpreter="tr", name="Nina")
    signup = row()
    assert (signup.people, signup.children, signup.interpreter, signup.name) == (4, 2, "tr", "Nina")
