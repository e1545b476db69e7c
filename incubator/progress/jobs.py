"""The index follows what happens, and makes itself anew where it is missing."""

from typing import Any

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.foundation.jobs import every_tick
from incubator.foundation.transaction import transaction
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.partners.models import Partnership, Pledge
from incubator.progress import operations_search
from incubator.progress.models import Kind
from incubator.progress.queries_passages import SOURCES
from incubator.projects.models import Project

OF_PROJECTS = (
    "project.moved", "project.edited", "project.carrier_agreed", "partnership.begun", "partnership.ended",
    "pledge.offered", "pledge.changed", "pledge.proved", "pledge.confirmed", "pledge.fulfilled",
    "pledge.partly_fulfilled", "pledge.withdrawn",
    "milestone.planned", "milestone.changed", "milestone.removed", "milestone.reported", "milestone.returned",
    "milestone.accepted", "milestone.cancelled", "update.published", "update.changed", "update.corrected",
    "update.withdrawn", "translation.saved",
)
OF_THINGS = (
    "workshop.announced", "workshop.changed", "workshop.held", "workshop.cancelled",
    "idea.given", "idea.changed", "idea.moved", "idea.shown", "idea.taken_back",
    "evidence.recorded", "evidence.changed",
)
OF_NAMES = {"theme.changed": "theme_id", "district.changed": "district_id", "round.opened": "round_id"}


@on(*OF_PROJECTS)
def follow_projects(entry: Entry) -> None:
    """Write down anew what a project and its news say; what is not public any more is forgotten."""
    if entry.project_id is not None and operations_search.is_begun():
        operations_search.index_projects([entry.project_id])


@on(*OF_THINGS)
def follow_things(entry: Entry) -> None:
    if operations_search.is_begun():
        operations_search.index(Kind(entry.subject_type), [entry.subject_id])


@on("passage.published", "passage.withdrawn")
def follow_words(entry: Entry) -> None:
    """Find a thing by what it is called in one more language, and no longer by what nobody reads any more."""
    if entry.project_id is not None:
        follow_projects(entry)
    elif entry.subject_type in SOURCES:
        follow_things(entry)


@on(*OF_NAMES)
def follow_names(entry: Entry) -> None:
    """Find things by the new name of what they belong to, and those of a round from the day it opens."""
    if not operations_search.is_begun():
        return
    for kind, source in SOURCES.items():
        column: Any = getattr(source.model, OF_NAMES[entry.action], None)
        if column is not None:
            operations_search.index(kind, db.session.scalars(
                sa.select(source.model.id).where(column == entry.subject_id)))


@on("organisation.changed")
def follow_organisations(entry: Entry) -> None:
    if not operations_search.is_begun():
        return
    number = entry.subject_id
    parts = sa.union(
        sa.select(Project.id).where(Project.carrier_id == number),
        sa.select(Partnership.project_id).where(Partnership.organisation_id == number),
        sa.select(Pledge.project_id).where(Pledge.organisation_id == number),
    )
    operations_search.index(Kind.PROJECT, db.session.scalars(parts))


@every_tick
def make_index() -> None:
    """Make the index where it is missing or was folded by older rules: after a migration, after a restore."""
    db.session.rollback()
    if not operations_search.is_whole():
        rebuild()


def rebuild() -> int:
    """Make the whole index, a hundred things in each transaction, so that nobody waits long; return how many."""
    with transaction():
        operations_search.begin()
    number = 0
    for kind, ids in operations_search.batches():
        with transaction():
            number += operations_search.index(kind, ids)
    with transaction():
        operations_search.finish()
    return number
