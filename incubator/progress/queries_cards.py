"""Projects in lists: which there are, and what their cards say."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator.foundation.standing import Select, standing
from incubator.milestones.models import Milestone, MilestoneStatus
from incubator.milestones.rules import percent_reached
from incubator.programme.models import District, Round, RoundState, Theme
from incubator.progress import rules
from incubator.progress.pages import Card, Filters, Label, Next
from incubator.projects.lifecycle import PUBLIC, STAGE_OF, Status
from incubator.projects.models import Project
from incubator.wording.queries import Words, words

PUBLIC_STATUSES = tuple(sorted(PUBLIC))


def is_public() -> sa.ColumnElement[bool]:
    """The condition under which anybody may know of a project.

    It is asked of rows that were found by something else, so it must not draw the database to the index on status.
    """
    return _status_in(PUBLIC_STATUSES)


def _status_in(statuses: Sequence[Status]) -> sa.ColumnElement[bool]:
    return sa.type_coerce(Project.status, sa.String()).concat("").in_([status.value for status in statuses])


def _newest(statuses: Sequence[Status], after: int | None, size: int) -> sa.ColumnElement[bool]:
    """Keep to the newest of some statuses: from each a page at most, read off the index, however many there are."""
    pages = []
    for status in statuses:
        page = sa.select(Project.id).where(Project.status == status).order_by(Project.id.desc()).limit(size)
        pages.append(sa.select((page.where(Project.id < after) if after is not None else page).subquery().c.id))
    return Project.id.in_(sa.union_all(*pages)) if pages else sa.false()


def listed() -> Select:
    """Select public projects, newest first, with what their cards need."""
    return (
        sa.select(
            Project.id, Project.slug, Project.status, Project.language, Project.title, Project.summary,
            Project.is_citywide, Theme.names.label("theme"), District.name.label("district"), late_after(),
        )
        .outerjoin(Theme, Theme.id == Project.theme_id)
        .outerjoin(District, District.id == Project.district_id)
        .where(is_public())
        .order_by(Project.id.desc())
    )


def late_after() -> sa.Label[int | None]:
    """A column: after how many days a project's round calls a milestone late in public."""
    setting = sa.select(Round.lateness_public_after_days).where(Round.id == Project.round_id)
    return setting.correlate(Project).scalar_subquery().label("late_after")


@standing
def whole_list(after: int | None, size: int) -> Select:
    """Return the list as it is before somebody chooses."""
    return listed().limit(size).where(_newest(PUBLIC_STATUSES, after, size))


def chosen(filters: Filters, size: int) -> Select:
    """Narrow the list to `size` rows; what somebody looks for by words is in `queries_search`."""
    query, statuses = listed().limit(size), _statuses(filters.stage)
    if not (filters.round or filters.theme or filters.district):
        return query.where(_newest(statuses, filters.after, size))
    if filters.stage:
        query = query.where(_status_in(statuses))
    if filters.round:
        query = query.join(Round, Round.id == Project.round_id).where(
            Round.slug == filters.round, Round.state != RoundState.DRAFT
        )
    if filters.theme:
        query = query.where(Theme.slug == filters.theme)
    if filters.district == "citywide":
        query = query.where(Project.is_citywide)
    elif filters.district:
        query = query.where(District.slug == filters.district)
    if filters.after is not None:
        query = query.where(Project.id < filters.after)
    return query


def narrowed(filters: Filters) -> list[sa.ColumnElement[bool]]:
    """Return the same filters as conditions on the project alone, for projects that something else has found."""
    wanted: list[sa.ColumnElement[bool]] = []
    if filters.stage:
        wanted.append(_status_in(_statuses(filters.stage)))
    if filters.round:
        told = sa.select(Round.id).where(Round.slug == filters.round, Round.state != RoundState.DRAFT)
        wanted.append(Project.round_id.in_(told))
    if filters.theme:
        wanted.append(Project.theme_id.in_(sa.select(Theme.id).where(Theme.slug == filters.theme)))
    if filters.district == "citywide":
        wanted.append(Project.is_citywide.is_(True))
    elif filters.district:
        wanted.append(Project.district_id.in_(sa.select(District.id).where(District.slug == filters.district)))
    return wanted


def _statuses(stage: str) -> list[Status]:
    return [status for status in PUBLIC_STATUSES if not stage or STAGE_OF[status].value == stage]


def cards(rows: Sequence[Any], language: str, today: date) -> tuple[Card, ...]:
    """Make cards of listed rows, with two queries however many there are."""
    if not rows:
        return ()
    planned = defaultdict(list)
    for each in _milestones([row.id for row in rows]):
        planned[each.project_id].append(each)
    shown = [found for each in planned.values() if (found := _next(each))]
    said = words(language, {"project": [row.id for row in rows], "milestone": [each.id for each in shown]})
    return tuple(_card(row, planned[row.id], said, today) for row in rows)


@standing
def _milestones(project_ids: Sequence[int]) -> Select:
    return (
        sa.select(
            Milestone.id, Milestone.project_id, Milestone.title, Milestone.language, Milestone.status,
            Milestone.due_on, Milestone.weight,
        )
        .where(Milestone.project_id.in_(project_ids))
        .order_by(Milestone.due_on, Milestone.id)
    )


def _next(milestones: Sequence[Any]) -> Any | None:
    return next((each for each in milestones if each.status not in rules.CLOSED), None)


def _card(row: Any, milestones: Sequence[Any], said: Words, today: date) -> Card:
    return Card(
        id=row.id,
        slug=row.slug,
        title=said.of("project", row.id, "title", row.title, row.language),
        summary=said.of("project", row.id, "summary", row.summary, row.language),
        theme=theme_name(row.theme, said.language),
        district=row.district or "",
        is_citywide=row.is_citywide,
        status=Label(row.status.value, rules.status_label(row.status)),
        stage=rules.STAGES[0].label if row.status not in STAGE_OF else STAGE_OF[row.status].label,
        tone=rules.TONES.get(row.status, "neutral"),
        percent_reached=percent_reached((each.status, each.weight) for each in milestones),
        next=_next_of(milestones, said, today, row.late_after),
    )


def _next_of(milestones: Sequence[Any], said: Words, today: date, late_after: int | None) -> Next | None:
    found = _next(milestones)
    if found is None:
        return None
    title = said.of("milestone", found.id, "title", found.title, found.language)
    return Next(title, found.due_on, rules.is_overdue(MilestoneStatus(found.status), found.due_on, today, late_after))


def theme_name(names: dict[str, str] | None, language: str) -> str:
    return (names.get(language) or names["de"]) if names else ""
