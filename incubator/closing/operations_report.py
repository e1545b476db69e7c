"""Write the final report and hand it in (rule R12)."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from incubator.closing import queries, rules, rules_statement
from incubator.closing.models import FinalReport, ReportState
from incubator.foundation import clock
from incubator.foundation.database import db, hold, seen
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.projects.lifecycle import BY_ACTION, Action
from incubator.projects.models import Project
from incubator.projects.operations_move import move
from incubator.projects.rules import demand_possible

TO_SUBMIT = BY_ACTION[Action.SUBMIT_REPORT]


def save_report(
    project: Project, by, *, answers: Mapping[str, str], own_funds_cents: int = 0, third_party_cents: int = 0,
    income_cents: int = 0, volunteer_hours: int = 0, spent: Mapping[str, int] | None = None,
    version: int | None = None,
) -> FinalReport:
    """Keep the report as a draft; nothing must be complete yet.

    `answers` maps a question's place to the text; `spent` maps a line's root to cents where the round asks for no
    receipts. `version` is that of the draft the form was drawn from, zero where there was none.
    """
    hold(project)
    demand_possible(project.status, TO_SUBMIT, by)
    report = queries.report(project.id)
    if report is None:
        report = FinalReport(project_id=project.id, answers={})
        db.session.add(report)
    else:
        hold(report)
        seen(report, version, drawn_from(report))
    report.answers = {place: text.strip() for place, text in answers.items()}
    report.language = getattr(by, "language", report.language)
    report.own_funds_cents, report.third_party_cents = own_funds_cents, third_party_cents
    report.income_cents, report.volunteer_hours = income_cents, volunteer_hours
    report.statement = {"spent": dict(spent)} if spent else None
    record("report.saved", by, report)
    return report


def drawn_from(report: FinalReport) -> dict[str, str | int]:
    """Return what a report holds by the names its form gives it."""
    own = {name: getattr(report, name) for name in
           ("own_funds_cents", "third_party_cents", "income_cents", "volunteer_hours")}
    answers = {f"answer_{place}": text for place, text in report.answers.items()}
    return {**answers, **own, **{f"spent_{root}": cents for root, cents in queries.by_hand(report).items()}}


def submit_report(project: Project, by, *, nothing_spent: bool = False, statement_hash: str | None = None) -> None:
    """Freeze the statement and hand the report in, also late; `statement_hash` is that of the statement looked at.

    Refused while a question is unanswered or about a receipt is open, and where nothing was spent unless
    `nothing_spent` says so.
    """
    hold(project)
    demand_possible(project.status, TO_SUBMIT, by)
    report = queries.report(project.id)
    if report is None:
        raise RuleBroken(_l("The report is still empty. Please write it first."))
    hold(report)
    if missing := queries.missing(project, report):
        raise RuleBroken(missing[0])
    statement = queries.statement(project)
    data, fingerprint = rules_statement.frozen(statement, queries.by_hand(report))
    if statement_hash is not None and statement_hash != fingerprint:
        raise RuleBroken(_l("The numbers have changed since you looked. Please look at them again, then hand in."))
    if statement.spent == 0 and not nothing_spent:
        raise RuleBroken(_l("No money was spent according to this report. If that is right, please tick the box."),
                         "nothing_spent")
    report.state, report.submitted_at = ReportState.SUBMITTED, clock.now()
    report.statement, report.statement_hash = data, fingerprint
    move(project, Action.SUBMIT_REPORT, by)
    record("report.submitted", by, report, statement_hash=fingerprint, spent_cents=statement.spent,
           eligible_cents=statement.eligible, days_late=rules.days_late(project.report_due_on, clock.today()))
