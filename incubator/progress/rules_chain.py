"""The steps of a project's chain, in their order, and where each of them stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from incubator.dialogue.models import WorkshopState
from incubator.progress.pages import Label
from incubator.progress.pages_chain import Step
from incubator.projects.lifecycle import Status

STEPS = {
    "need": _l("Need"),
    "workshop": _l("Workshop"),
    "idea": _l("Idea"),
    "proposal": _l("Proposal"),
    "mentoring": _l("Mentoring"),
    "resolution": _l("Decision of the city"),
    "budget": _l("Budget"),
    "milestones": _l("Milestones"),
    "report": _l("Final report and account"),
}
STATES = {
    "done": (_l("done"), "success"),
    "current": (_l("now"), "info"),
    "todo": (_l("still to come"), "neutral"),
    "stopped": (_l("stopped"), "danger"),
    "missing": (_l("not recorded"), "neutral"),
}
AT_WORK = {
    Status.AWARDED: "todo", Status.ACTIVE: "current", Status.SUSPENDED: "stopped", Status.REVOKED: "stopped",
}
AT_THE_END = {
    Status.REPORTING: "current", Status.REPORT_SUBMITTED: "current", Status.RECOVERY: "current",
    Status.COMPLETED: "done", Status.REVOKED: "stopped",
}
WORKSHOPS = {WorkshopState.HELD: "done", WorkshopState.PLANNED: "todo"}


@dataclass(frozen=True)
class Known:
    """What the states follow from: the project's status, and what stands at its beginning."""

    status: Status
    has_need: bool
    has_idea: bool
    workshop: WorkshopState | None
    has_report: bool


def steps(known: Known, days: Mapping[str, date | None]) -> tuple[Step, ...]:
    """Return all steps; a day is shown only where the step is done."""
    states = _states(known)
    return tuple(
        Step(
            key, label, Label(states[key], STATES[states[key]][0]), STATES[states[key]][1],
            days.get(key) if states[key] == "done" else None,
        )
        for key, label in STEPS.items()
    )


def _states(known: Known) -> dict[str, str]:
    report = "done" if known.has_report else AT_THE_END.get(known.status, "todo")
    return {
        "need": "done" if known.has_need else "missing",
        "workshop": WORKSHOPS.get(known.workshop, "missing") if known.workshop else "missing",
        "idea": "done" if known.has_idea else "missing",
        **dict.fromkeys(("proposal", "mentoring", "resolution", "budget"), "done"),
        "milestones": AT_WORK.get(known.status, "done"),
        "report": report,
    }
