"""Every passage that everybody may read and that can be said in one more language, as a table to be counted.

What is public is asked of the same conditions as the pages and the search, so nobody translates what nobody reads.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.dialogue.models import Idea, NeedEvidence, Workshop
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.media.models import Photo
from incubator.milestones.models import Milestone, Update
from incubator.partners.models import Pledge
from incubator.programme.models import Round, RoundFact, RoundState
from incubator.progress.models import Kind
from incubator.progress.queries_cards import is_public
from incubator.progress.queries_dialogue import is_told
from incubator.progress.queries_news import is_seen
from incubator.progress.queries_passages import public
from incubator.progress.queries_project import SHOWN_PLEDGES
from incubator.projects.models import Project
from incubator.questions.models import Message
from incubator.questions.queries_public import of_neighbours


@dataclass(frozen=True)
class Field:
    """One passage of a row: how it is called, how long it may be, and in which column its language stands."""

    name: str
    label: Any
    longest: int
    is_long: bool = True
    language: str = "language"


@dataclass(frozen=True)
class Source:
    """Rows of one kind whose passages can be translated; the first field names the row, or else `name` does."""

    model: Any
    label: Any
    fields: tuple[Field, ...]
    project: str = ""
    name: str = ""

    @property
    def called(self) -> str:
        """The column by which people know a row in a list."""
        return self.name or self.fields[0].name

    @property
    def language(self) -> str:
        """The column in which the language of a row's name stands."""
        return self.fields[0].language

    @property
    def kind(self) -> str:
        return str(self.model.__tablename__)


def _title(longest: int = 160, label: Any = _l("Title")) -> Field:
    return Field("title", label, longest, is_long=False)


# those that most people see come first
SOURCES: Mapping[str, Source] = {source.kind: source for source in (
    Source(Project, _l("Project"), (_title(), Field("summary", _l("What is it about?"), 1500)), "id"),
    Source(Round, _l("Round"), (Field("summary", _l("What the round is about"), 2000),), name="name"),
    Source(Milestone, _l("Milestone"), (_title(), Field("description", _l("More about it"), 2000)), "project_id"),
    Source(Update, _l("News"), (_title(label=_l("Headline")), Field("text", _l("What is new?"), 5000)), "project_id"),
    Source(Photo, _l("Photo"), (
        Field("alt", _l("What does the photo show?"), 300, is_long=False, language="alt_language"),), "project_id"),
    Source(Workshop, _l("Workshop"), (
        _title(), Field("text", _l("What happens there, and for whom is it?"), 3000),
        Field("summary", _l("What came out?"), 4000))),
    Source(Message, _l("Question"), (
        Field("public_text", _l("Question"), 4000),
        Field("answer", _l("Answer"), 4000, language="answer_language")), "project_id"),
    Source(Pledge, _l("Pledge"), (Field("description", _l("Help that was promised"), 500, is_long=False),),
           "project_id"),
    Source(Idea, _l("Idea"), (
        _title(120, _l("The idea in a few words")), Field("text", _l("What is it about?"), 3000),
        Field("reason", _l("What became of it, and why"), 1000, language="round"))),
    Source(RoundFact, _l("Fact of a round"), (Field("text", _l("What is known"), 1000),)),
    Source(NeedEvidence, _l("Need"), (
        Field("statement", _l("What is needed, or missing?"), 200, is_long=False),
        Field("indicator", _l("Who was asked?"), 200, is_long=False))),
)}
RANKS = {kind: place for place, kind in enumerate(SOURCES)}
ROOM = 2  # so much longer than its original a translation may be


def is_open(kind: str) -> sa.ColumnElement[bool]:
    """The condition under which everybody may read rows of this kind."""
    if kind == "photo":
        return is_seen(clock.today())
    of_project = sa.exists().where(is_public())
    if kind in (Kind.PROJECT, Kind.UPDATE, Kind.WORKSHOP, Kind.IDEA, Kind.EVIDENCE):
        return public(Kind(kind))
    if kind == "milestone":
        return of_project.where(Project.id == Milestone.project_id).correlate(Milestone)
    if kind == "message":
        return sa.and_(Message.is_public, of_project.where(Project.id == Message.project_id).correlate(Message))
    if kind == "pledge":
        return sa.and_(
            Pledge.state.in_(SHOWN_PLEDGES), Pledge.id.not_in(of_neighbours()),
            of_project.where(Project.id == Pledge.project_id).correlate(Pledge))
    return is_told(RoundFact.round_id) if kind == "round_fact" else Round.state != RoundState.DRAFT


def language_of(source: Source, field: Field) -> Any:
    """The column in which a passage's language stands; what the office says of an idea is in its round's."""
    if field.language == "round":
        return sa.select(Round.language).where(Round.id == source.model.round_id).correlate(
            source.model).scalar_subquery()
    return getattr(source.model, field.language)


def passages(project_id: int | None = None) -> sa.Subquery:
    """Select all passages that have words: rank, kind, owner_id, field, language, project_id, text."""
    parts = [
        _select(source, field, project_id)
        for source in SOURCES.values() if project_id is None or source.project for field in source.fields
    ]
    return sa.union_all(*parts).subquery("passage")


def _select(source: Source, field: Field, project_id: int | None) -> sa.Select[*tuple[Any, ...]]:
    model = source.model
    text, project = getattr(model, field.name), getattr(model, source.project) if source.project else sa.null()
    chosen = sa.select(
        sa.literal(RANKS[source.kind], sa.Integer).label("rank"), sa.literal(source.kind, sa.String).label("kind"),
        model.id.label("owner_id"), sa.literal(field.name, sa.String).label("field"),
        language_of(source, field).label("language"), sa.cast(project, sa.Integer).label("project_id"),
        text.label("text"),
    ).where(is_open(source.kind), text != "")
    return chosen if project_id is None else chosen.where(project == project_id)


def open_row(kind: str, owner_id: int) -> Any:
    """Return a row that everybody may read, None where there is none."""
    source = SOURCES.get(kind)
    if source is None:
        return None
    return db.session.scalar(sa.select(source.model).where(source.model.id == owner_id, is_open(kind)))
