"""Nobody who wrote is kept longer than was promised."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.letters.models import Letter, LetterState
from incubator.letters.operations import write
from incubator.questions import jobs, operations
from incubator.questions.models import Message
from incubator.wording.models import Origin, Translation
from incubator.wording.operations import translate
from tests.questions.messages import MAIL, message, offer


@pytest.fixture
def project(make):
    return make.project("active")


def wait(**time):
    clock.set(clock.now() + timedelta(**time))
    jobs.forget_old.begin_anew()
    jobs.forget_old()
    db.session.rollback()


def left():
    return set(db.session.scalars(sa.select(Message.id)))


def test_what_was_kept_back_goes_after_ninety_days(any_database, project):
    message(project, "kept_back")
    wait(days=89)
    assert left()
    wait(days=1)
    assert not left()


def test_a_public_answer_stays_and_its_asker_goes(any_database, visit, project):
    shown = message(project, "answered", public=True)
    wait(days=30)
    kept = db.session.get_one(Message, shown.id)
    assert (kept.name, kept.mail, kept.text) == ("", "", "")
    assert "Wann wird gekocht?" in visit().get("/de/projects/projekt-1").text


def test_an_accepted_giver_is_counted_and_no_longer_known(any_database, make, project):
    pledge = make.pledge(project)
    given = offer(project, "answered", pledge_id=pledge.id)
    wait(days=30)
    kept = db.session.get_one(Message, given.id)
    assert (kept.name, kept.text, kept.quantity) == ("", "", "") and "@" not in kept.mail


def test_what_is_neither_public_nor_promised_is_deleted(any_database, project):
    for state in ("answered", "closed"):
        message(project, state)
        offer(project, state)
    wait(days=30)
    assert not left()


def test_what_nobody_answers_is_not_kept_for_ever(project):
    waiting, passed = message(project), message(project, "passed")
    wait(days=179)
    assert left() == {waiting.id, passed.id}
    wait(days=1)
    assert not left()


def test_what_is_young_is_left_alone(project):
    kept = {each.id for each in (message(project), message(project, "passed"), message(project, "answered"),
                                 message(project, "kept_back"), offer(project, "closed"))}
    wait(days=29)
    assert left() == kept


def test_a_deleted_message_takes_its_translations_along(project):
    gone = message(project, "closed")
    with transaction():
        translate("message", gone.id, "public_text", "en", "When?", of="Wann?", origin=Origin.VOLUNTEER)
    wait(days=30)
    assert db.session.scalar(sa.select(sa.func.count(Translation.id))) == 0


def test_a_letter_to_an_asker_goes_a_month_after_it_went_out(project):
    asked = message(project, "answered", public=True)
    with transaction():
        letter = write(MAIL, "question_answered", key=f"{operations.PREFIX}{asked.id}", language="de", message=asked,
                       project=project)
        letter.state, letter.sent_at = LetterState.SENT, clock.now()
    wait(days=31)
    assert db.session.scalar(sa.select(sa.func.count(Letter.id))) == 0
