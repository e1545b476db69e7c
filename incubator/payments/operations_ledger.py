"""The only door into the ledger: an entry and its account move together, or neither does."""

from datetime import date

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.budgets import queries as budgets
from incubator.budgets.rules_figures import Amount
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.payments.models import Account, EntryKind, LedgerEntry
from incubator.projects.models import Project

COLUMNS = {
    EntryKind.COMMITTED: Account.committed_cents,
    EntryKind.PAID: Account.paid_cents,
    EntryKind.SPENT: Account.spent_cents,
    EntryKind.PROVED: Account.proved_cents,
    EntryKind.RETURNED: Account.returned_cents,
}


def account_of(project: Project) -> Account:
    """Return the held account of an awarded project, opened with the award the first time it is asked for.

    The project must be held already. Refused with `RuleBroken` where nothing was awarded.
    """
    account = db.session.get(Account, project.id)
    if account is not None:
        return hold(account)
    award = budgets.award_of(project.id)
    if award is None:
        raise RuleBroken(_l("Nothing was awarded to this project yet."))
    account = Account(project_id=project.id)
    db.session.add(account)
    db.session.flush()
    post(project, EntryKind.COMMITTED, award.amount_cents, None, on=award.recorded_at.date(),
         reference=project.notice_number or "")
    return account


def post(
    project: Project, kind: EntryKind, cents: int, by, *, on: date, line_id: int | None = None,
    request_id: int | None = None, receipt_id: int | None = None, corrects: LedgerEntry | None = None,
    reference: str = "",
) -> LedgerEntry:
    """Write one movement of so many cents; negative only where it corrects an earlier entry.

    The project and its account must be held. Refused with `RuleBroken` where an account would fall below zero or rise
    above what it may: by the statement itself, so that no two at once can.
    """
    _raise(project.id, kind, cents)
    entry = LedgerEntry(
        project_id=project.id, kind=kind, amount_cents=cents, line_id=line_id, request_id=request_id,
        receipt_id=receipt_id, corrects_id=corrects.id if corrects else None, on=on, reference=reference,
        by_id=getattr(by, "id", None), at=clock.now(),
    )
    db.session.add(entry)
    db.session.flush()
    return entry


def correct(entry: LedgerEntry, project: Project, by, *, on: date) -> LedgerEntry:
    """Undo an entry by a new one that names it; an entry can be corrected once."""
    return post(project, entry.kind, -entry.amount_cents, by, on=on, line_id=entry.line_id,
                request_id=entry.request_id, receipt_id=entry.receipt_id, corrects=entry, reference=entry.reference)


def request(project: Project, cents: int) -> None:
    """Set aside what was asked for, or with a negative amount let go of it; the account must be held."""
    _change(project.id, {Account.requested_cents: Account.requested_cents + cents})


def _raise(project_id: int, kind: EntryKind, cents: int) -> None:
    column = COLUMNS[kind]
    _change(project_id, {column: column + cents})


def _change(project_id: int, values: dict) -> None:
    """Change an account only where it stays what it may be: the same bounds as the table's own constraints."""
    after = {column.key: column for column in (*COLUMNS.values(), Account.requested_cents)}
    after |= {column.key: value for column, value in values.items()}
    bounds = [value >= 0 for value in after.values()] + [
        after["paid_cents"] + after["requested_cents"] <= after["committed_cents"],
        after["returned_cents"] <= after["paid_cents"],
        after["proved_cents"] <= after["spent_cents"],
    ]
    done = db.session.execute(
        sa.update(Account).where(Account.project_id == project_id, *bounds).values(values)
        .execution_options(synchronize_session=False)
    )
    account = db.session.get(Account, project_id)
    assert account is not None, "an account is opened before anything moves on it"
    db.session.refresh(account)
    if done.rowcount != 1:  # type: ignore[attr-defined]
        left = account.committed_cents - account.paid_cents - account.requested_cents
        raise RuleBroken(
            _l("That is more than the account holds: %(left)s of the award are neither paid nor asked for.",
               left=Amount(left)), "amount_cents")
