"""Paying, paying wrongly, and money that comes back."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.models import Delivery, Entry
from incubator.payments import operations, queries
from incubator.payments.models import EntryKind, LedgerEntry
from incubator.projects import operations as projects
from incubator.projects.models import Part
from incubator.projects.operations_team import enter
from tests.payments.stage import Stage, again, set_up_bank


@pytest.fixture
def stage(make):
    return Stage(make)


def entries(kind=EntryKind.PAID):
    found = db.session.scalars(sa.select(LedgerEntry).where(LedgerEntry.kind == kind).order_by(LedgerEntry.id))
    return [(each.amount_cents, each.corrects_id) for each in found]


def test_a_payment_moves_what_was_set_aside(stage):
    request = stage.checked()
    stage.pay(request, reference="Kasse 4711")
    found = again(request)
    assert (found.state, found.paid_on, found.reference) == ("paid", clock.today(), "Kasse 4711")
    assert (stage.balance.paid, stage.balance.requested, stage.balance.left) == (1_000_00, 0, 4_000_00)
    assert entries() == [(1_000_00, None)]


def test_what_was_not_checked_by_two_is_not_paid(stage):
    request = stage.ask()
    stage.confirm(request, stage.mentor, "factual")
    with pytest.raises(RuleBroken, match="Being checked"):
        stage.pay(request)


@pytest.mark.parametrize("on", [date(2026, 2, 28), date(2026, 3, 2)])
def test_a_payment_lies_between_the_request_and_today(stage, on):
    with pytest.raises(RuleBroken) as refused:
        stage.pay(stage.checked(), on=on)
    assert refused.value.field == "on"


def test_a_payment_has_a_reference(stage):
    with pytest.raises(RuleBroken) as refused:
        stage.pay(stage.checked(), reference=" ")
    assert refused.value.field == "reference"


def test_nothing_is_paid_twice(stage):
    request = stage.paid()
    with pytest.raises(RuleBroken, match="paid already"):
        stage.pay(request, stage.other)
    assert entries() == [(1_000_00, None)]


def test_a_payment_form_sent_twice_pays_once(stage, visit):
    request = stage.checked()
    path, data = f"/en/desk/requests/{request.id}/pay", {"on": "2026-03-01", "reference": "K-1", "form_key": "one-key"}
    visitor = visit(stage.coordinator)
    assert [visitor.post(path, data).status for _each in range(2)] == [303, 303]
    assert entries() == [(1_000_00, None)]


def test_a_suspension_stops_what_was_checked_before(stage):
    request = stage.checked()
    with transaction():
        projects.suspend(stage.project, stage.coordinator, "Drucker fällt aus")
    with pytest.raises(RuleBroken, match="suspended"):
        stage.pay(request)


def test_an_overdue_report_stops_what_was_checked_before(make, stage):
    request = stage.checked()
    make.project("reporting", carrier=stage.project.carrier, report_due_on=date(2026, 2, 1))
    with pytest.raises(RuleBroken, match="overdue"):
        stage.pay(request)


def test_nobody_pays_a_project_they_are_tied_to(make, stage):
    request = stage.checked()
    make.affiliation(stage.other, stage.project.carrier, "board")
    with pytest.raises(RuleBroken, match="Conflict of interest"):
        stage.pay(request, stage.other)


def test_a_wrong_payment_is_put_right_by_a_second_entry_that_names_it(stage):
    request = stage.paid()
    first = queries.payment_of(request.id)
    with transaction():
        operations.correct_payment(request, stage.other, "Falsches Konto")
    assert entries() == [(1_000_00, None), (-1_000_00, first.id)]
    found = again(request)
    assert (found.state, found.paid_on, found.reference) == ("confirmed", None, "")
    assert (stage.balance.paid, stage.balance.requested) == (0, 1_000_00)
    stage.pay(request, reference="K-2")
    assert stage.balance.paid == 1_000_00
    assert queries.payment_of(request.id).reference == "K-2"


def test_a_payment_of_which_money_came_back_cannot_be_taken_back(stage):
    request = stage.paid()
    with transaction():
        operations.receive_back(stage.project, stage.coordinator, cents=1, on=clock.today(), reference="R")
    with pytest.raises(RuleBroken), transaction():
        operations.correct_payment(request, stage.coordinator, "Irrtum")


def test_no_more_comes_back_than_was_paid(stage):
    stage.paid(1_000_00)
    with transaction():
        operations.receive_back(stage.project, stage.coordinator, cents=120_00, on=clock.today(), reference="R-1")
    with pytest.raises(RuleBroken) as refused, transaction():
        operations.receive_back(stage.project, stage.coordinator, cents=880_01, on=clock.today(), reference="R-2")
    assert refused.value.field == "cents" and "880.00" in str(refused.value.sentence)
    assert (stage.balance.returned, stage.balance.left) == (120_00, 4_000_00)


def test_the_journal_says_what_was_paid_and_no_words(stage):
    stage.pay(stage.checked(purpose="Geheime Absprache"), reference="Konto 4711")
    paid = db.session.scalars(sa.select(Entry).where(Entry.action == "payment.paid")).one()
    assert paid.data == {"number": 1, "amount_cents": 1_000_00, "paid_on": "2026-03-01"}
    assert not any("4711" in str(entry.data) or "Geheim" in str(entry.data) for entry in db.session.scalars(
        sa.select(Entry)))


def test_a_dead_redis_changes_nothing_about_a_payment(app, stage, visit):
    app.config["REDIS_URL"] = "redis://127.0.0.1:1/0"
    request = stage.checked()
    answer = visit(stage.coordinator).post(
        f"/en/desk/requests/{request.id}/pay", {"on": "2026-03-01", "reference": "K-1"})
    assert answer.status == 303
    assert again(request).state == "paid" and entries() == [(1_000_00, None)]
    paid = db.session.scalar(sa.select(Entry.id).where(Entry.action == "payment.paid"))
    assert db.session.scalars(sa.select(Delivery.done_at).where(Delivery.entry_id == paid)).all() == [None]


def test_a_payment_that_is_late_by_the_program_is_still_written_down(stage):
    request = stage.checked(needed_by=clock.today() + timedelta(days=1))
    clock.set(clock.today() + timedelta(days=50))
    stage.pay(request)
    assert again(request).state == "paid"


@pytest.fixture
def insider(stage):
    """A coordinator who joined the team of a project."""
    with transaction():
        enter(stage.project, stage.other, Part.MEMBER, stage.coordinator)
    return stage.other


def test_a_coordinator_on_the_team_does_not_say_that_money_came_back(stage, insider):
    stage.paid()
    with pytest.raises(RuleBroken, match="On the team"), transaction():
        operations.receive_back(stage.project, insider, cents=1_00, on=clock.today(), reference="K-2")


def test_a_coordinator_on_the_team_does_not_put_a_payment_right(stage, insider):
    request = stage.paid()
    with pytest.raises(RuleBroken, match="On the team"), transaction():
        operations.correct_payment(request, insider, "Falsches Konto")


def test_a_coordinator_on_the_team_does_not_note_what_the_bank_paid(app, stage, insider):
    set_up_bank(app)
    stage.keep_account()
    request = stage.checked()
    stage.order(request)
    with pytest.raises(RuleBroken, match="On the team"):
        stage.pay(request, insider)
