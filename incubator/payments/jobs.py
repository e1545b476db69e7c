"""Letters about requests for money, and what a revoked award lets go of."""

from incubator import letters
from incubator.accounts.models import Person, Role
from incubator.accounts.queries import people_with_role
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.payments import operations, queries_confirm
from incubator.payments.models_requests import FundsRequest, RequestState
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project


def _request(entry: Entry) -> FundsRequest:
    return db.session.get_one(FundsRequest, entry.subject_id)


@on("funds_request.asked")
def ask_for_checks(entry: Entry) -> None:
    """Write to everybody who may check it: never to those who are excluded."""
    request = _request(entry)
    free = queries_confirm.checks(request, clock.today()).free
    letters.tell(free, "funds_asked", entry, request=request, project=request.project)


@on("funds_request.confirmed")
def go_on_after_a_check(entry: Entry) -> None:
    """Ask for the other check, or tell the coordination that it can be paid."""
    request = _request(entry)
    if request.state is RequestState.ASKED:
        free = queries_confirm.checks(request, clock.today()).free
        letters.tell(free, "funds_second_check", entry, request=request, project=request.project,
                     missing="arithmetic" if entry.data["what"] == "factual" else "factual")
    elif request.state is RequestState.CONFIRMED and entry.data["complete"]:
        letters.tell(_who_may_pay(request), "funds_to_pay", entry, request=request, project=request.project)


def _who_may_pay(request: FundsRequest) -> list[Person]:
    """Return who of the coordination has nothing to do with the project (C1)."""
    people = people_with_role(Role.COORDINATOR)
    why = queries_confirm.exclusions(
        request.project, [each.id for each in people], clock.today(), request.asked_by_id)
    return [person for person in people if person.id not in why]


@on("funds_request.refused")
def tell_of_refusal(entry: Entry) -> None:
    request = _request(entry)
    letters.tell(request.project.leads, "funds_refused", entry, request=request, project=request.project)


@on("payment.paid")
def tell_of_payment(entry: Entry) -> None:
    request = _request(entry)
    if request.state is RequestState.PAID:
        letters.tell(request.project.leads, "funds_paid", entry, request=request, project=request.project)


@on("project.moved", "funds_request.refused", "payment.corrected", "payment.returned")
def let_go_after_revocation(entry: Entry) -> None:
    """End what a revoked project still asks for, and free its money for others as far as it is not paid."""
    project = db.session.get_one(Project, entry.project_id)
    if project.status is Status.REVOKED:
        operations.free_revoked(project)
