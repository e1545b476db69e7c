"""How a project is told to the public: its stage, how much is reached, whose name, which of its steps."""

from collections.abc import Iterable, Sequence
from datetime import date

from flask_babel import lazy_gettext as _l

from incubator.milestones.models import MilestoneStatus
from incubator.milestones.rules import is_publicly_late
from incubator.programme.models import RoundState
from incubator.projects.lifecycle import Action, Stage, Status

STAGES = (Stage.PROPOSAL, Stage.MENTORING, Stage.BUDGET, Stage.MILESTONES, Stage.CLOSING)
CLOSED = frozenset({MilestoneStatus.ACCEPTED, MilestoneStatus.CANCELLED})
TONES = {
    Status.AWARDED: "info", Status.ACTIVE: "success", Status.SUSPENDED: "warning", Status.REPORTING: "info",
    Status.REPORT_SUBMITTED: "info", Status.RECOVERY: "warning", Status.COMPLETED: "success", Status.REVOKED: "danger",
}
PUBLIC_LABELS = {
    Status.REPORT_SUBMITTED: _l("Final report being checked"),
    Status.RECOVERY: _l("Final report checked"),
}
MILESTONE_LABELS = {
    MilestoneStatus.PLANNED: _l("Planned"),
    MilestoneStatus.IN_PROGRESS: _l("Under way"),
    MilestoneStatus.REPORTED: _l("Being checked"),
    MilestoneStatus.ACCEPTED: _l("Reached"),
    MilestoneStatus.CANCELLED: _l("Cancelled"),
}
STEP_SENTENCES = {
    Action.SUBMIT: _l("The proposal was submitted."),
    Action.ADMIT: _l("The proposal was admitted, and a city mentor began to accompany it."),
    Action.SUBMIT_BUDGET: _l("The budget was submitted."),
    Action.APPROVE_BUDGET: _l("The city mentors approved the budget."),
    Action.AWARD: _l("The city awarded the money."),
    Action.START: _l("The work began."),
    Action.SUSPEND: _l("The project was suspended."),
    Action.RESUME: _l("The project was taken up again."),
    Action.OPEN_REPORTING: _l("The work ended; the final report is being written."),
    Action.SUBMIT_REPORT: _l("The final report was submitted."),
    Action.ACCEPT_REPORT: _l("The final report was accepted. The project is complete."),
    Action.ACCEPT_WITH_RECOVERY: _l("The final report was accepted; part of the money goes back to the city."),
    Action.SETTLE_RECOVERY: _l("Everything is settled. The project is complete."),
    Action.REVOKE: _l("The award was revoked."),
}
EVENT_SENTENCES = {
    "milestone.accepted": _l("A milestone was reached:"),
    "milestone.cancelled": _l("A milestone was cancelled:"),
}
TOLD_ONCE = frozenset({Action.SUBMIT, Action.SUBMIT_BUDGET, Action.APPROVE_BUDGET, Action.SUBMIT_REPORT})


def stages(status: Status) -> tuple[tuple[str, str, str], ...]:
    """Return (key, label, state) of the five stages; a revoked project stopped while its milestones were due."""
    if status is Status.COMPLETED:
        return tuple((stage.value, stage.label, "done") for stage in STAGES)
    now = Stage.MILESTONES if status.stage is Stage.ENDED else status.stage
    at = STAGES.index(now)
    here = "stopped" if status in (Status.REVOKED, Status.SUSPENDED) else "current"
    return tuple(
        (stage.value, stage.label, "done" if place < at else here if place == at else "todo")
        for place, stage in enumerate(STAGES)
    )


def takes_proposals(state: RoundState, until: date | None, today: date) -> bool:
    """Say whether somebody can hand in a proposal today; the last day counts."""
    return state is RoundState.OPEN and (until is None or today <= until)


def round_label(state: RoundState, takes: bool) -> str:
    """Name a round's state for the public: it is open while one can propose, then it is under way."""
    label: str = state.label if takes or state is not RoundState.OPEN else _l("Under way")
    return label


def status_label(status: Status) -> str:
    label: str = PUBLIC_LABELS.get(status, status.label)
    return label


def milestone_status(status: MilestoneStatus) -> MilestoneStatus:
    """Return the status as the public reads it: that a report was returned stays between mentor and lead."""
    return MilestoneStatus.IN_PROGRESS if status is MilestoneStatus.RETURNED else status


def is_overdue(status: MilestoneStatus, due_on: date, today: date, after_days: int | None) -> bool:
    """Say whether the public is told that a milestone is late: only so many days after, never where none is set."""
    return is_publicly_late(status, due_on, today, after_days)


def shown_names(names: Iterable[str | None], instead: str) -> tuple[str, ...]:
    """Return names as their owners chose; those who chose none are together named once, as the group."""
    chosen = list(names)
    shown = [name for name in chosen if name]
    if len(shown) < len(chosen) and instead:
        shown.append(instead)
    return tuple(shown)


def told(steps: Sequence[Action | None]) -> list[bool]:
    """Say for steps in order of time which are told: of a step taken again only the last, unknown ones never."""
    last = {step: place for place, step in enumerate(steps) if step in TOLD_ONCE}
    return [
        step in STEP_SENTENCES and (step not in TOLD_ONCE or last[step] == place) for place, step in enumerate(steps)
    ]


