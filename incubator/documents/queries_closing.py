"""What a closing notice says."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from incubator.budgets import queries as budgets
from incubator.closing.models import FinalReport, Recovery, RecoveryState, ReportState
from incubator.documents.frame import amount, frame, long_day
from incubator.documents.writable import paragraphs, said
from incubator.foundation.database import db
from incubator.payments import queries as payments
from incubator.payments.models_receipts import Receipt, ReceiptState
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project


def content(project: Project, about_id: int | None = None) -> dict[str, Any] | None:
    """Return the notice's content in the language spoken now; None until the final report was accepted."""
    report = db.session.scalar(sa.select(FinalReport).where(FinalReport.project_id == project.id))
    award = budgets.award_of(project.id)
    if report is None or report.state is not ReportState.ACCEPTED or award is None:
        return None
    recovery = db.session.scalar(sa.select(Recovery).where(Recovery.project_id == project.id))
    balance = payments.balance(project.id)
    eligible = report.eligible_cents if report.eligible_cents is not None else award.amount_cents
    return frame(project) | {
        "number": said(project.notice_number or ""), "date": long_day(project.status_since),
        "notice_on": long_day(project.notice_on), "report_on": long_day(report.submitted_at),
        "award": amount(award.amount_cents), "eligible": amount(eligible), "paid": amount(balance.paid),
        "returned": amount(balance.returned), "audit_note": paragraphs(report.audit_note),
        "cuts": [_cut(receipt) for receipt in _cut_receipts(project.id)],
        "retention_years": str(project.round.retention_finance_years), "recovery": _recovery(recovery),
        "is_completed": project.status is Status.COMPLETED,
    }


def _cut_receipts(project_id: int) -> Sequence[Receipt]:
    return db.session.scalars(
        sa.select(Receipt).where(Receipt.project_id == project_id, Receipt.state == ReceiptState.CUT)
        .order_by(Receipt.paid_on, Receipt.id)
    ).all()


def _cut(receipt: Receipt) -> dict[str, str]:
    return {
        "payee": said(receipt.payee), "note": said(receipt.note), "paid_on": long_day(receipt.paid_on),
        "amount": amount(receipt.amount_cents), "accepted": amount(receipt.accepted_cents or 0),
        "cut": amount(receipt.amount_cents - (receipt.accepted_cents or 0)),
    }


def _recovery(recovery: Recovery | None) -> dict[str, str] | None:
    if recovery is None:
        return None
    settled = recovery.state is not RecoveryState.ASKED
    return {
        "state": recovery.state.value, "amount": amount(recovery.amount_cents), "due_on": long_day(recovery.due_on),
        "interest": amount(recovery.interest_cents) if recovery.interest_cents else "",
        "total": amount(recovery.amount_cents + recovery.interest_cents),
        "settled_on": long_day(recovery.settled_on) if settled else "", "reference": said(recovery.reference),
        "reason": said(recovery.reason),
    }
