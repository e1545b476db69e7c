"""What mentors say of themselves."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from incubator.foundation.database import db
from incubator.mentoring.models_agreement import MentorProfile


def profile(person_id: int) -> MentorProfile | None:
    return db.session.get(MentorProfile, person_id, options=[selectinload(MentorProfile.themes)])


def profiles(person_ids: Iterable[int]) -> dict[int, MentorProfile]:
    """Return the profiles of those who have written one, by person."""
    rows = db.session.scalars(
        sa.select(MentorProfile).options(selectinload(MentorProfile.themes))
        .where(MentorProfile.person_id.in_(list(person_ids)))
    )
    return {each.person_id: each for each in rows}
