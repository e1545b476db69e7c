"""What stands around a project on its page: its milestones, who carries it, who helps with what."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.milestones.models import Milestone
from incubator.organisations.models import Organisation
from incubator.partners.models import Partnership, Pledge
from incubator.progress.queries_project import SHOWN_PLEDGES
from incubator.projects.models import Project
from incubator.questions.queries_public import of_neighbours

MILESTONE_FIELDS, PLEDGE_FIELDS = ("title", "description"), ("description",)


@dataclass
class Around:
    """Rows and names by the project they belong to."""

    milestones: dict[int, list[Any]] = field(default_factory=dict)
    pledges: dict[int, list[Any]] = field(default_factory=dict)
    organisations: dict[int, list[str]] = field(default_factory=dict)

    def of(self, project_id: int) -> Iterator[tuple[str, Any, tuple[str, ...]]]:
        """Give (kind of owner, row, its passages)."""
        for row in self.milestones.get(project_id, ()):
            yield "milestone", row, MILESTONE_FIELDS
        for row in self.pledges.get(project_id, ()):
            yield "pledge", row, PLEDGE_FIELDS

    def names(self, project_id: int) -> Sequence[str]:
        return self.organisations.get(project_id, ())

    def owners(self) -> dict[str, Collection[int]]:
        return {
            "milestone": [row.id for rows in self.milestones.values() for row in rows],
            "pledge": [row.id for rows in self.pledges.values() for row in rows],
        }


def around(project_ids: Collection[int]) -> Around:
    """Look up what stands around some projects, with three queries."""
    ids = list(project_ids)
    return Around(
        _by_project(sa.select(
            Milestone.project_id, Milestone.id, Milestone.language, Milestone.title, Milestone.description,
        ).where(Milestone.project_id.in_(ids)).order_by(Milestone.due_on, Milestone.id)),
        _by_project(sa.select(
            Pledge.project_id, Pledge.id, Pledge.language, Pledge.description
        ).where(
            Pledge.project_id.in_(ids), Pledge.state.in_(SHOWN_PLEDGES), Pledge.id.not_in(of_neighbours())
        ).order_by(Pledge.id)),
        _organisations(ids),
    )


def _by_project(query: sa.Select[*tuple[Any, ...]]) -> dict[int, list[Any]]:
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(query):
        rows[row.project_id].append(row)
    return rows


def _organisations(ids: list[int]) -> dict[int, list[str]]:
    """Name carriers, partners of today, and whoever made a pledge that is shown."""
    parts = sa.union(
        sa.select(Project.id.label("project_id"), Project.carrier_id.label("organisation_id"))
        .where(Project.id.in_(ids)),
        sa.select(Partnership.project_id, Partnership.organisation_id)
        .where(Partnership.project_id.in_(ids), Partnership.until.is_(None)),
        sa.select(Pledge.project_id, Pledge.organisation_id)
        .where(Pledge.project_id.in_(ids), Pledge.state.in_(SHOWN_PLEDGES), Pledge.id.not_in(of_neighbours())),
    ).subquery()
    rows = db.session.execute(
        sa.select(parts.c.project_id, Organisation.name)
        .join(Organisation, Organisation.id == parts.c.organisation_id).order_by(Organisation.name)
    )
    named: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        named[row.project_id].append(row.name)
    return named
