"""What must hold when a group looks for an organisation that carries its project."""

from collections.abc import Collection
from datetime import date

from flask_babel import lazy_gettext as _l

from incubator.foundation.errors import RuleBroken
from incubator.organisations.models import Organisation
from incubator.organisations.rules import is_eligible
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project
from incubator.projects.models_proposal import CarrierAnswer, CarrierRequest
from incubator.projects.rules import EDITABLE, FINISHED

BEFORE_AWARD = frozenset({
    Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.MENTORING, Status.BUDGET_REVIEW, Status.BUDGET_APPROVED,
    Status.WAITLISTED,
})
OPEN = (CarrierAnswer.ASKED, CarrierAnswer.ACCEPTED)


def needed_by(project: Project) -> date | None:
    """Return the day until which the carrier's agreement is needed, None where the round names none."""
    round_ = project.round
    if project.status is Status.DRAFT:
        return round_.proposals_until
    if project.status is Status.RETURNED:
        return project.return_due_on
    return round_.council_on if project.status in (Status.BUDGET_APPROVED, Status.WAITLISTED) else round_.budgets_until


def may_still_change(project: Project) -> bool:
    return project.status in BEFORE_AWARD


def demand_before_award(project: Project) -> None:
    """Whoever received money stays answerable for it: after the award only the coordination can settle this."""
    if project.status in FINISHED:
        raise RuleBroken(_l("This project has ended."))
    if project.status not in BEFORE_AWARD:
        raise RuleBroken(_l("The money is granted, so the carrier cannot change here any more. "
                            "Please talk to the coordination: it settles with everybody how to go on."))


def demand_agreed(project: Project) -> None:
    """Refuse an award to a project whose carrier has not agreed, or has withdrawn since its budget was handed in."""
    if project.carrier_id is None or project.carrier_agreed_on is None:
        raise RuleBroken(_l("The written agreement of the carrier organisation is not on file yet."))


def demand_askable(
    project: Project, organisation: Organisation, waiting: CarrierRequest | None, own: Collection[int]
) -> None:
    """Refuse a question to somebody who may not carry, or while another one is open.

    One's own organisation is chosen in the proposal; once that is handed in, it is asked like any other.
    """
    demand_before_award(project)
    demand_none_open(waiting)
    if project.carrier is not None and project.carrier_agreed_on is not None:
        raise RuleBroken(_l("%(name)s has agreed already to carry the project.", name=project.carrier.name))
    demand_eligible(project, organisation)
    if organisation.id in own and project.status in EDITABLE:
        raise RuleBroken(_l("You belong to %(name)s yourself, so there is nothing to ask. Choose it in your proposal.",
                            name=organisation.name), "organisation_id")


def demand_none_open(waiting: CarrierRequest | None, field: str | None = None) -> None:
    if waiting is None:
        return
    name = waiting.organisation.name
    if waiting.state is CarrierAnswer.ASKED:
        raise RuleBroken(_l("%(name)s has been asked and has not answered yet. Take the question back first.",
                            name=name), field)
    raise RuleBroken(_l("%(name)s has agreed already to carry the project. Take the question back first.", name=name),
                     field)


def demand_eligible(project: Project, organisation: Organisation) -> None:
    if not is_eligible(organisation, project.round):
        raise RuleBroken(_l("This organisation cannot receive money in this round. Please choose another one."),
                         "organisation_id")


def demand_state(asked: CarrierRequest, *states: CarrierAnswer) -> None:
    if asked.state not in states:
        raise RuleBroken(_l("This question stands at “%(state)s”. There is nothing left to answer.",
                            state=asked.state.label))


def demand_reason(reason: str) -> str:
    if not reason.strip():
        raise RuleBroken(_l("Please say why; the team reads it."), "reason")
    return reason.strip()
