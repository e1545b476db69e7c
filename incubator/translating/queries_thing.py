"""One thing in one language: each of its passages, what there is of it, and what others can see of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from incubator.foundation.database import db, fingerprint
from incubator.projects.models import Project
from incubator.translating import rules
from incubator.translating.queries_sources import SOURCES, Field, Source, open_row
from incubator.translating.rules import Standing, Words
from incubator.wording.models import DraftState, Translation, TranslationDraft


@dataclass(frozen=True)
class Thing:
    """A row that everybody may read; `project` is the one it belongs to, where it belongs to one."""

    kind: str
    row: Any

    @property
    def id(self) -> int:
        return int(self.row.id)

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.id}"

    @property
    def source(self) -> Source:
        return SOURCES[self.kind]

    @property
    def project(self) -> Any:
        number = getattr(self.row, self.source.project) if self.source.project else None
        return db.session.get(Project, number) if number is not None else None

    @property
    def title(self) -> str:
        return str(getattr(self.row, self.source.called))

    @property
    def language(self) -> str:
        return str(getattr(self.row, self.source.language))

    def original(self, field: Field) -> tuple[str, str]:
        """Return a passage and its language."""
        language = self.row.round.language if field.language == "round" else getattr(self.row, field.language)
        return str(getattr(self.row, field.name)), str(language)


@dataclass(frozen=True)
class Piece:
    """One passage of a thing and what there is of it in one language."""

    field: Field
    original: str
    written_in: str
    standing: Standing
    published: Words | None
    draft: Words | None

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def mark(self) -> str:
        return fingerprint(self.original)

    @property
    def text(self) -> str:
        """What stands in the form: the draft, else what everybody reads."""
        words = self.draft or self.published
        return words.text if words else ""

    @property
    def draft_is_old(self) -> bool:
        return self.draft is not None and bool(self.draft.text) and self.draft.made_from != self.mark

    @property
    def old_mark(self) -> str:
        """The mark of the words it was made from where these are not those of today; nothing where it is up to date.

        A draft of today's words counts only once it is published: until then one may want to see what changed.
        """
        if self.draft is not None and self.draft_is_old:
            return self.draft.made_from
        return self.published.made_from if self.published and self.standing is Standing.STALE else ""

    @property
    def state(self) -> DraftState | None:
        return self.draft.state if self.draft else None


def thing(key: str) -> Thing | None:
    """Return a thing by its kind and number, as `project-12`; None where everybody may not read it."""
    kind, _dash, number = key.rpartition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    row = open_row(kind, int(number))
    return None if row is None else Thing(kind, row)


def pieces(thing: Thing, language: str) -> list[Piece]:
    """Return the passages of a thing that have words and are in another language, with two queries."""
    published, drafts = _of(Translation, thing, language), _of(TranslationDraft, thing, language)
    found = []
    for field in thing.source.fields:
        original, written_in = thing.original(field)
        if not original or written_in == language:
            continue
        here, there = published.get(field.name), drafts.get(field.name)
        found.append(Piece(
            field, original, written_in, rules.standing(fingerprint(original), here, there), here, there))
    return found


def version(pieces: Sequence[Piece]) -> int:
    """Return the number of what a form of these passages is drawn from."""
    return rules.version_of(
        f"{each.name} {each.mark} {each.published and (each.published.id, each.published.text)} "
        f"{each.draft and (each.draft.id, each.draft.version)}" for each in pieces)


def _of(kind: Any, thing: Thing, language: str) -> dict[str, Words]:
    rows = db.session.scalars(sa.select(kind).where(
        kind.owner_type == thing.kind, kind.owner_id == thing.id, kind.language == language))
    return {
        row.field: Words(row.text, row.source_hash, row.origin, row.author, getattr(row, "state", None), row.id,
                         getattr(row, "version", 0))
        for row in rows
    }
