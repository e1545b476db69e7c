"""Write a proposal, hand it in, and what the coordination does with it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.attributes import flag_modified

from incubator.accounts.models import Person
from incubator.dialogue import operations as dialogue
from incubator.dialogue import queries as findings
from incubator.dialogue.models import Idea, IdeaState
from incubator.foundation import clock
from incubator.foundation.database import db, hold, seen
from incubator.foundation.errors import RuleBroken
from incubator.foundation.slugs import slug_of
from incubator.journal import record
from incubator.programme.models import Round
from incubator.projects import queries, rules
from incubator.projects.lifecycle import BY_ACTION, Action, Status
from incubator.projects.models import Part, Participation, Project
from incubator.projects.operations_carrier import demand_free_choice
from incubator.projects.operations_move import move
from incubator.projects.operations_translation import arrive
from incubator.projects.rules_translation import first_receipt, is_awaited, is_foreign

FIELDS = (
    "title", "summary", "theme_id", "need", "audience", "district_id", "is_citywide", "activities", "outcome",
    "starts_on", "ends_on", "asked_cents", "carrier_id", "group_name", "language",
)


def draft(
    round: Round, by, *, title: str, language: str, idea: Idea | None = None, lead: Person | None = None, **fields: Any
) -> Project:
    """Begin a proposal with whatever is known already; whoever begins it leads it, if nobody else is named.

    One that grows from an idea takes over its theme, district and findings, and the idea has become a project.
    """
    rules.demand_open_round(round.state.value, round.proposals_until, clock.today())
    title = rules.demand_title(title)
    project = Project(
        slug=slug_of(title, queries.is_slug_taken), round=round, status=Status.DRAFT, status_since=clock.now(),
        created_at=clock.now(), title=title, language=language,
    )
    if idea is not None:
        fields = _take_over(project, idea, by) | fields
    with db.session.no_autoflush:
        db.session.add(project)
        _write(project, fields)
    db.session.flush()
    project.participations.append(Participation(person=lead or by, kind=Part.LEAD, since=clock.today()))
    named = {"lead": lead.seal} if lead is not None else {}
    record("project.drafted", by, project, round=round.id, **({"idea": idea.id} if idea else {}), **named)
    return project


def _take_over(project: Project, idea: Idea, by) -> dict[str, Any]:
    """Let the idea become this project, and return what it already says."""
    rules.demand_same_round(project.round.id, idea)
    dialogue.move_idea(idea, IdeaState.PROMOTED, by)
    project.idea = idea
    return {"theme_id": idea.theme_id, "district_id": idea.district_id,
            "evidence_ids": [each.id for each in idea.evidence]}


def edit(project: Project, by, version: int | None = None, **fields: Any) -> Project:
    """Change what is given and leave the rest; possible while it is a draft or was returned."""
    hold(project)
    seen(project, version, _stored(project))
    demand_editable(project)
    change(project, by, fields)
    return project


def demand_editable(project: Project) -> None:
    if project.status not in rules.EDITABLE:
        raise RuleBroken(_l("The proposal was handed in and can no longer be changed. "
                            "The coordination can return it to you."))


def change(project: Project, by, fields: dict[str, Any]) -> None:
    """Write answers into a proposal that is held; the journal names what changed, and only if something did."""
    before, fields = _stored(project), dict(fields)
    with db.session.no_autoflush:
        if "title" in fields:
            _rename(project, fields.pop("title"))
        _write(project, fields)
    changed = [name for name, value in _stored(project).items() if value != before[name]]
    if changed:
        record("project.edited", by, project, fields=changed)


def _stored(project: Project) -> dict[str, Any]:
    """Return a proposal under the names of its fields."""
    values = {field: getattr(project, field) for field in FIELDS}
    return values | {"evidence_ids": [each.id for each in project.evidence]}


def _rename(project: Project, title: str | None) -> None:
    """The address follows the title until the proposal is handed in for the first time."""
    title = rules.demand_title(title or "")
    if title != project.title and project.submitted_at is None:
        project.slug = slug_of(title, queries.is_slug_taken)
    project.title = title


def _write(project: Project, fields: dict[str, Any]) -> None:
    if "evidence_ids" in fields:
        _cite(project, fields.pop("evidence_ids"))
    if unknown := set(fields) - set(FIELDS):
        raise TypeError(f"proposals have no {', '.join(sorted(unknown))}")
    if project.id is not None and fields.get("carrier_id", project.carrier_id) != project.carrier_id:
        demand_free_choice(project)
    for name, value in fields.items():
        column = Project.__table__.c[name]
        setattr(project, name, "" if value is None and not column.nullable else value)
    if project.is_citywide:
        project.district_id = None
    rules.demand_period(project.starts_on, project.ends_on)


def _cite(project: Project, evidence_ids: Iterable[int]) -> None:
    """Name the findings that the proposal answers; they stand in a table of their own, of which its version tells."""
    cited = list(findings.findings_among(evidence_ids))
    if cited != project.evidence:
        project.evidence = cited
        flag_modified(project, "title")


def submit(project: Project, by) -> None:
    """Hand the proposal in: complete, with an eligible carrier, and not too late."""
    hold(project)
    rules.demand_possible(project.status, BY_ACTION[Action.SUBMIT], by)
    rules.demand_still_submittable(project, clock.today())
    if missing := rules.missing_for_submission(project):
        raise rules.first_missing(missing)
    if is_awaited(project) and not is_foreign(project):
        arrive(project, by)
    move(project, Action.SUBMIT, by, facts={"received_on": first_receipt(project) or clock.today()})


def return_for_changes(project: Project, by, reason: str, due_on: date | None = None) -> None:
    """Give the proposal back with what is missing and the last day for it (default: the round's number of days)."""
    due_on = due_on or clock.today() + timedelta(days=project.round.return_due_days)
    rules.demand_due_day(due_on, clock.today())
    move(project, Action.RETURN_FOR_CHANGES, by, reason=reason, facts={"due_on": due_on},
         return_reason=reason.strip(), return_due_on=due_on)


def declare_ineligible(project: Project, by, reason: str) -> None:
    move(project, Action.DECLARE_INELIGIBLE, by, reason=reason, end_reason=reason.strip())


def withdraw(project: Project, by) -> None:
    move(project, Action.WITHDRAW, by)


def lapse(project: Project) -> None:
    """Let a returned proposal end whose last day is over; only the calendar does this."""
    hold(project)
    rules.demand_possible(project.status, BY_ACTION[Action.LAPSE], None)
    if not rules.is_lapsed(project, clock.today()):
        raise RuleBroken(_l("The time to send in the changes is not over yet."))
    move(project, Action.LAPSE, None)
