"""Coordination and administration see how the machine is, in plain words, and mend what did not leave."""

from datetime import timedelta

import pytest

from incubator.foundation import clock, sightings
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import on, record
from incubator.journal import operations as journal
from incubator.journal.listeners import by_action, by_name
from incubator.letters.models import LetterState
from tests.letters.unsent import refused

PAGE = "/en/desk/machine"


def _letter(number=1, person=None):
    with transaction():
        letter = refused(
            key=f"k{number}", address=person.mail if person else f"canary{number}@example.org", subject="Canary",
            text="Canary", person_id=person.id if person else None, topic="money" if person else "",
            written_at=clock.now() - timedelta(hours=1))
        db.session.add(letter)
    return letter


def _text(answer):
    return " ".join(answer.soup.select_one("main").get_text(" ", strip=True).split())


@pytest.fixture
def office(make, visit):
    return visit(make.person("coordinator"))


def test_where_all_is_well_little_is_said(any_database, office, mailbox):
    sightings.note("worker")
    sightings.note("backup", bytes=5)
    sightings.note("journal", entries=7, wrong=0)
    said = _text(office.get(PAGE))
    assert "Every letter has left." in said and "everything fits" in said
    assert "silent" not in said and "keeps failing" not in said and "too long ago" not in said


def test_what_was_never_seen_is_said_so(app, office):
    said = _text(office.get(PAGE))
    assert "was never seen silent" in said and "none is known here" in said and "not yet walked" in said
    assert "No mail server is set" in said


def test_what_stands_still_is_named(app, make, visit):
    sightings.note("worker")
    sightings.note("backup", bytes=5)
    sightings.note("journal", entries=7, wrong=2)
    clock.set(clock.now() + timedelta(days=3))
    said = _text(visit(make.person("coordinator")).get(PAGE))
    assert "silent" in said and "too long ago" in said and "2 things do not fit" in said


def test_a_letter_is_shown_with_its_reason_and_without_what_it_says(any_database, make, office, mailbox):
    _letter(1)
    _letter(2, make.person("lead", given_name="Amira", family_name="Beispiel"))
    page = office.get(PAGE)
    said = _text(page)
    assert "Somebody at example.org" in said and "Perhaps it does not exist." in said
    assert "Amira Beispiel" in said and "Money" in said
    assert said.count("SMTPRecipientsRefused") == 2 and "tried 12 times" in said
    assert "anary" not in page.text, "neither address nor words"


def test_a_letter_is_sent_again_by_a_press(app, office, mailbox):
    letter = _letter()
    page = office.get(PAGE)
    assert f"/en/desk/machine/letters/{letter.id}/again" in page.text
    answer = office.post(f"{PAGE}/letters/{letter.id}/again")
    assert (answer.status, answer.location) == (303, PAGE)
    assert "tried again within seconds" in office.get(PAGE).text
    db.session.refresh(letter)
    assert letter.state is LetterState.WAITING
    office.post(f"{PAGE}/letters/{letter.id}/again")
    assert "There is nothing more to do." in office.get(PAGE).text


def test_a_letter_is_given_up_by_a_press(app, office):
    letter = _letter()
    assert office.post(f"{PAGE}/letters/{letter.id}/give-up").status == 303
    said = _text(office.get(PAGE))
    assert "SMTPRecipientsRefused" not in said


def test_many_are_counted_and_some_are_shown(app, office):
    for number in range(23):
        _letter(number)
    page = office.get(PAGE)
    assert len(page.soup.select("tbody tr")) == 20
    assert "3 more wait." in _text(page)


def test_work_that_keeps_failing_is_listed_with_its_reason(app, make, visit):
    @on("test.breaks")
    def break_down(entry):
        raise ZeroDivisionError

    try:
        with transaction():
            record("test.breaks", None, make.person())
        for _ in range(4):
            journal.deliver()
            clock.set(clock.now() + timedelta(hours=7))
        said = _text(visit(make.person("coordinator")).get(PAGE))
        assert "keeps failing" in said and "ZeroDivisionError" in said and "break_down" in said
    finally:
        del by_name[by_action.pop("test.breaks")[0]]


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_the_desk_leads_there(app, make, visit, role):
    assert f'href="{PAGE}"' in visit(make.person(role)).get("/en/desk/").text


def test_nobody_else_finds_it(app, make, visit):
    letter = _letter()
    for role in ("lead", "mentor", "auditor", "moderator"):
        visitor = visit(make.person(role))
        assert visitor.get(PAGE).status == 403
        assert visitor.post(f"{PAGE}/letters/{letter.id}/again").status == 403
        assert PAGE not in visitor.get("/en/desk/").text
    assert letter.state is LetterState.FAILED
