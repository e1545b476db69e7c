"""What belongs to a proposal, as rows for tests: a question to a carrier, a file, marks of the check."""

from typing import Any

from incubator.accounts.models import Person
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.media import operations_papers
from incubator.organisations.models import Organisation
from incubator.projects.models import Project
from incubator.projects.models_proposal import Attachment, CarrierAnswer, CarrierRequest, CheckMark, CheckResult
from tests.payments.receipts import scan


def _keep(row: Any) -> Any:
    with transaction():
        db.session.add(row)
    return row


def asked(project: Project, organisation: Organisation, state: str = "asked", **fields: Any) -> CarrierRequest:
    """A question to an organisation; one that was answered says when, one that was refused why."""
    answered = {} if state == "asked" else {"answered_at": clock.now(), "reason": "Uns fehlt die Zeit."}
    defaults = {"project_id": project.id, "organisation_id": organisation.id, "state": CarrierAnswer(state),
                "words": "Wir kochen zusammen.", "language": "de", "asked_by_id": project.leads[0].id,
                "asked_at": clock.now()}
    return _keep(CarrierRequest(**(defaults | answered | fields)))


def file(project: Project, by: Person | None = None, number: int = 300, **fields: Any) -> Attachment:
    by = by or project.leads[0]
    with transaction():
        paper = operations_papers.keep_paper(scan(number), by, project_id=project.id, name=f"Satzung {number}.png")
    return _keep(Attachment(**({"project_id": project.id, "paper_id": paper.id, "title": f"Satzung {number}",
                                "added_by_id": by.id, "added_at": clock.now()} | fields)))


def mark(project: Project, by: Person, point: str, result: str = "missing", note: str = "") -> CheckMark:
    return _keep(CheckMark(project_id=project.id, point=point, result=CheckResult(result), note=note,
                           checked_by_id=by.id, checked_at=clock.now()))
