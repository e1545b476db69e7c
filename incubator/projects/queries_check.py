"""What the office found when it looked at a proposal."""

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.projects import rules_check as rules
from incubator.projects.models import Project
from incubator.projects.models_proposal import CheckMark


def marks(project_id: int) -> dict[str, CheckMark]:
    rows = db.session.scalars(sa.select(CheckMark).where(CheckMark.project_id == project_id))
    return {row.point: row for row in rows}


def points(project: Project) -> list[rules.Point]:
    """Return the round's points with what was found; a round without points asks the database nothing."""
    texts = project.round.check_points
    return rules.points(texts, marks(project.id).values()) if texts else []
