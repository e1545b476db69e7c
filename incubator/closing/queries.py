"""Final reports, what they are computed from, and money that is asked back."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from incubator.accounts.models import Person, Role
from incubator.accounts.queries import people_with_role
from incubator.budgets import queries as budgets
from incubator.budgets import queries_approval
from incubator.budgets.models import FinancingKind, Plan
from incubator.closing import rules
from incubator.closing.models import FinalReport, Recovery
from incubator.closing.rules_statement import Facts, LineFacts, ReceiptRow, Statement, statement_of
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.payments import queries as payments
from incubator.payments.models_receipts import Receipt, ReceiptState
from incubator.policy import Act
from incubator.projects.models import Project

UNCHECKED = (ReceiptState.ENTERED, ReceiptState.ASKED_BACK)


def report(project_id: int) -> FinalReport | None:
    return db.session.scalar(
        sa.select(FinalReport).options(joinedload(FinalReport.audited_by)).where(FinalReport.project_id == project_id)
    )


def recovery(project_id: int) -> Recovery | None:
    return db.session.scalar(sa.select(Recovery).where(Recovery.project_id == project_id))


def still_to_return(project_id: int, recovery: Recovery) -> int:
    """Return what of a recovery has not come back yet: the team may pay it in parts."""
    balance, report_ = payments.balance(project_id), report(project_id)
    if report_ is None or report_.eligible_cents is None:
        return recovery.amount_cents
    left = rules.recovery_cents(balance.paid, balance.returned, report_.eligible_cents)
    return min(recovery.amount_cents, left)


def statement(project: Project) -> Statement:
    """Compute the statement from the ledger as it is now; the one that was handed in stands frozen in the report."""
    return statement_with(project, report(project.id))


def statement_with(project: Project, report: FinalReport | None) -> Statement:
    return statement_of(facts(project, report))


def by_hand(report: FinalReport | None) -> dict[str, int]:
    """Return what a lead wrote per line, by the line's root, where the round asks for no receipts."""
    return dict((report.statement or {}).get("spent", {})) if report is not None else {}


def facts(project: Project, report: FinalReport | None) -> Facts:
    round_, balance, plan = project.round, payments.balance(project.id), payments.plan_in_force(project.id)
    own = report or FinalReport(own_funds_cents=0, third_party_cents=0, income_cents=0, volunteer_hours=0)
    planned = {kind: sum(row.amount_cents for row in plan.financing if row.kind is kind)
               for kind in FinancingKind} if plan else {}
    return Facts(
        lines=_lines(project, plan, by_hand(report)), receipts=_receipts(project.id), planned=planned,
        own_funds=own.own_funds_cents, third_party=own.third_party_cents, income=own.income_cents,
        volunteer_hours=own.volunteer_hours, volunteer_rate=round_.volunteer_rate_cents, award=balance.approved,
        paid=balance.paid, returned=balance.returned, funding_kind=round_.funding_kind,
        proportional_pct=round_.proportional_pct, shift_limit_pct=round_.shift_limit_pct,
        waived_below=round_.recovery_waived_below_cents, pays_out=round_.pays_out,
    )


def _lines(project: Project, plan: Plan | None, written: dict[str, int]) -> tuple[LineFacts, ...]:
    decided = _decided(plan)
    waiting = _waiting_for_a_check(project.id)
    found = []
    for line in payments.lines_of(plan):
        spent, proved, open_ = line.spent, line.proved, waiting.get(line.root_id, 0)
        if not project.round.asks_receipts:
            spent = proved = written.get(str(line.root_id), 0)
            open_ = 0
        found.append(LineFacts(line.root_id, line.kind, line.purpose, line.planned,
                               decided.get(line.root_id, 0), spent, proved, open_))
    return tuple(found)


def _decided(plan: Plan | None) -> dict[int, int]:
    """Return the amounts of the version that somebody decided on: what shifts are measured against (R8)."""
    if plan is not None and plan.shift_of_id is not None:
        plan = budgets.plan(plan.shift_of_id)
    return {line.root_id: line.amount_cents for line in plan.costs} if plan is not None else {}


def _waiting_for_a_check(project_id: int) -> dict[int, int]:
    rows = db.session.execute(
        sa.select(Receipt.line_id, sa.func.sum(Receipt.amount_cents))
        .where(Receipt.project_id == project_id, Receipt.state.in_(UNCHECKED)).group_by(Receipt.line_id))
    return {line: int(cents) for line, cents in rows}


def _receipts(project_id: int) -> tuple[ReceiptRow, ...]:
    rows = db.session.execute(
        sa.select(Receipt.number, Receipt.paid_on, Receipt.payee, Receipt.reason, Receipt.line_id,
                  Receipt.amount_cents, Receipt.accepted_cents, Receipt.state, Receipt.note)
        .where(Receipt.project_id == project_id, Receipt.state != ReceiptState.WITHDRAWN)
        .order_by(Receipt.paid_on, Receipt.id))
    return tuple(
        ReceiptRow(row.number, row.paid_on.isoformat(), row.payee, row.reason, row.line_id, row.amount_cents,
                   row.accepted_cents, row.state.value, row.note) for row in rows)


def in_state(project_id: int, *states: ReceiptState) -> int:
    """Count a project's receipts in these states."""
    return db.session.scalar(sa.select(sa.func.count(Receipt.id)).where(
        Receipt.project_id == project_id, Receipt.state.in_(states))) or 0


def missing(project: Project, report: FinalReport | None) -> list[Any]:
    """Return a sentence for all that keeps a report from being handed in."""
    asked = rules.questions(project.round.report_questions)
    found = rules.missing_answers(asked, report.answers if report is not None else {})
    if project.round.asks_receipts and (count := in_state(project.id, ReceiptState.ASKED_BACK)):
        found.append(rules.open_questions(count))
    return found


def free_second_people(project: Project, first_id: int) -> Sequence[Person]:
    """Return who can agree to a signed report: the coordination, or where nobody of it is free, other mentors."""
    for role in (Role.COORDINATOR, Role.MENTOR):
        pool = [person for person in people_with_role(role) if person.id != first_id]
        excluded = queries_approval.exclusions(project, [each.id for each in pool], clock.today(), editing=False)
        if free := [person for person in pool if person.id not in excluded]:
            return free
    return ()


def exclusion(project: Project, person_id: int) -> Any | None:
    return queries_approval.exclusion_from(Act.REVIEW_REPORT, project, person_id, clock.today())

