"""Receipts for tests: a project that may spend, papers that were sent, and what is written on them."""

from datetime import date
from typing import Any

from PIL import Image

from incubator.foundation.transaction import transaction
from incubator.media import operations_papers
from incubator.media.models import Paper
from incubator.payments import operations_receipts as operations
from incubator.payments import queries, queries_receipts
from incubator.payments.models_receipts import Receipt
from incubator.projects.models import Project
from tests.media.samples import saved

PAID_ON = date(2026, 2, 25)


def scan(number: int = 0) -> bytes:
    """The bytes of a picture; another number is another file."""
    return saved(Image.new("RGB", (60, 90), (number % 256, number // 256 % 256, 90)), "PNG")


def paper(project: Project, by: Any, number: int = 0) -> Paper:
    with transaction():
        return operations_papers.keep_paper(scan(number), by, project_id=project.id, name=f"Bon {number}.png")


def spending(make: Any, **fields: Any) -> Project:
    """An active project with 5,000.00 awarded: 2,500.00 fees and 3,055.56 material are planned."""
    project: Project = make.project(**({"status": "active"} | fields))
    make.award(project)
    return project


def facts(project: Project, **changed: Any) -> dict[str, Any]:
    line = queries.lines(project.id)[0]
    return {"line_id": line.root_id, "number": "R-1", "paid_on": PAID_ON, "payee": "Farbenhaus Muster",
            "reason": "Farbe", "amount_cents": 100_00, "offers_note": "Nur ein Laden am Ort."} | changed


def enter(project: Project, by: Any = None, scanned: int | None = None, **changed: Any) -> Receipt:
    by = by or project.leads[0]
    number = 1 + sum(queries_receipts.counts(project.id).values()) if scanned is None else scanned
    kept = paper(project, by, number)
    with transaction():
        return operations.enter(project, by, papers=[kept], **facts(project, number=f"R-{number}") | changed)


def act(operation: Any, *given: Any, **more: Any) -> Any:
    with transaction():
        return operation(*given, **more)


def sums(project: Project) -> tuple[int, int]:
    """What is spent and proved."""
    balance = queries.balance(project.id)
    return balance.spent, balance.proved
