"""What a request for money says."""

from typing import Any

from incubator.accounts.models import Person
from incubator.budgets import queries as budgets
from incubator.documents.frame import amount, frame, long_day
from incubator.documents.queries import ENDED
from incubator.documents.writable import paragraphs, said
from incubator.foundation import language
from incubator.foundation.database import db
from incubator.payments import queries as payments
from incubator.payments.models_requests import FundsRequest, RequestState
from incubator.projects.models import Project


def content(project: Project, about_id: int | None = None) -> dict[str, Any] | None:
    """Return the request's content in the language spoken now; None for one that was refused or taken back."""
    request = db.session.get(FundsRequest, about_id) if about_id is not None else None
    award = budgets.award_of(project.id)
    if request is None or request.project_id != project.id or request.state in ENDED or award is None:
        return None
    balance = payments.balance(project.id)
    before = balance.paid - (request.amount_cents if request.state is RequestState.PAID else 0)
    gate = request.gate
    return frame(project) | {
        "number": str(request.number), "date": long_day(request.asked_at), "amount": amount(request.amount_cents),
        "notice_number": said(project.notice_number or ""), "notice_on": long_day(project.notice_on),
        "request_language": language.named(request.language).html, "purpose": paragraphs(request.purpose),
        "needed_by": long_day(request.needed_by), "asked_by": said(request.asked_by.name),
        "instalment": str(request.instalment) if request.instalment is not None else "",
        "gate": said(gate.title) if gate is not None else "", "use_within_days": str(project.round.use_within_days),
        "award": amount(award.amount_cents), "paid_before": amount(before),
        "left_after": amount(balance.committed - before - request.amount_cents),
        "factual": _confirmed(request.factual_by, request.factual_at),
        "arithmetic": _confirmed(request.arithmetic_by, request.arithmetic_at),
        "paid_on": long_day(request.paid_on), "reference": said(request.reference),
    }


def _confirmed(person: Person | None, at: Any) -> str:
    return f"{said(person.name)}, {long_day(at)}" if person is not None else ""
