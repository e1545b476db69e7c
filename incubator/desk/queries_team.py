"""What waits in the projects of one person, and the requests to be a mentor."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator.desk.facts import AssignmentFact, NewsFact
from incubator.desk.waiting import Rows, waits
from incubator.media.models import Photo
from incubator.mentoring.models import Assignment, AssignmentState
from incubator.milestones.models import Update, UpdateState
from incubator.privacy.queries_photos import MANY as MANY_PHOTOS
from incubator.privacy.queries_photos import Ending, ends
from incubator.projects.models import Project

MANY = 20  # of what waits in the whole city; who has done some of it sees the next


def asked(
    person_id: int, ids: Sequence[int], led: Sequence[int], today: date, warned: date, *, everyones: bool
) -> Iterator[sa.Select[*tuple[Any, ...]]]:
    """Ask for news of one's own projects that was returned, and for the coordination what waits to be read."""
    yield _news().where(Update.state == UpdateState.RETURNED, Update.project_id.in_(ids))
    if everyones:
        proposed = sa.select(Update.id).where(Update.state == UpdateState.PROPOSED).order_by(Update.id).limit(MANY)
        yield _news().where(Update.id.in_(sa.select(proposed.subquery().c.id)))
    yield waits("assignment", id=Assignment.id, title=Project.title, language=Project.language).join(
        Project, Project.id == Assignment.project_id,
    ).where(Assignment.person_id == person_id, Assignment.state == AssignmentState.PROPOSED)
    yield waits(
        "photo", id=Photo.id, name=Photo.key, title=Photo.alt, language=Photo.alt_language, day=Photo.consent_until,
        project_id=Project.id, project_title=Project.title,
    ).join(Project, Project.id == Photo.project_id).where(
        ends(today, warned), Photo.project_id.in_(led)).order_by(Photo.consent_until, Photo.id).limit(MANY_PHOTOS)


def _news() -> sa.Select[*tuple[Any, ...]]:
    return waits(
        "news", id=Update.id, project_id=Update.project_id, title=Update.title, language=Update.language,
        state=Update.state, name=Update.review_note, person_id=Update.written_by_id, project_title=Project.title,
    ).join(Project, Project.id == Update.project_id)


def news(found: Rows) -> tuple[NewsFact, ...]:
    return tuple(
        NewsFact(row.id, row.project_id, row.title, row.language, row.state == UpdateState.RETURNED, row.name,
                 row.person_id, row.project_title)
        for row in found["news"])


def assignments(found: Rows) -> tuple[AssignmentFact, ...]:
    return tuple(AssignmentFact(row.id, row.title, row.language) for row in found["assignment"])


def consents(found: Rows) -> tuple[Ending, ...]:
    return tuple(
        Ending(row.id, row.name, row.title, row.language, row.day, row.project_id, row.project_title)
        for row in sorted(found["photo"], key=lambda row: (row.day, row.id)))
