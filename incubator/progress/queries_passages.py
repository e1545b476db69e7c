"""What can be found, as it stands in its rows now: which of it is public, and every passage in every language.

The index is made of this and what is shown is checked against it, so nothing is found that a page would not say.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from incubator.dialogue.models import Idea, NeedEvidence, Workshop
from incubator.foundation.database import db
from incubator.milestones.models import Milestone, MilestoneStatus, Update, UpdateState
from incubator.programme.models import District, Round, Theme
from incubator.progress.models import Kind
from incubator.progress.pages_search import Piece
from incubator.progress.queries_cards import is_public
from incubator.progress.queries_dialogue import idea_is_public, is_told
from incubator.progress.queries_partners import Around, around
from incubator.projects.models import Project
from incubator.wording.models import Translation

Told = dict[tuple[str, int, str], list[Piece]]


@dataclass(frozen=True)
class Source:
    """Where things of one kind stand: `fields` are passages, the title first; `names` are in no language."""

    mark: str
    model: Any
    key: Any
    fields: tuple[str, ...]
    names: tuple[str, ...] = ()
    at: Any = None


@dataclass(frozen=True)
class Thing:
    """One thing that is public now. `said` holds its title in every language."""

    id: int
    project_id: int | None
    key: str
    language: str
    said: tuple[Piece, ...]
    pieces: tuple[Piece, ...]
    place: str
    at: datetime | None


SOURCES = {
    Kind.PROJECT: Source("p", Project, Project.slug, ("title", "summary"), ("group_name",)),
    Kind.UPDATE: Source("u", Update, Project.slug, ("title", "text"), at=Update.published_at),
    Kind.WORKSHOP: Source("w", Workshop, Workshop.slug, ("title", "text", "summary"), ("place",), Workshop.starts_at),
    Kind.IDEA: Source("i", Idea, Idea.id, ("title", "text", "reason"), at=Idea.given_at),
    Kind.EVIDENCE: Source("e", NeedEvidence, NeedEvidence.id, ("statement", "indicator"), ("source",)),
}


def public(kind: Kind) -> sa.ColumnElement[bool]:
    """The condition under which a row of this kind may be found; it is the one of the page on which it stands."""
    if kind is Kind.PROJECT:
        return is_public()
    if kind is Kind.UPDATE:
        reached = sa.exists().where(Milestone.id == Update.milestone_id, Milestone.status == MilestoneStatus.ACCEPTED)
        return sa.and_(
            # its row is found by its number: the index on states must not be begun with
            sa.type_coerce(Update.state, sa.String()).concat("") == UpdateState.PUBLISHED.value,
            sa.or_(Update.milestone_id.is_(None), reached),
            sa.exists().where(Project.id == Update.project_id, is_public()).correlate(Update),
        )
    if kind is Kind.IDEA:
        return idea_is_public()
    return is_told(Workshop.round_id) if kind is Kind.WORKSHOP else sa.true()


def things(kind: Kind, ids: Collection[int]) -> dict[int, Thing]:
    """Return those of them that are public now, with two queries, for projects with five."""
    rows = db.session.execute(_rows(kind).where(SOURCES[kind].model.id.in_(list(ids)))).all() if ids else []
    if not rows:
        return {}
    near = around([row.id for row in rows]) if kind is Kind.PROJECT else Around()
    told = _translated({kind.value: [row.id for row in rows]} | near.owners())
    return {row.id: _thing(kind, row, near, told) for row in rows}


def _rows(kind: Kind) -> sa.Select[*tuple[Any, ...]]:
    source = SOURCES[kind]
    model = source.model
    query = sa.select(
        model.id, source.key.label("key"), model.language,
        (source.at if source.at is not None else sa.null()).label("at"),
        *(getattr(model, name) for name in source.fields + source.names),
    ).where(public(kind))
    if kind is Kind.UPDATE:
        return query.add_columns(
            Update.project_id, sa.null().label("district"), sa.null().label("theme"),
        ).join(Project, Project.id == Update.project_id)
    named = query.add_columns(
        (Project.id if kind is Kind.PROJECT else sa.null()).label("project_id"), District.name.label("district"),
    ).outerjoin(District, District.id == model.district_id)
    if kind is Kind.WORKSHOP:
        return named.add_columns(sa.null().label("theme"))
    if kind is Kind.IDEA:  # what became of an idea is said in the office's words
        office = sa.select(Round.language).where(Round.id == Idea.round_id).correlate(Idea).scalar_subquery()
        named = named.add_columns(office.label("office_language"))
    return named.add_columns(Theme.names.label("theme")).outerjoin(Theme, Theme.id == model.theme_id)


def _translated(owners: dict[str, Collection[int]]) -> Told:
    wanted = [
        sa.and_(Translation.owner_type == kind, Translation.owner_id.in_(list(ids)))
        for kind, ids in owners.items() if ids
    ]
    rows = db.session.execute(sa.select(
        Translation.owner_type, Translation.owner_id, Translation.field, Translation.language, Translation.text,
    ).where(sa.or_(*wanted)).order_by(Translation.id))
    told: Told = defaultdict(list)
    for row in rows:
        told[(row.owner_type, row.owner_id, row.field)].append(Piece(row.text, row.language))
    return told


def _thing(kind: Kind, row: Any, near: Around, told: Told) -> Thing:
    names = SOURCES[kind].fields
    said = tuple(_said(kind.value, row, names[0], row.language, told, is_title=True))
    pieces = [*said]
    for name in names[1:]:
        language = row.office_language if name == "reason" else row.language
        pieces += _said(kind.value, row, name, language, told)
    for owner, each, fields in near.of(row.id):
        for name in fields:
            pieces += _said(owner, each, name, each.language, told)
    alone = [*near.names(row.id), row.district, *(getattr(row, name) for name in SOURCES[kind].names)]
    pieces += [Piece(name) for name in alone if name]
    pieces += [Piece(name, language) for language, name in (row.theme or {}).items()]
    return Thing(row.id, row.project_id, str(row.key), row.language, said, tuple(pieces), row.district or "", row.at)


def _said(
    kind: str, row: Any, name: str, language: str, told: Told, *, is_title: bool = False
) -> Iterator[Piece]:
    """Give a passage and its translations as pages choose them: one into its own language says nothing."""
    if text := getattr(row, name):
        yield Piece(text, language, is_title)
    for each in told.get((kind, row.id, name), ()):
        if each.text and each.language != language:
            yield Piece(each.text, each.language, is_title)


def in_language(pieces: Sequence[Piece], reader: str, written_in: str) -> Piece:
    """Choose what a page shows to somebody: the translation into their language, else the original."""
    for language in (reader, written_in):
        for piece in pieces:
            if piece.language == language:
                return piece
    return pieces[0]
