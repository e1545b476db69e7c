"""The only door into the ledger: an entry and its account move together, or neither does."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.budgets import queries as budgets
from incubator.budgets.rules_figures import Amount
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.payments import queries
from incubator.payments.models import Account, EntryKind, LedgerEntry
from incubator.projects.models import Project

LARGEST = 2**31 - 1  # cents that a column of the account holds
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
    post(project, EntryKind.COMMITTED, award.amount_cents, None,
         on=award.recorded_at.astimezone(clock.CITY).date(), reference=project.notice_number or "")
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
    _change(project.id, COLUMNS[kind], cents)
    entry = LedgerEntry(
        project_id=project.id, kind=kind, amount_cents=cents, line_id=line_id, request_id=request_id,
        receipt_id=receipt_id, corrects_id=corrects.id if corrects else None, on=on, reference=reference,
        by_id=getattr(by, "id", None), at=clock.now(),
    )
    db.session.add(entry)
    db.session.flush()
    return entry


def correct(entry: LedgerEntry, project: Project, by, *, on: date, reference: str | None = None) -> LedgerEntry:
    """Undo an entry by a new one that names it; an entry is corrected once, and a correction never."""
    if entry.corrects_id is not None or queries.correction_of(entry.id) is not None:
        raise RuleBroken(_l("This entry was corrected already."))
    return post(project, entry.kind, -entry.amount_cents, by, on=on, line_id=entry.line_id,
                request_id=entry.request_id, receipt_id=entry.receipt_id, corrects=entry,
                reference=entry.reference if reference is None else reference)


def commit_only(project: Project, cents: int, by, *, on: date, reference: str = "") -> None:
    """Let no more than so many cents of the award still be promised; what is promised already never rises.

    Entries stay whole: the new promise is written, then the old ones are corrected. Project and account must be held;
    refused where more was paid or is asked for.
    """
    standing = queries.standing(project.id, EntryKind.COMMITTED)
    if sum(entry.amount_cents for entry in standing) <= cents:
        return
    if cents > 0:
        post(project, EntryKind.COMMITTED, cents, by, on=on, reference=reference)
    for entry in standing:
        correct(entry, project, by, on=on)


def request(project: Project, cents: int) -> None:
    """Set aside what was asked for, or with a negative amount let go of it; the account must be held."""
    _change(project.id, Account.requested_cents, cents)


def _change(project_id: int, column: Any, cents: int) -> None:
    """Change an account only where it stays what it may be: the same bounds as the table's own constraints."""
    account = db.session.get(Account, project_id)
    assert account is not None, "an account is opened before anything moves on it"
    if getattr(account, column.key) + cents > LARGEST:  # asked here: the database could not even compare it
        raise RuleBroken(_l("That is more than can be counted for one project. Please look at the amount again."),
                         "amount_cents")
    after = {each.key: each for each in (*COLUMNS.values(), Account.requested_cents)}
    after[column.key] = column + cents
    bounds = [value >= 0 for value in after.values()] + [
        after["paid_cents"] + after["requested_cents"] <= after["committed_cents"],
        after["returned_cents"] <= after["paid_cents"],
        after["proved_cents"] <= after["spent_cents"],
    ]
    done = db.session.execute(
        sa.update(Account).where(Account.project_id == project_id, *bounds).values({column: column + cents})
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(account)
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise _refusal(account, column.key)


def _refusal(account: Account, key: str) -> RuleBroken:
    """Say which bound would have been crossed, beside the field that asks for amounts of this kind."""
    if key == "returned_cents":
        kept = account.paid_cents - account.returned_cents
        return RuleBroken(_l("No more can come back than was paid: %(left)s.", left=Amount(kept)), "cents")
    if key == "proved_cents":
        open_cents = account.spent_cents - account.proved_cents
        return RuleBroken(_l("No more can be proved than was spent: %(left)s.", left=Amount(open_cents)), "cents")
    if key == "spent_cents":
        return RuleBroken(_l("This was accepted already. Take back the check first."))
    left = account.committed_cents - account.paid_cents - account.requested_cents
    return RuleBroken(
        _l("That is more than the account holds: %(left)s of the award are neither paid nor asked for.",
           left=Amount(left)), "amount_cents")
