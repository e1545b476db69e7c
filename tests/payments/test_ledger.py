"""The ledger by itself: entries are never changed, accounts never leave their bounds."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.payments import operations_ledger as ledger
from incubator.payments import queries as money
from incubator.payments.models import Account, EntryKind, LedgerEntry
from tests.payments.stage import Stage


@pytest.fixture
def stage(any_database, make):
    return Stage(make)


def post(stage, kind, cents, **fields):
    with transaction():
        hold(stage.project)
        ledger.account_of(stage.project)
        return ledger.post(stage.project, kind, cents, stage.coordinator, on=clock.today(), **fields)


def correct(stage, entry):
    with transaction():
        hold(stage.project)
        ledger.account_of(stage.project)
        return ledger.correct(entry, stage.project, stage.coordinator, on=clock.today())


def test_an_entry_is_never_changed_and_never_removed(stage):
    post(stage, EntryKind.PAID, 100)
    for statement in ("UPDATE ledger_entry SET amount_cents = 1", "DELETE FROM ledger_entry"):
        with pytest.raises(DatabaseError, match="append-only"), transaction():
            db.session.execute(sa.text(statement))


@pytest.mark.parametrize(("kind", "cents"), [
    (EntryKind.PAID, 5_000_01), (EntryKind.RETURNED, 1), (EntryKind.PROVED, 1)])
def test_an_account_never_leaves_its_bounds(stage, kind, cents):
    line = money.lines(stage.project.id)[0].root_id
    with pytest.raises(RuleBroken):
        post(stage, kind, cents, line_id=line)
    assert db.session.scalar(sa.select(sa.func.count(LedgerEntry.id))) == 0


def test_the_database_itself_refuses_what_the_program_forgot(stage):
    post(stage, EntryKind.PAID, 100)
    for column in ("paid_cents", "requested_cents"):
        with pytest.raises(DatabaseError), transaction():
            db.session.execute(sa.text(f"UPDATE account SET {column} = 500001"))


def test_an_entry_is_corrected_once_and_a_correction_never(stage):
    entry = post(stage, EntryKind.PAID, 100)
    undone = correct(stage, entry)
    for each in (entry, undone):
        with pytest.raises(RuleBroken, match="corrected already"):
            correct(stage, each)


def test_nothing_is_negative_that_corrects_nothing(stage):
    post(stage, EntryKind.PAID, 100)
    with pytest.raises(DatabaseError):
        post(stage, EntryKind.PAID, -100)


def test_less_can_be_committed_but_never_less_than_was_paid(stage):
    post(stage, EntryKind.PAID, 1_000_00)
    with pytest.raises(RuleBroken), transaction():
        hold(stage.project)
        ledger.account_of(stage.project)
        ledger.commit_only(stage.project, 999_99, None, on=clock.today())
    for cents in (4_800_00, 4_900_00):
        with transaction():
            hold(stage.project)
            ledger.account_of(stage.project)
            ledger.commit_only(stage.project, cents, None, on=clock.today())
    assert (stage.balance.committed, stage.balance.approved, stage.balance.left) == (4_800_00, 5_000_00, 3_800_00)


def test_balances_of_many_projects_are_three_statements(make, stage, queries):
    ids = [stage.project.id, *(Stage(make, round_=stage.round).project.id for _each in range(3))]
    with queries(at_most=3):
        found = money.balances(ids)
    assert {balance.committed for balance in found.values()} == {5_000_00}


def test_the_account_is_what_its_entries_sum_to(stage):
    stage.paid(1_000_00)
    account = db.session.get(Account, stage.project.id)
    assert (account.committed_cents, account.paid_cents, account.requested_cents) == (5_000_00, 1_000_00, 0)


def test_a_sum_that_no_column_holds_is_refused_in_words(stage):
    line = money.lines(stage.project.id)[0].root_id
    for cents in (10_000_000_00, 10_000_000_00, ledger.LARGEST - 20_000_000_00):
        post(stage, EntryKind.SPENT, cents, line_id=line)
    with pytest.raises(RuleBroken, match="more than can be counted") as refused:
        post(stage, EntryKind.SPENT, 1, line_id=line)
    assert refused.value.field == "amount_cents"
