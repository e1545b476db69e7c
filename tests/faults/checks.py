"""What must hold whatever happened; each sentence that comes back is something that was lost, doubled or half done."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from incubator.foundation.database import db, is_sqlite
from incubator.journal import operations as journal
from incubator.journal.models import Delivery, Entry
from incubator.letters.models import Letter, LetterState
from incubator.media import store
from incubator.media.models import Paper
from incubator.payments import queries
from incubator.payments.models import Account, EntryKind, LedgerEntry
from incubator.payments.models_receipts import Receipt, ReceiptPaper
from incubator.payments.models_requests import FundsRequest, RequestState


def wrong(told: dict[str, list[Any]], project_id: int) -> list[str]:
    """Return what does not hold while people are still writing: all is read as of one moment."""
    db.session.rollback()
    acknowledged = {kind: list(names) for kind, names in told.items()}
    if not is_sqlite():
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    found = [*_receipts(acknowledged["receipt"]), *_payments(acknowledged["payment"]), *_balance(project_id),
             *_journal(), *_database()]
    db.session.rollback()
    return found


def _twice(name: str, values: Sequence[Any]) -> Iterator[str]:
    yield from (f"{name} {value}: {times} times" for value, times in Counter(values).items() if times > 1)


def _receipts(told: list[str]) -> Iterator[str]:
    rows = db.session.execute(sa.select(Receipt.id, Receipt.number)).all()
    yield from (f"receipt {name} was told saved and is lost" for name in set(told) - {row.number for row in rows})
    yield from _twice("receipt", [row.number for row in rows])
    spent = db.session.scalars(
        sa.select(LedgerEntry.receipt_id).where(LedgerEntry.kind == EntryKind.SPENT)).all()
    yield from _twice("money of receipt", spent)
    said = db.session.scalars(sa.select(Entry.subject_id).where(Entry.action == "receipt.entered")).all()
    yield from _twice("journal of receipt", said)
    papers = dict(db.session.execute(sa.select(ReceiptPaper.receipt_id, Paper.key).join(Paper)).tuples().all())
    for number in {row.id for row in rows}:
        if number not in spent or number not in said or number not in papers:
            yield f"receipt {number} is half there"
    yield from (f"the file of receipt {number} is missing" for number, key in papers.items()
                if not store.place(key).is_file())


def _payments(told: list[int]) -> Iterator[str]:
    paid = set(db.session.scalars(sa.select(FundsRequest.id).where(FundsRequest.state == RequestState.PAID)))
    yield from (f"payment {number} was told and is lost" for number in set(told) - paid)
    moved = db.session.scalars(sa.select(LedgerEntry.request_id).where(LedgerEntry.kind == EntryKind.PAID)).all()
    said = db.session.scalars(sa.select(Entry.subject_id).where(Entry.action == "payment.paid")).all()
    yield from (*_twice("money of request", moved), *_twice("journal of request", said))
    if not paid == set(moved) == set(said):
        yield f"payments are half there: {paid ^ set(moved)}, {paid ^ set(said)}"


def _balance(project_id: int) -> Iterator[str]:
    account = db.session.get_one(Account, project_id, populate_existing=True)
    balance = queries.balance(project_id)
    if (account.paid_cents, account.spent_cents) != (balance.paid, balance.spent):
        yield f"the account says {account.paid_cents}/{account.spent_cents}, the ledger {balance.paid}/{balance.spent}"


def _journal() -> Iterator[str]:
    yield from journal.verify().sentences
    yield from _twice("delivery", [f"{entry}/{name}" for entry, name in db.session.execute(
        sa.select(Delivery.entry_id, Delivery.listener))])


def _database() -> Iterator[str]:
    if is_sqlite():
        said = list(db.session.scalars(sa.text("PRAGMA integrity_check(3)")))
        yield from (each for each in said if each != "ok")
        yield from (str(each) for each in db.session.execute(sa.text("PRAGMA foreign_key_check")))


def waiting() -> int:
    """Return how much is still on its way."""
    db.session.rollback()
    work = db.session.scalar(sa.select(sa.func.count(Delivery.id)).where(Delivery.done_at.is_(None))) or 0
    on_their_way = Letter.state.in_((LetterState.WAITING, LetterState.SENDING))
    return work + (db.session.scalar(sa.select(sa.func.count(Letter.id)).where(on_their_way)) or 0)


def wrong_letters(arrived: Sequence[Any], kills: int) -> tuple[list[str], int]:
    """Return what is wrong with letters once nothing waits, and how many came twice: one a kill is allowed."""
    db.session.rollback()
    times = Counter(str(each["Message-ID"]) for each in arrived)
    rows = db.session.execute(sa.select(Letter.message_id, Letter.state, Letter.key)).all()
    found = [f"letter {row.key} is {row.state}, and came {times[row.message_id]} times" for row in rows
             if (row.state is LetterState.SENT) != bool(times[row.message_id])
             or row.state not in (LetterState.SENT, LetterState.GATHERED, LetterState.TOLD)]
    found += [f"letter {name} came {number} times" for name, number in times.items() if number > 2]
    found += [f"nobody wrote the letter {name}" for name in times.keys() - {row.message_id for row in rows}]
    twice = sum(1 for number in times.values() if number > 1)
    if twice > kills:
        found.append(f"{twice} letters came twice, and workers were killed only {kills} times")
    return found, twice
