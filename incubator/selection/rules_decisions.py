"""What must hold before a decision is prepared or published; nothing here reads the database."""

from collections.abc import Collection, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.budgets import rules_approval
from incubator.foundation.errors import RuleBroken
from incubator.projects.lifecycle import Status
from incubator.selection.models import Outcome

LAST_PLACE = 999


def demand_together(publishes_together: bool) -> None:
    if not publishes_together:
        raise RuleBroken(_l("In this round each decision is recorded by itself."))


def demand_undecided(status: Status, outcome: Outcome) -> None:
    """Refuse what is decided; who waits can still be rejected, and gets money only by moving up."""
    if status is Status.WAITLISTED and outcome is Outcome.REJECT:
        return
    if status is Status.WAITLISTED:
        raise RuleBroken(_l("The project is on the waiting list. It moves up there, or it is rejected."), "outcome")
    if status is not Status.BUDGET_APPROVED:
        raise RuleBroken(_l("This cannot be decided now: the project stands at “%(status)s”.", status=status.label))


def demand_closed(is_closed: bool) -> None:
    if not is_closed:
        raise RuleBroken(_l("The panel still scores. Close the scoring first."))


def demand_no_tie(is_tied: bool) -> None:
    if is_tied:
        raise RuleBroken(_l("This project stands equal with another one. Draw a lot and write it down first."))


def demand_place(place: int | None, taken: Collection[int]) -> None:
    if place is None or not 1 <= place <= LAST_PLACE:
        raise RuleBroken(_l("Please give the place on the waiting list; the lowest moves up first."), "place")
    if place in taken:
        raise RuleBroken(_l("Another project has this place on the waiting list."), "place")


def demand_reason(outcome: Outcome, reason: str) -> None:
    if outcome is Outcome.REJECT and not reason.strip():
        raise RuleBroken(_l("Please say why; the team will read it."), "reason")


def with_way_out(sentence: Any, free: Sequence[str]) -> Any:
    """Add to a refusal to publish who can do it, or how to come to an end where nobody is free in all projects."""
    if free:
        return rules_approval.with_way_out(sentence, free)
    return _l("%(sentence)s Nobody of the coordination is free in all of these projects. Take back what is prepared "
              "for some of them and publish the others first, or ask the administration to give another person the "
              "role of the coordination.", sentence=sentence)
