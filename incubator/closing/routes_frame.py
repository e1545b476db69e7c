"""The frame of the room's pages: their blueprint, and what several of them show."""

from datetime import date
from typing import Any

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from incubator.closing import queries, rules
from incubator.closing.models import FinalReport
from incubator.closing.rules_statement import Statement
from incubator.foundation import clock
from incubator.payments.models_receipts import ReceiptState
from incubator.projects.models import Project

bp = Blueprint("closing", __name__)


def back(project: Project) -> ResponseReturnValue:
    return redirect(url_for("projects.show", project_id=project.id), 303)


def facts_of(project: Project, report: FinalReport | None, statement: Statement | None = None) -> dict[str, Any]:
    """Return a report with its questions and the money computed from the ledger."""
    statement = statement or queries.statement_with(project, report)
    answers = report.answers if report is not None else {}
    return {
        "project": project, "report": report, "statement": statement,
        "told": [(question, str(answers.get(str(place), "")))
                 for place, question in enumerate(rules.questions(project.round.report_questions))],
        "receipts": [(row, date.fromisoformat(row.paid_on), ReceiptState(row.state)) for row in statement.receipts],
        "kinds": {line.root_id: line.kind for line in statement.lines},
        "days_late": rules.days_late(project.report_due_on, clock.today()),
    }
