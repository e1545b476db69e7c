"""Projects in lists: which there are, and what their cards say."""

import functools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator.foundation.database import db
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
CITYWIDE = "citywide"


def is_public() -> sa.ColumnElement[bool]:
    """The condition under which anybody may know of a project.

    It is asked of rows that were found by something else, so it must not draw the database to the index on status.
    """
    return _status_in(PUBLIC_STATUSES)


def _status_in(statuses: Sequence[Status]) -> sa.ColumnElement[bool]:
    return sa.type_coerce(Project.status, sa.String()).concat("").in_([status.value for status in statuses])


def number_of(*among: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    """Count public projects; where `among` is what an index begins with, only those are looked at, and only there."""
    counted = sa.select(sa.func.count(Project.id)).where(*among, Project.status.in_(PUBLIC_STATUSES))
    return counted.scalar_subquery()


def newest(
    statuses: Sequence[Status], after: Any, size: Any, *among: sa.ColumnElement[bool]
) -> sa.ColumnElement[bool]:
    """Keep to the newest of some statuses: from each a page at most, read off the index, however many there are."""
    pages = []
    for status in statuses:
        page = sa.select(Project.id).where(Project.status == status, *among).order_by(Project.id.desc()).limit(size)
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
    return listed().limit(size).where(newest(PUBLIC_STATUSES, after, size))


def chosen(filters: Filters, size: int) -> Sequence[Any]:
    """Return the newest `size` that fit; what somebody looks for by words is in `queries_search`."""
    values = {name: value for name in ("round", "theme", "district") if (value := getattr(filters, name))}
    names = frozenset("citywide" if value == CITYWIDE else name for name, value in values.items())
    query = _narrowed_list(tuple(_statuses(filters.stage)), names, filters.after is not None)
    db.session.flush()
    return db.session.connection().execute(query, values | {"size": size, "after": filters.after}).all()


@functools.cache
def _narrowed_list(statuses: tuple[Status, ...], names: frozenset[str], goes_on: bool) -> Select:
    """Write the list for one kind of filters, as `standing` does; no more kinds than ways to fill in the form."""
    size, after = sa.bindparam("size", type_=sa.Integer()), sa.bindparam("after", type_=sa.Integer())
    among = [_is_in(name, sa.bindparam(name)) for name in sorted(names)]
    return listed().limit(size).where(newest(statuses, after if goes_on else None, size, *among))


def _is_in(name: str, value: Any) -> sa.ColumnElement[bool]:
    """The condition that a project belongs to the round, theme or district of that short name, or to all districts."""
    if name == "citywide":
        return sa.and_(Project.is_citywide)
    if name == "round":
        told = sa.select(Round.id).where(Round.slug == value, Round.state != RoundState.DRAFT)
        return Project.round_id == told.scalar_subquery()
    if name == "theme":
        return Project.theme_id == sa.select(Theme.id).where(Theme.slug == value).scalar_subquery()
    return Project.district_id == sa.select(District.id).where(District.slug == value).scalar_subquery()


def narrowed(filters: Filters) -> list[sa.ColumnElement[bool]]:
    """Return the same filters as conditions on projects that something else finds: no index is to be begun with."""
    wanted: list[sa.ColumnElement[bool]] = []
    if filters.stage:
        wanted.append(_status_in(_statuses(filters.stage)))
    for name in ("round", "theme", "district"):
        if value := getattr(filters, name):
            kept = _is_in("citywide" if value == CITYWIDE else name, value)
            wanted.append(sa.case((kept, 1), else_=0) == 1)
    return wanted


def _statuses(stage: str) -> list[Status]:
    return [status for status in PUBLIC_STATUSES if not stage or STAGE_OF[status].value == stage]


@dataclass(frozen=True)
class Listed:
    """Listed rows with the milestones of each, read with one query; `owners` hold the passages that cards need."""

    rows: Sequence[Any]
    planned: dict[int, list[Any]]

    @property
    def owners(self) -> dict[str, set[int]]:
        following = [found for each in self.planned.values() if (found := _next(each))]
        return {"project": {row.id for row in self.rows}, "milestone": {each.id for each in following}}

    def cards(self, said: Words, today: date) -> tuple[Card, ...]:
        return tuple(_card(row, self.planned.get(row.id, []), said, today) for row in self.rows)


def with_milestones(rows: Sequence[Any]) -> Listed:
    planned: dict[int, list[Any]] = defaultdict(list)
    for each in _milestones([row.id for row in rows]) if rows else ():
        planned[each.project_id].append(each)
    return Listed(rows, planned)


def cards(rows: Sequence[Any], language: str, today: date) -> tuple[Card, ...]:
    """Make cards of listed rows, with two queries however many there are."""
    found = with_milestones(rows)
    return found.cards(words(language, found.owners), today)


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
