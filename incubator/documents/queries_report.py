"""What a final report says: the report in words, the money in the order of the plan, the receipts (rule R12)."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from incubator.budgets import queries as budgets
from incubator.budgets.models import CostKind, FinancingKind, Plan
from incubator.closing.models import FinalReport
from incubator.documents.frame import amount, frame, long_day, period
from incubator.documents.queries import SENT
from incubator.documents.writable import paragraphs, said
from incubator.foundation import language, rendering
from incubator.foundation.database import db
from incubator.payments import queries as payments
from incubator.payments.models_receipts import Receipt, ReceiptState
from incubator.projects.models import Project


def content(project: Project, about_id: int | None = None) -> dict[str, Any] | None:
    """Return the report's content in the language spoken now; None until it was submitted."""
    report = db.session.get(FinalReport, about_id) if about_id is not None else None
    award, plan = budgets.award_of(project.id), payments.plan_in_force(project.id)
    if report is None or report.project_id != project.id or report.state not in SENT or award is None or plan is None:
        return None
    starts_on, ends_on = period(project)
    return frame(project) | _money(project, report, plan) | {
        "number": said(project.notice_number or ""), "date": long_day(report.submitted_at),
        "notice_on": long_day(project.notice_on), "starts_on": long_day(starts_on), "ends_on": long_day(ends_on),
        "report_language": language.named(report.language).html, "answers": _answers(project, report),
        "round_language": language.named(project.round.language).html, "receipts": [
            _receipt(receipt) for receipt in receipts(project.id)], "asks_receipts": project.round.asks_receipts,
        "statement_hash": report.statement_hash or "", "award": amount(award.amount_cents),
    }


def _answers(project: Project, report: FinalReport) -> list[dict[str, Any]]:
    """Return each question of the round with what was answered."""
    asked = project.round.report_questions
    return [
        {"question": said(asked[int(place)]) if int(place) < len(asked) else "", "text": paragraphs(str(text))}
        for place, text in sorted(report.answers.items(), key=lambda each: int(each[0]))
    ]


def _money(project: Project, report: FinalReport, plan: Plan) -> dict[str, Any]:
    """Return costs and financing, planned beside real, and both sums; volunteer time stands on both sides (R2)."""
    hours_cents = report.volunteer_hours * project.round.volunteer_rate_cents
    lines = payments.lines(project.id)
    real = [hours_cents if line.kind is CostKind.VOLUNTEER_TIME else line.spent for line in lines]
    balance = payments.balance(project.id)
    received = {
        FinancingKind.GRANT: balance.paid - balance.returned, FinancingKind.OWN_FUNDS: report.own_funds_cents,
        FinancingKind.THIRD_PARTY: report.third_party_cents, FinancingKind.INCOME: report.income_cents,
        FinancingKind.VOLUNTEER_TIME: hours_cents,
    }
    planned = {kind: sum(row.amount_cents for row in plan.financing if row.kind is kind) for kind in received}
    return {
        "plan_language": language.named(plan.language).html,
        "costs": [
            {"kind": str(line.kind.label), "purpose": said(line.purpose), "planned": amount(line.planned),
             "real": amount(cents)} for line, cents in zip(lines, real, strict=True)
        ],
        "costs_planned": amount(sum(line.planned for line in lines)), "costs_real": amount(sum(real)),
        "financing": [
            {"kind": str(kind.label), "planned": amount(planned[kind]), "real": amount(cents)}
            for kind, cents in received.items() if planned[kind] or cents
        ],
        "financing_planned": amount(sum(planned.values())), "financing_real": amount(sum(received.values())),
    }


def receipts(project_id: int) -> Sequence[Receipt]:
    """Return all receipts that count, in the order in which they were paid."""
    return db.session.scalars(
        sa.select(Receipt).where(Receipt.project_id == project_id, Receipt.state != ReceiptState.WITHDRAWN)
        .order_by(Receipt.paid_on, Receipt.id)
    ).all()


def _receipt(receipt: Receipt) -> dict[str, str]:
    return {
        "number": said(receipt.number), "paid_on": rendering.day(receipt.paid_on), "payee": said(receipt.payee),
        "reason": said(receipt.reason), "kind": str(receipt.line.kind.label), "amount": amount(receipt.amount_cents),
    }
