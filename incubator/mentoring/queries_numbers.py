"""The talks of a round as counts; nothing that was said, nobody who said it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.mentoring.models import Session, SessionKind
from incubator.mentoring.rules import CLOSING_TOO
from incubator.projects.models import Project


@dataclass(frozen=True)
class Numbers:
    """How many talks of each kind a round has seen, and which of its projects have seen none."""

    by_kind: tuple[tuple[SessionKind, int, int], ...]
    interpreted: int
    silent: Sequence[Any]

    @property
    def talks(self) -> int:
        return sum(number for _kind, number, _minutes in self.by_kind)

    @property
    def minutes(self) -> int:
        return sum(minutes for _kind, _number, minutes in self.by_kind)


def numbers(round_id: int) -> Numbers:
    counted = db.session.execute(
        sa.select(
            Session.kind, sa.func.count(Session.id).label("number"), sa.func.sum(Session.minutes).label("minutes"),
            sa.func.sum(sa.case((Session.had_interpreter, 1), else_=0)).label("interpreted"),
        )
        .join(Project, Project.id == Session.project_id).where(Project.round_id == round_id).group_by(Session.kind)
    ).all()
    found = {row.kind: row for row in counted}
    return Numbers(
        tuple((kind, found[kind].number, int(found[kind].minutes)) for kind in SessionKind if kind in found),
        sum(int(row.interpreted) for row in counted), _silent(round_id),
    )


def _silent(round_id: int) -> Sequence[Any]:
    talked = sa.select(Session.id).where(Session.project_id == Project.id).exists()
    return db.session.execute(
        sa.select(Project.id, Project.title, Project.language)
        .where(Project.round_id == round_id, Project.status.in_(CLOSING_TOO), ~talked).order_by(Project.title)
    ).all()
