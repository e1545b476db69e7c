"""Check a final report: return it, or sign it; a second person's signature carries out what follows (four eyes)."""

from flask_babel import lazy_gettext as _l

from incubator.budgets.operations_conflict import declare_free, demand_free
from incubator.budgets.rules_figures import Amount
from incubator.closing import queries, rules
from incubator.closing.models import FinalReport, Recovery, RecoveryState, ReportState
from incubator.closing.rules_statement import Statement
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.deadlines import months_on
from incubator.foundation.errors import RuleBroken
from incubator.foundation.language import in_language
from incubator.journal import record
from incubator.payments.operations_requests import keep_earned
from incubator.policy import Act
from incubator.projects import queries as projects
from incubator.projects.lifecycle import BY_ACTION, Action
from incubator.projects.models import Part, Project, SecondSignature
from incubator.projects.operations_move import drop, move
from incubator.projects.rules import demand_possible, reason_of

MONTHS_TO_PAY_BACK = 1


def return_report(project: Project, by, reason: str) -> None:
    """Give the report back to the team with what is missing; a first signature on it falls."""
    hold(project)
    demand_possible(project.status, BY_ACTION[Action.RETURN_REPORT], by)
    demand_free(project, by, Act.RETURN_REPORT)
    reason = reason_of(reason)
    report = queries.report(project.id)
    move(project, Action.RETURN_REPORT, by, reason=reason)
    if report is None:
        return
    hold(report)
    report.state, report.return_reason = ReportState.RETURNED, reason
    _forget_outcome(report)
    record("report.returned", by, report)


def sign(project: Project, by, *, audit_note: str = "", interest_cents: int = 0, no_conflict: bool = False) -> bool:
    """Sign the check of a final report; True once the second person's signature has carried it out.

    A mentor of the project or its deputy signs first, with an audit note, when every receipt is checked. The second
    person agrees to exactly that outcome: refused where the numbers have moved since.
    """
    hold(project)
    waiting = projects.open_report_signature(project.id)
    action = Action(waiting.action) if waiting is not None else Action.ACCEPT_REPORT
    demand_possible(project.status, BY_ACTION[action], by)
    declare_free(project, by, Act.REVIEW_REPORT, no_conflict)
    report = queries.report(project.id)
    if report is None or report.state is not ReportState.SUBMITTED:
        raise RuleBroken(_l("The team has not written a final report here. Please return it, so that they can."))
    hold(report)
    statement = queries.statement(project)
    if waiting is None:
        _sign_first(project, report, statement, by, audit_note, interest_cents)
        return False
    _agree(project, report, statement, waiting, by, audit_note)
    return True


def _sign_first(
    project: Project, report: FinalReport, statement: Statement, by, audit_note: str, interest_cents: int
) -> None:
    if not project.part_of(by.id) & {Part.MENTOR, Part.DEPUTY}:
        raise RuleBroken(_l("A mentor of the project reads the report and signs first."))
    note = rules.demand_words(audit_note, "audit_note", _l("Please write what you have checked."))
    if project.round.asks_receipts and (count := queries.in_state(project.id, *queries.UNCHECKED)):
        raise RuleBroken(_l("Receipts that are not checked yet: %(count)s. Please check them first.", count=count))
    rules.demand_interest(interest_cents, statement.recovery, statement.waived_below)
    report.audit_note, report.interest_cents = note, interest_cents
    report.eligible_cents, report.recovery_cents = statement.eligible, statement.recovery
    report.audited_by_id, report.audited_at = by.id, clock.now()
    move(project, _action(statement), by, reason=note)
    record("report.signed", by, report, eligible_cents=statement.eligible, recovery_cents=statement.recovery,
           interest_cents=interest_cents)


def _agree(
    project: Project, report: FinalReport, statement: Statement, waiting: SecondSignature, by, audit_note: str
) -> None:
    signed = (report.eligible_cents, report.recovery_cents, waiting.action)
    if signed != (statement.eligible, statement.recovery, _action(statement).value):
        raise RuleBroken(_l("The numbers have changed since the first signature. "
                            "Please drop it, so that the report can be checked again."))
    if project.round.pays_out:
        keep_earned(project, statement.eligible, by)
    move(project, Action(waiting.action), by, reason=audit_note)
    report.state = ReportState.ACCEPTED
    record("report.accepted", by, report, eligible_cents=statement.eligible, recovery_cents=statement.recovery,
           interest_cents=report.interest_cents)
    if statement.recovery:
        _ask_back(project, report, statement, by)


def _action(statement: Statement) -> Action:
    return Action.ACCEPT_WITH_RECOVERY if statement.is_asked_back else Action.ACCEPT_REPORT


def _ask_back(project: Project, report: FinalReport, statement: Statement, by) -> None:
    """Ask for the money, due one month on; below the round's threshold write down that it is waived, and by which rule.
    """
    recovery = Recovery(project_id=project.id, amount_cents=statement.recovery, interest_cents=report.interest_cents,
                        due_on=months_on(clock.today(), MONTHS_TO_PAY_BACK))
    if not statement.is_asked_back:
        recovery.state, recovery.settled_on = RecoveryState.WAIVED, clock.today()
        with in_language(project.round.language):
            recovery.reason = str(_l("Below %(amount)s this round asks nothing back.",
                                     amount=Amount(statement.waived_below)))
    db.session.add(recovery)
    db.session.flush()
    if statement.is_asked_back:
        record("recovery.asked", by, recovery, amount_cents=recovery.amount_cents, due_on=recovery.due_on,
               interest_cents=recovery.interest_cents)
    else:
        record("recovery.waived", by, recovery, amount_cents=recovery.amount_cents,
               threshold_cents=statement.waived_below)


def drop_signature(project: Project, by) -> None:
    """Take a first signature back, so that the report is checked again; the note stays as a draft for the next one."""
    hold(project)
    waiting = projects.open_report_signature(project.id)
    if waiting is None:
        raise RuleBroken(_l("This is no longer waiting for a second person."))
    report = queries.report(project.id)
    if report is not None:
        _forget_outcome(hold(report))
    drop(waiting, by)


def _forget_outcome(report: FinalReport) -> None:
    report.eligible_cents = report.recovery_cents = report.audited_by_id = report.audited_at = None
    report.interest_cents = 0
