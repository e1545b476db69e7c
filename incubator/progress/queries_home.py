"""What the start page tells beside projects and news: how it began, what comes next, how many stand where."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from incubator.dialogue.models import Workshop, WorkshopState
from incubator.foundation import clock
from incubator.foundation.standing import Select, standing
from incubator.programme.models import FactKind, RoundFact, RoundState
from incubator.progress import queries_dialogue, rules
from incubator.progress.kept import kept
from incubator.progress.pages import Date, Fact, Link
from incubator.progress.pages_home import Ahead, Chapter, InStage, Story, next_dates
from incubator.progress.queries_cards import PUBLIC_STATUSES
from incubator.projects.lifecycle import STAGE_OF, Stage
from incubator.projects.models import Project
from incubator.wording.queries import Words

CHAPTERS = {
    "know": (FactKind.SURVEY, FactKind.STUDIES),
    "talk": (FactKind.WORKSHOPS,),
    "do": (FactKind.FUND, FactKind.DECISION, FactKind.PERIOD, FactKind.RESULT),
}
MOST_DATES = 3
MOST_WORKSHOPS = 3


def fact_rows(rounds: Sequence[Any]) -> Sequence[Any]:
    """Return what is known of archived rounds, the newest round first."""
    archived = [each.id for each in rounds if each.state is RoundState.ARCHIVED]
    return _facts_of(archived) if archived else []


@standing
def _facts_of(round_ids: Sequence[int]) -> Select:
    return (
        sa.select(
            RoundFact.id, RoundFact.round_id, RoundFact.kind, RoundFact.text, RoundFact.language, RoundFact.source,
            RoundFact.on.label("day"), RoundFact.until,
        )
        .where(RoundFact.round_id.in_(round_ids))
        .order_by(RoundFact.round_id.desc(), RoundFact.position, RoundFact.on, RoundFact.id)
    )


def story(rounds: Sequence[Any], rows: Sequence[Any], said: Words) -> Story | None:
    """Tell the beginning in three chapters, each resting on facts with their source; without any it is not told."""
    for each in rounds:
        own = [row for row in rows if row.round_id == each.id]
        chapters = tuple(Chapter(key, _facts(own, kinds, said)) for key, kinds in CHAPTERS.items())
        if all(chapter.facts for chapter in chapters):
            return Story(Link(each.slug, each.name), _facts(own, (FactKind.AIM,), said), chapters)
    return None


def _facts(rows: Sequence[Any], kinds: Sequence[FactKind], said: Words) -> tuple[Fact, ...]:
    return tuple(_fact(row, said) for row in rows if row.kind in kinds)


def _fact(row: Any, said: Words) -> Fact:
    text = said.of("round_fact", row.id, "text", row.text, row.language)
    return Fact(row.kind, text, row.source, row.day, row.until)


def workshop_rows() -> Sequence[Any]:
    """Return the workshops one can still come to, the next one first."""
    return _workshops_after(clock.minute())


@standing
def _workshops_after(moment: datetime) -> Select:
    return (
        queries_dialogue.workshops_listed()
        .where(Workshop.state == WorkshopState.PLANNED, Workshop.ends_at > moment)
        .order_by(Workshop.starts_at, Workshop.id).limit(MOST_WORKSHOPS)
    )


def ahead(dates: Sequence[Date], rows: Sequence[Any], said: Words, today: date) -> Ahead:
    return Ahead(next_dates(tuple(dates), today, MOST_DATES), queries_dialogue.workshops(rows, said))


def stages(round_: Any | None) -> tuple[InStage, ...]:
    """Return the five stages, each with how many public projects of the round stand there."""
    if round_ is None:
        return ()
    counted: dict[Stage, int] = {}
    for row in _rows(round_.id):
        stage = STAGE_OF.get(row.status, Stage.ENDED)
        counted[stage] = counted.get(stage, 0) + row.number
    return tuple(InStage(stage.value, stage.label, counted.get(stage, 0)) for stage in rules.STAGES)


@kept
def _rows(round_id: int) -> Sequence[Any]:
    return _counted(round_id)


@standing
def _counted(round_id: int) -> Select:
    return (
        sa.select(Project.status, sa.func.count().label("number"))
        .where(Project.round_id == round_id, Project.status.in_(PUBLIC_STATUSES)).group_by(Project.status)
    )
