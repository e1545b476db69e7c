"""Web workers and workers are killed with -9 while they write: nothing told is lost, nothing is half-done."""

import subprocess
import sys
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.journal import operations as journal
from incubator.journal.models import Delivery, Entry
from incubator.letters.models import Letter
from incubator.media import store
from incubator.media.models import Paper
from incubator.payments import queries
from incubator.payments.models import Account, EntryKind, LedgerEntry
from incubator.payments.models_receipts import Receipt, ReceiptPaper
from incubator.payments.models_requests import FundsRequest, RequestState
from tests.house.killed import COORDINATOR
from tests.house.sources import ROOT
from tests.payments.stage import Stage

TRIALS, REQUESTS = 50, 30


@pytest.fixture
def after(any_database, make, tmp_path):
    """A city after fifty kills: what was told, by kind."""
    stage = Stage(make)
    stage.coordinator.mail = COORDINATOR
    db.session.commit()
    for _ in range(REQUESTS):
        stage.checked(10_00)
    told, project_id = tmp_path / "told", stage.project.id
    address = any_database.config["SQLALCHEMY_DATABASE_URI"]
    db.session.remove()
    subprocess.run(
        [sys.executable, "-m", "tests.house.killed", address, str(any_database.config["INSTANCE"]), str(TRIALS), "1",
         str(told)], cwd=ROOT, check=True, timeout=6 * TRIALS)
    lines = [line.split() for line in told.read_text().splitlines()]
    return SimpleNamespace(
        project_id=project_id, receipts={what for kind, what in lines if kind == "receipt"},
        payments={int(what) for kind, what in lines if kind == "payment"})


def moved(kind, column):
    rows = db.session.execute(sa.select(column, LedgerEntry.amount_cents).where(LedgerEntry.kind == kind)).all()
    found = {}
    for number, cents in rows:
        assert number not in found, "moved twice"
        found[number] = cents
    return found


def said(action):
    found = list(db.session.scalars(sa.select(Entry.subject_id).where(Entry.action == action)))
    assert len(found) == len(set(found)), "said twice"
    return set(found)


def tells_everything_once():
    while journal.deliver():
        pass
    assert db.session.scalar(sa.select(sa.func.count(Delivery.id)).where(Delivery.done_at.is_(None))) == 0
    keys = list(db.session.scalars(sa.select(Letter.key)))
    return bool(keys) and len(keys) == len(set(keys))


@pytest.mark.long
def test_fifty_kills_lose_nothing_and_leave_nothing_half_done(after):
    assert after.receipts and after.payments, "the trials wrote something"
    kept = {each.number: each for each in db.session.scalars(sa.select(Receipt))}
    assert after.receipts <= kept.keys()
    numbers = {each.id for each in kept.values()}
    assert moved(EntryKind.SPENT, LedgerEntry.receipt_id) == {each.id: each.amount_cents for each in kept.values()}
    assert said("receipt.entered") == numbers
    papers = dict(db.session.execute(sa.select(ReceiptPaper.receipt_id, Paper.key).join(Paper)).all())
    assert papers.keys() == numbers
    assert all(store.place(key).is_file() for key in papers.values())

    paid = set(db.session.scalars(sa.select(FundsRequest.id).where(FundsRequest.state == RequestState.PAID)))
    assert after.payments <= paid
    assert moved(EntryKind.PAID, LedgerEntry.request_id) == dict.fromkeys(paid, 10_00)
    assert said("payment.paid") == paid

    account, balance = db.session.get_one(Account, after.project_id), queries.balance(after.project_id)
    assert (account.paid_cents, account.spent_cents) == (balance.paid, balance.spent)
    assert account.requested_cents == (REQUESTS - len(paid)) * 10_00
    assert journal.verify().holds
    assert tells_everything_once()
