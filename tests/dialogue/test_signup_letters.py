"""Every letter about a sign-up comes once, in the reader's language, and nothing is kept longer than needed."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.dialogue import jobs_signup, operations, operations_signup
from incubator.dialogue.models_signup import Signup
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.letters.models import Letter
from incubator.wording.models import Origin
from incubator.wording.operations import translate
from tests.dialogue.attending import act, announced, ask, come, later, letters, link

HOST = "http://localhost"


def subjects(mail=None):
    return [each.subject.partition(":")[0] for each in letters(mail)]


def tidy():
    jobs_signup.forget_old.begin_anew()
    jobs_signup.forget_old()


def test_the_letters_lead_from_the_question_to_the_place(app, make):
    workshop = announced(make)
    signup = ask(workshop, language="en")
    letters()
    act(operations_signup.confirm, signup.id)
    question, place = letters()
    assert link(app, signup, "confirm", "en") in question.text
    assert f"{HOST}{link(app, signup, 'manage', 'en')}" in place.text
    assert f"{HOST}/en/workshops/{workshop.slug}/calendar.ics" in place.text
    assert workshop.place in place.text and place.subject.startswith("You have a place")


def test_who_waits_reads_their_number_and_later_that_they_moved_up(any_database, make):
    workshop = announced(make, places=1)
    first = come(workshop, "a@example.org", language="en")
    come(workshop, "b@example.org", language="en")
    come(workshop, "c@example.org", language="en")
    assert "You are number 2 on the waiting list" in letters("c@example.org")[-1].text
    act(operations_signup.cancel, first.id, None)
    assert subjects("b@example.org")[-1] == "Now you have a place"
    assert subjects("a@example.org")[-1] == "You do not come"
    assert subjects("c@example.org")[-1] == "You are on the waiting list"


def test_who_moved_up_before_the_letter_was_written_gets_one_letter(app, make):
    workshop = announced(make, places=1)
    first = come(workshop, "a@example.org")
    come(workshop, "b@example.org", language="en")
    act(operations_signup.cancel, first.id, None)
    assert subjects("b@example.org") == ["Now you have a place"]


def test_who_asks_again_gets_their_own_link_once_more(app, make):
    workshop = announced(make)
    come(workshop, language="en")
    ask(workshop, people=5)
    assert subjects()[-1] == "You have a place"


def test_a_letter_speaks_the_language_of_its_reader(app, make):
    workshop = announced(make, title="Wohnen")
    act(translate, "workshop", workshop.id, "title", "ar", "السكن", of="Wohnen", origin=Origin.AUTHOR)
    ask(workshop, language="ar")
    (letter,) = letters()
    assert letter.language == "ar" and "السكن" in letter.text and "/ar/sign-ups/confirm/" in letter.text


def test_another_time_or_place_is_told_and_another_text_is_not(app, make):
    workshop, by = announced(make), make.person("coordinator")
    come(workshop, language="en")
    ask(workshop, "asked@example.org")
    act(operations.change_workshop, workshop, by, text="Anders gesagt.")
    assert "Changed" not in subjects("n@example.org")
    act(operations.change_workshop, workshop, by, place="Rathaus")
    assert subjects("n@example.org")[-1] == "Changed"
    assert "Rathaus" in letters("n@example.org")[-1].text
    assert len(letters("asked@example.org")) == 1, "who has not confirmed is not written to"


def test_a_workshop_called_off_is_told_with_its_reason(app, make):
    workshop = announced(make, places=1)
    come(workshop, "a@example.org", language="en")
    come(workshop, "b@example.org", language="en")
    act(operations.cancel, workshop, make.person("coordinator"), "Der Saal ist gesperrt.")
    for mail in ("a@example.org", "b@example.org"):
        assert "Der Saal ist gesperrt." in letters(mail)[-1].text


def test_a_reason_in_another_language_says_so_and_one_that_is_translated_too(app, make):
    workshop, by = announced(make), make.person("coordinator")
    come(workshop, "a@example.org", language="en")
    come(workshop, "b@example.org", language="tr")
    with transaction():
        operations.cancel(workshop, by, "Der Saal ist gesperrt.")
        translate("workshop", workshop.id, "summary", "tr", "Salon kapalı.", of="Der Saal ist gesperrt.",
                  origin=Origin.VOLUNTEER)
    assert "Written in German; there is no translation yet." in letters("a@example.org")[-1].text
    assert "Salon kapalı.\n\n" in letters("b@example.org")[-1].text
    assert letters("b@example.org")[-1].text.split("Salon kapalı.\n\n")[1].partition("\n")[0].endswith(".")


def test_two_days_before_comes_one_reminder(any_database, make):
    workshop = announced(make, places=1)
    come(workshop, "a@example.org", language="en")
    come(workshop, "waits@example.org", language="en")
    jobs_signup.remind()
    assert "Soon" not in subjects("a@example.org")
    clock.set(workshop.starts_at - timedelta(days=2))
    for _ in range(3):
        jobs_signup.remind()
    assert subjects("a@example.org").count("Soon") == 1
    assert "Soon" not in subjects("waits@example.org")


@pytest.mark.parametrize("ahead", [timedelta(days=1), timedelta(0)])
def test_who_has_just_signed_up_or_comes_to_nothing_is_not_reminded(app, make, ahead):
    workshop = announced(make)
    clock.set(workshop.starts_at - timedelta(days=1))
    come(workshop)
    clock.set(workshop.starts_at - ahead)
    jobs_signup.remind()
    assert "Soon" not in subjects()


def test_a_cancelled_workshop_reminds_nobody(app, make):
    workshop = announced(make)
    come(workshop, language="en")
    act(operations.cancel, workshop, make.person("coordinator"), "Der Saal ist gesperrt.")
    clock.set(workshop.starts_at - timedelta(days=2))
    jobs_signup.remind()
    assert "Soon" not in subjects()


def test_what_nobody_confirmed_or_wants_is_deleted_after_a_week(any_database, make):
    workshop = announced(make)
    ask(workshop, "asked@example.org")
    kept, gone = come(workshop, "kept@example.org"), come(workshop, "gone@example.org")
    act(operations_signup.cancel, gone.id, None)
    letters()
    later(days=6)
    tidy()
    assert db.session.scalar(sa.select(sa.func.count(Signup.id))) == 3
    later(days=1, hours=1)
    tidy()
    assert list(db.session.scalars(sa.select(Signup.id))) == [kept.id]
    assert set(db.session.scalars(sa.select(Letter.address))) == {"kept@example.org"}


def test_a_month_after_the_workshop_nobody_is_known_any_more(any_database, make):
    workshop = announced(make, places=1)
    come(workshop, "a@example.org")
    come(workshop, "b@example.org")
    letters()
    clock.set(workshop.ends_at + timedelta(days=29))
    tidy()
    assert db.session.scalar(sa.select(sa.func.count(Signup.id))) == 2
    clock.set(workshop.ends_at + timedelta(days=30, hours=1))
    tidy()
    assert db.session.scalar(sa.select(sa.func.count(Signup.id))) == 0
    assert db.session.scalar(sa.select(sa.func.count(Letter.id))) == 0
