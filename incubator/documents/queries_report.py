"""What a final report says: the report in words, the money in the order of the plan, the receipts (rule R12)."""

from datetime import date
from typing import Any

from incubator.budgets.models import CostKind, FinancingKind
from incubator.closing import rules as closing
from incubator.closing.models import FinalReport
from incubator.documents.frame import amount, frame, long_day, period
from incubator.documents.queries import SENT
from incubator.documents.writable import paragraphs, said
from incubator.foundation import language, rendering
from incubator.foundation.database import db
from incubator.projects.models import Project

UNKNOWN = "–"


def content(project: Project, about_id: int | None = None) -> dict[str, Any] | None:
    """Return the report's content in the language spoken now, with the numbers frozen when it was handed in.

    None until it was submitted.
    """
    report = db.session.get(FinalReport, about_id) if about_id is not None else None
    if report is None or report.project_id != project.id or report.state not in SENT or not report.statement:
        return None
    starts_on, ends_on = period(project)
    return frame(project) | _costs(report.statement) | _financing(report.statement) | {
        "number": said(project.notice_number or ""), "date": long_day(report.submitted_at),
        "notice_on": long_day(project.notice_on), "starts_on": long_day(starts_on), "ends_on": long_day(ends_on),
        "report_language": language.named(report.language).html, "answers": _answers(project, report),
        "receipts": _receipts(report.statement), "asks_receipts": project.round.asks_receipts,
        "statement_hash": report.statement_hash or "", "award": amount(report.statement["award"]),
    }


def _answers(project: Project, report: FinalReport) -> list[dict[str, Any]]:
    """Return each question with what was answered; the usual questions are asked in the document's language."""
    own = project.round.report_questions
    asked_in = language.named(project.round.language) if own else language.current()
    return [
        {"question": said(str(question.text)), "language": asked_in.html,
         "text": paragraphs(str(report.answers.get(str(place), "")))}
        for place, question in enumerate(closing.questions(own))
    ]


def _costs(statement: dict[str, Any]) -> dict[str, Any]:
    lines = statement["lines"]
    return {
        "costs": [
            {"kind": str(CostKind(line["kind"]).label), "purpose": said(line["purpose"]),
             "planned": amount(line["planned"]), "real": amount(line["spent"])} for line in lines
        ],
        "costs_planned": amount(sum(line["planned"] for line in lines)),
        "costs_real": amount(sum(line["spent"] for line in lines)),
    }


def _financing(statement: dict[str, Any]) -> dict[str, Any]:
    """Return where the money came from; a grant that is paid without this program is not known here."""
    sources = statement["sources"]
    real = [source["real"] for source in sources]
    return {
        "financing": [
            {"kind": str(FinancingKind(source["kind"]).label), "planned": amount(source["planned"]),
             "real": UNKNOWN if source["real"] is None else amount(source["real"])} for source in sources
        ],
        "financing_planned": amount(sum(source["planned"] for source in sources)),
        "financing_real": UNKNOWN if None in real else amount(sum(real)),
    }


def _receipts(statement: dict[str, Any]) -> list[dict[str, str]]:
    kinds = {line["root_id"]: str(CostKind(line["kind"]).label) for line in statement["lines"]}
    return [
        {"number": said(row["number"]), "paid_on": rendering.day(date.fromisoformat(row["paid_on"])),
         "payee": said(row["payee"]), "reason": said(row["reason"]), "kind": kinds.get(row["line_id"], ""),
         "amount": amount(row["amount"])} for row in statement["receipts"]
    ]
