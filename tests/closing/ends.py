"""Projects at their end, with money on their account."""

from datetime import date
from typing import Any

from incubator.closing import operations, queries
from incubator.closing.models import FinalReport, Recovery, ReportState
from incubator.closing.rules import USUAL
from incubator.closing.rules_statement import frozen
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.transaction import transaction
from incubator.payments import queries as payments
from incubator.payments.models import EntryKind
from incubator.payments.models_receipts import Receipt, ReceiptState
from incubator.payments.operations_ledger import account_of, post
from tests.builders import Builders

DAY = date(2026, 2, 20)
ANSWERS = {str(place): "Sechs Nachmittage, vierzig Gäste." for place in range(len(USUAL))}


def at(project: Any, page: str = "") -> str:
    return f"/de/desk/projects/{project.id}{page}"


def ending(make: Builders, *, paid: int = 4_100_00, receipts: Any = (2_250_00, 2_250_00), status: str = "reporting",
           own: int = 400_00, **fields: Any) -> Any:
    """A project awarded 4,100.00 on costs of 4,500.00 in two lines; `receipts` are accepted, one for each line.

    A receipt is cents, or (cents, accepted cents), or (cents, state) while nobody has checked it.
    """
    project = make.project(status, **fields)
    make.award(project, grant=4_100_00, by=project.mentors[0])
    plan = payments.plan_in_force(project.id)
    with transaction():
        plan.costs[0].amount_cents, plan.costs[1].amount_cents = 2_250_00, 2_250_00
        plan.financing[1].amount_cents = own
    with transaction():
        hold(project)
        account_of(project)
        if paid:
            post(project, EntryKind.PAID, paid, None, on=DAY)
        for line, each in zip(plan.costs, receipts, strict=False):
            spend(project, line, each)
    return project


def spend(project: Any, line: Any, each: Any) -> None:
    amount, accepted = each if isinstance(each, tuple) else (each, each)
    if not amount:
        return
    state = accepted if isinstance(accepted, str) else "accepted" if accepted == amount else "cut"
    checked = state in ("accepted", "cut")
    receipt = Receipt(
        project_id=project.id, line_id=line.root_id, number="R-1", paid_on=DAY, payee="Laden", reason="Waren",
        amount_cents=amount, state=ReceiptState(state), accepted_cents=accepted if checked else None,
        note="" if state in ("accepted", "entered") else "Nicht nach der Richtlinie.",
        entered_by_id=project.leads[0].id, entered_at=clock.now())
    db.session.add(receipt)
    db.session.flush()
    post(project, EntryKind.SPENT, amount, None, on=DAY, line_id=line.root_id, receipt_id=receipt.id)
    if checked and accepted:
        post(project, EntryKind.PROVED, accepted, None, on=DAY, line_id=line.root_id, receipt_id=receipt.id)


def written(project: Any, **fields: Any) -> Any:
    with transaction():
        return operations.save_report(project, project.leads[0], **({"answers": ANSWERS, "own_funds_cents": 400_00}
                                                                   | fields))


def write_and_hand_in(project: Any, by: Any, text: str) -> None:
    """Inside a transaction: the same words for every answer, and no money spent."""
    operations.save_report(project, by, answers=dict.fromkeys(ANSWERS, text))
    operations.submit_report(project, by, nothing_spent=True)


def submitted(make: Builders, **fields: Any) -> Any:
    project = ending(make, **fields)
    written(project)
    with transaction():
        operations.submit_report(project, project.leads[0])
    return project


def signed(make: Builders, **fields: Any) -> Any:
    project = submitted(make, **fields)
    with transaction():
        operations.sign(project, project.mentors[0], audit_note="Alle Belege gesehen.", no_conflict=True)
    return project


def accepted(make: Builders, **fields: Any) -> Any:
    project = signed(make, **fields)
    with transaction():
        operations.sign(project, make.person("coordinator"), no_conflict=True)
    return project


def bring_to_the_end(project: Any, status: str, second: Any) -> None:
    """Give a project that a test has put at a status what belongs to its end there: report, recovery, paid money."""
    if status not in ("reporting", "report_submitted", "recovery"):
        return
    statement = queries.statement(project)
    data, fingerprint = frozen(statement, {})
    with transaction():
        report = FinalReport(project_id=project.id, answers=dict(ANSWERS))
        db.session.add(report)
        if status == "reporting":
            return
        report.state, report.submitted_at = ReportState.SUBMITTED, clock.now()
        report.statement, report.statement_hash = data, fingerprint
        report.audit_note, report.eligible_cents, report.recovery_cents = "Gesehen.", statement.eligible, 0
        report.audited_by_id, report.audited_at = second.id, clock.now()
    if status == "recovery":
        with transaction():
            report.state, report.recovery_cents = ReportState.ACCEPTED, 20_00
            hold(project)
            account_of(project)
            post(project, EntryKind.PAID, 20_00, None, on=DAY)
            db.session.add(Recovery(project_id=project.id, amount_cents=20_00, due_on=date(2026, 4, 1)))
