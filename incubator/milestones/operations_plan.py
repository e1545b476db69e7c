"""Plan milestones before the award, begin them, and foresee their days anew."""

from datetime import date
from typing import Any

from incubator.foundation import clock
from incubator.foundation.database import db, hold, seen
from incubator.journal import record
from incubator.mentoring.models import AgreedStep
from incubator.mentoring.operations import finish_step
from incubator.milestones import queries, rules
from incubator.milestones.models import Milestone, MilestoneStatus
from incubator.projects.models import Project

FIELDS = ("title", "description", "due_on", "weight", "is_gate", "needs_id")


def plan(
    project: Project, by, *, title: str, due_on: date, description: str = "", weight: int = 1, is_gate: bool = False,
    needs: Milestone | None = None, language: str | None = None,
) -> Milestone:
    """Promise a result for a day; `needs` is the milestone it waits for, the language that of the project."""
    hold(project)
    others = queries.milestones(project.id)
    rules.demand_planning(project.status, is_agreed=queries.is_agreed(project, others), is_new=True)
    rules.demand_day(due_on, *period(project))
    if needs is not None:
        rules.demand_needs(None, needs, due_on, others)

    milestone = Milestone(
        project_id=project.id, title=title, description=description, language=language or project.language,
        due_on=due_on, forecast_on=due_on, weight=weight, needs_id=needs.id if needs else None,
        is_gate=is_gate and has_gate(project),
    )
    db.session.add(milestone)
    if milestone.is_gate:
        _take_gate_from(others, milestone)
    record("milestone.planned", by, milestone, due_on=due_on, weight=weight, is_gate=milestone.is_gate)
    return milestone


def plan_step(step: AgreedStep, by, **fields: Any) -> Milestone:
    """Promise what was agreed in a talk; the step is settled with it, so that it does not wait in two places."""
    milestone = plan(step.project, by, **fields)
    finish_step(step, by)
    milestone.step_id = step.id
    return milestone


def change(milestone: Milestone, by, version: int | None = None, **fields: Any) -> None:
    """Change what is given of a plan nobody has agreed to yet: title, description, due_on, weight, is_gate, needs."""
    queries.held(milestone)
    project = milestone.project
    seen(milestone, version, {field: getattr(milestone, field) for field in FIELDS})
    others = queries.milestones(project.id)
    needs = fields.pop("needs", milestone.needs)
    due_on = fields.get("due_on", milestone.due_on)
    rules.demand_planning(project.status)
    rules.demand_day(due_on, *period(project))
    if needs is not None:
        rules.demand_needs(milestone, needs, due_on, others)
    rules.demand_order(milestone, due_on, others)

    for name in ("title", "description", "weight"):
        setattr(milestone, name, fields.get(name, getattr(milestone, name)))
    milestone.due_on = milestone.forecast_on = due_on
    milestone.needs_id = needs.id if needs else None
    milestone.is_gate = fields.get("is_gate", milestone.is_gate) and has_gate(project)
    if milestone.is_gate:
        _take_gate_from(others, milestone)
    record("milestone.changed", by, milestone, due_on=due_on, weight=milestone.weight, is_gate=milestone.is_gate)


def remove(milestone: Milestone, by) -> None:
    """Take a milestone out of the plan; what waited for it waits for what it waited for."""
    queries.held(milestone)
    rules.demand_planning(milestone.project.status)
    for other in queries.milestones(milestone.project_id):
        if other.needs_id == milestone.id:
            other.needs_id = milestone.needs_id
    record("milestone.removed", by, milestone)
    db.session.delete(milestone)


def start(milestone: Milestone, by) -> None:
    """Say that work on a milestone has begun."""
    queries.held(milestone)
    rules.demand_start(milestone)
    milestone.status = MilestoneStatus.IN_PROGRESS
    record("milestone.started", by, milestone)


def forecast(milestone: Milestone, by, forecast_on: date) -> list[Milestone]:
    """Say when a milestone is expected now, and return what moved because of it; the promised day stays."""
    queries.held(milestone)
    rules.demand_forecast(milestone, forecast_on, clock.today())
    everything = {each.id: each for each in queries.milestones(milestone.project_id)}
    waiting = [rules.Waiting(each.id, each.needs_id, each.forecast_on, each.status.is_open)
               for each in everything.values()]

    days = rules.slipped(waiting, milestone.id, forecast_on)
    moved = []
    for number, on in days.items():
        each = everything[number]
        if each.forecast_on != on:
            record("milestone.forecast", by, each, forecast_on=on, was=each.forecast_on, because=milestone.id)
            each.forecast_on = on
            moved.append(each)
    return moved


def period(project: Project) -> tuple[date | None, date | None]:
    """Return the first and last day of a project as far as they are known, else those of its round."""
    return project.starts_on or project.round.period_from, project.ends_on or project.round.period_until


def has_gate(project: Project) -> bool:
    """Say whether the round pays in several instalments, so that one milestone releases the second."""
    return len(project.round.instalments_pct) > 1


def _take_gate_from(others: Any, milestone: Milestone) -> None:
    for other in others:
        if other is not milestone:
            other.is_gate = False
