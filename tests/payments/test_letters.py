"""Who hears of a request, and who never does."""

import pytest
import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.payments import operations
from tests.payments.stage import Stage


@pytest.fixture
def stage(make):
    return Stage(make)


def written(start):
    deliver()
    rows = db.session.execute(sa.select(Letter.key, Letter.person_id))
    return {person for key, person in rows if key.split(":")[1] == start}


def test_a_request_is_sent_to_all_who_may_check_it_and_to_nobody_excluded(make, stage):
    make.affiliation(stage.other, stage.project.carrier, "board")
    stage.ask()
    assert written("funds_asked") == {stage.mentor.id, stage.coordinator.id}


def test_the_second_check_is_asked_of_those_who_are_free(stage):
    stage.confirm(stage.ask(), stage.mentor, "factual")
    assert written("funds_second_check") == {stage.coordinator.id, stage.other.id}
    text = db.session.scalar(sa.select(Letter.text).where(Letter.key.contains("funds_second_check")))
    assert "/desk/requests/" in text


def test_the_coordination_hears_what_can_be_paid(stage):
    stage.checked()
    assert written("funds_to_pay") == {stage.other.id}  # the other coordinator did the last check


def test_a_coordinator_with_ties_to_the_carrier_is_not_asked_to_pay(make, stage):
    make.affiliation(make.person("coordinator"), stage.project.carrier, "board")
    stage.checked()
    assert written("funds_to_pay") == {stage.other.id}


def test_the_lead_hears_of_payment_and_of_refusal(stage):
    stage.paid(100)
    with transaction():
        operations.refuse(stage.ask(200), stage.mentor, "Schon bezahlt")
    assert written("funds_paid") == written("funds_refused") == {stage.lead.id}
    text = db.session.scalar(sa.select(Letter.text).where(Letter.key.contains("funds_refused")))
    assert "Schon bezahlt" in text
