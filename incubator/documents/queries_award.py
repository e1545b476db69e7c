"""What an award notice says."""

from typing import Any

from incubator.budgets import queries as budgets
from incubator.budgets.models import CostKind, Plan
from incubator.documents.frame import amount, frame, long_day, percent, period
from incubator.documents.writable import paragraphs, said
from incubator.foundation import language, money
from incubator.projects.models import Project


def content(project: Project, about_id: int | None = None) -> dict[str, Any] | None:
    """Return the notice's content in the language spoken now; None without an award."""
    award = budgets.award_of(project.id)
    if award is None or project.notice_on is None:
        return None
    starts_on, ends_on = period(project)
    return frame(project) | plan_tables(award.plan) | _terms(project) | {
        "number": said(project.notice_number or ""), "date": long_day(project.notice_on),
        "resolution_body": said(project.resolution_body), "resolution_on": long_day(project.resolution_on),
        "resolution_reference": said(project.resolution_reference), "submitted_on": long_day(project.submitted_at),
        "amount": amount(award.amount_cents), "summary": paragraphs(project.summary),
        "starts_on": long_day(starts_on), "ends_on": long_day(ends_on), "final_on": long_day(project.award_final_on),
        "instalments": instalments(award.amount_cents, project.round.instalments_pct),
    }


def plan_tables(plan: Plan) -> dict[str, Any]:
    """Return the rows and sums of a plan."""
    figures = budgets.totals(plan)
    return {
        "plan_number": str(plan.number), "plan_language": language.named(plan.language).html,
        "costs": [_row(line) for line in plan.costs], "costs_sum": amount(figures.costs),
        "financing": [_row(line) for line in plan.financing], "financing_sum": amount(figures.financing),
        "has_hours": any(line.kind is CostKind.VOLUNTEER_TIME for line in plan.costs),
    }


def _row(line: Any) -> dict[str, str]:
    return {"kind": str(line.kind.label), "purpose": said(line.purpose), "amount": amount(line.amount_cents)}


def _terms(project: Project) -> dict[str, Any]:
    """Return the round's settings that the conditions name (domain rules, section 5)."""
    round_ = project.round
    return {
        "funding_kind": round_.funding_kind.value, "proportional_pct": percent(round_.proportional_pct),
        "use_within_days": str(round_.use_within_days), "shift_limit_pct": percent(round_.shift_limit_pct),
        "quotes_above": amount(round_.quotes_required_above_cents), "retention_years": str(
            round_.retention_finance_years), "report_months": str(round_.final_report_due_months),
        "pays_out": round_.pays_out, "asks_receipts": round_.asks_receipts, "asks_changes": round_.asks_changes,
    }


def instalments(cents: int, pcts: list[int]) -> list[dict[str, str]]:
    """Divide the award as the round says: first at the start, last after the report, between them at the gate."""
    parts = money.split(cents, pcts) if pcts else [cents]
    last = len(parts) - 1
    return [
        {"number": str(place + 1), "share": percent(pct), "amount": amount(part),
         "when": "at_start" if place == 0 else "at_end" if place == last else "at_gate"}
        for place, (part, pct) in enumerate(zip(parts, pcts or [100], strict=True))
    ]
