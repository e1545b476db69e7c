"""What must hold about partners and about what they promise."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation import money
from incubator.foundation.errors import RuleBroken
from incubator.partners.models import PLEDGE_STEPS, PartnerRole, Pledge, PledgeKind, PledgeState
from incubator.projects.lifecycle import Stage, Status
from incubator.projects.models import Project

COUNTS = frozenset({PledgeState.CONFIRMED, PledgeState.FULFILLED, PledgeState.PARTLY_FULFILLED})
STILL_OPEN = frozenset({PledgeState.OFFERED, PledgeState.CONFIRMED})
LARGEST_QUANTITY = 1_000_000
LONGEST = {"description": 200, "unit": 40, "valued_how": 200}


def is_open(project: Project) -> bool:
    """Say whether partners and pledges may still change: not once the project has ended or is complete."""
    return is_open_in(project.status)


def is_open_in(status: Status) -> bool:
    return status.stage is not Stage.ENDED and status is not Status.COMPLETED


def demand_open(project: Project) -> None:
    if not is_open(project):
        raise RuleBroken(_l("The project has ended, so its partners do not change any more."))


def demand_roles(roles: list[str]) -> list[str]:
    """Return the roles in the order of the list; at least one is asked for."""
    known = [role.value for role in PartnerRole if role in roles]
    if not known:
        raise RuleBroken(_l("Please choose at least one way in which they take part."), "roles")
    return known


def demand_pledge(
    kind: PledgeKind, *, description: str, quantity: int | None, unit: str, value_cents: int | None, valued_how: str,
    starts_on: date | None, ends_on: date | None,
) -> None:
    """Refuse a promise that nobody could check later: money needs its amount, things their number and unit."""
    if not description:
        raise RuleBroken(_l("Please write what is promised."), "description")
    for field, text in (("description", description), ("unit", unit), ("valued_how", valued_how)):
        if len(text) > LONGEST[field]:
            raise RuleBroken(_l("This text is too long."), field)
    if quantity is None or not 1 <= quantity <= LARGEST_QUANTITY:
        raise RuleBroken(_l("Please write how many: a whole number, at least 1."), "quantity")
    _demand_value(kind, unit, value_cents, valued_how)
    if starts_on and ends_on and ends_on < starts_on:
        raise RuleBroken(_l("The last day cannot lie before the first one."), "ends_on")


def _demand_value(kind: PledgeKind, unit: str, value_cents: int | None, valued_how: str) -> None:
    if value_cents is not None and not 0 <= value_cents <= money.LARGEST_CENTS:
        raise RuleBroken(_l("This amount is too large or too small."), "value_cents")
    if kind is PledgeKind.MONEY:
        if not value_cents:
            raise RuleBroken(_l("Please write how much money it is."), "value_cents")
        return
    if not unit:
        raise RuleBroken(_l("Please write what is counted: hours, evenings, pieces …"), "unit")
    if value_cents and not valued_how:
        raise RuleBroken(_l("Please say how you arrived at this value."), "valued_how")


def demand_step(pledge: Pledge, to: PledgeState) -> None:
    if to not in PLEDGE_STEPS[pledge.state]:
        now: Any = pledge.state.label
        raise RuleBroken(_l("The pledge is “%(now)s” and cannot become “%(wanted)s” now.", now=now, wanted=to.label))


def demand_offered(pledge: Pledge) -> None:
    if pledge.state is not PledgeState.OFFERED:
        raise RuleBroken(_l("This pledge was answered already."))


def demand_word_of_partner(from_partner: bool) -> None:
    """Refuse that a partner confirms what it offered itself: there the project's word is missing."""
    if from_partner:
        raise RuleBroken(_l("The partner offered this itself. Now the project says whether it accepts."))


def demand_word_of_project(from_partner: bool) -> None:
    if not from_partner:
        raise RuleBroken(_l("The project wrote this down. Now the partner says whether it is right."))


def counts_as_money(pledge: Pledge) -> bool:
    """Say whether a pledge is money on which a plan may count: only once the partner has confirmed it."""
    return pledge.kind is PledgeKind.MONEY and pledge.state in COUNTS
