"""The map of the districts, with one query: numbers, sums, and the shapes where the city has brought them in."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from incubator.budgets.models import Award
from incubator.foundation.database import db
from incubator.payments.models import Account
from incubator.programme.models import District, DistrictShape, ShapeSet
from incubator.progress import pages_map, rules_charts_map
from incubator.progress.kept import kept
from incubator.progress.pages_map import Map, Origin
from incubator.progress.queries_cards import PUBLIC_STATUSES
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project


def district_map(by: str) -> Map:
    """Return the map shaded by `projects` or `money`; projects for the whole city are in no district."""
    rows = _rows()
    numbers = [int((row.cents if by == rules_charts_map.MONEY else row.projects) or 0) for row in rows]
    shades = rules_charts_map.shades_of(by, numbers)
    return Map(
        by=by, shades=shades,
        districts=tuple(
            _district(row, rules_charts_map.shade_of(number, shades)) for row, number in zip(rows, numbers, strict=True)
        ),
        origin=_origin(rows),
    )


@kept
def _rows() -> Sequence[Any]:
    kept = sa.func.coalesce(Account.paid_cents, 0) - sa.func.coalesce(Account.returned_cents, 0)
    money = sa.case((Project.status == Status.REVOKED, kept), else_=sa.func.coalesce(Award.amount_cents, 0))
    counted = (
        sa.select(
            Project.district_id, sa.func.count(Project.id).label("projects"), sa.func.sum(money).label("cents")
        )
        .outerjoin(Award, Award.project_id == Project.id).outerjoin(Account, Account.project_id == Project.id)
        .where(Project.status.in_(PUBLIC_STATUSES), Project.district_id.is_not(None))
        .group_by(Project.district_id).subquery()
    )
    return db.session.execute(
        sa.select(
            District.slug, District.name, District.number, District.tile_column, District.tile_row,
            counted.c.projects, counted.c.cents, DistrictShape.path, DistrictShape.label_x, DistrictShape.label_y,
            ShapeSet.source, ShapeSet.licence, ShapeSet.licence_url, ShapeSet.width, ShapeSet.height,
        )
        .outerjoin(counted, counted.c.district_id == District.id)
        .outerjoin(DistrictShape, DistrictShape.district_id == District.id)
        .outerjoin(ShapeSet, sa.true())
        .order_by(District.name)
    ).all()


def _district(row: Any, shade: int) -> pages_map.District:
    return pages_map.District(
        slug=row.slug, name=row.name, number=row.number, projects=row.projects or 0, cents=int(row.cents or 0),
        shade=shade, column=None if row.tile_column is None else row.tile_column + 1,
        row=None if row.tile_row is None else row.tile_row + 1,
        outline=pages_map.Outline(row.path, row.label_x, row.label_y) if row.path else None,
    )


def _origin(rows: Sequence[Any]) -> Origin | None:
    first = next((row for row in rows if row.path and row.source), None)
    if first is None:
        return None
    return Origin(first.source, first.licence, first.licence_url, first.width, first.height)
