"""Passages in the language somebody reads best, where there are any words in it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from incubator.foundation import language as languages
from incubator.foundation.database import fingerprint
from incubator.foundation.standing import Select, standing
from incubator.wording.models import Origin, Translation


@dataclass(frozen=True)
class Passage:
    """A text with the language it is in; `is_stale` says that the original has changed since it was translated."""

    text: str
    language: str
    is_translation: bool = False
    origin: Origin | None = None
    is_stale: bool = False

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Translated:
    """What was put into another language, and the mark of what it was made from."""

    text: str
    origin: Origin
    source_hash: str


@dataclass(frozen=True)
class Words:
    """Passages for one reader: `read` are their languages, the dearest first."""

    read: tuple[str, ...]
    found: dict[tuple[str, int, str, str], Translated] = field(default_factory=dict)

    @property
    def language(self) -> str:
        return self.read[0]

    def of(self, kind: str, row_id: int, name: str, original: str, written_in: str) -> Passage:
        """Choose the first language they read in which there are words, else the original in its own."""
        for language in self.read:
            if language == written_in:
                break
            if (one := self.found.get((kind, row_id, name, language))) and one.text:
                stale = one.source_hash != fingerprint(original)
                return Passage(one.text, language, is_translation=True, origin=one.origin, is_stale=stale)
        return Passage(original, written_in)


@standing
def _translations(read: Collection[str], **owners: Collection[int]) -> Select:
    """Return what was translated for the ids of each kind of owner."""
    of_them = [
        sa.and_(Translation.owner_type == kind, Translation.owner_id.in_(ids)) for kind, ids in owners.items()
    ]
    return sa.select(
        Translation.owner_type, Translation.owner_id, Translation.field, Translation.language, Translation.text,
        Translation.origin, Translation.source_hash,
    ).where(Translation.language.in_(read), sa.or_(*of_them))


def words(language: str, wanted: Mapping[str, Collection[int]]) -> Words:
    """Look up what was translated, with one query; `wanted` maps kinds of owners to their ids."""
    return words_of_all([language], wanted)[language]


def words_of_all(codes: Collection[str], wanted: Mapping[str, Collection[int]]) -> dict[str, Words]:
    """Look up what was translated for readers of several languages, with one query for all of them."""
    reads = {code: languages.reading(code) for code in codes}
    owners = {kind: list(ids) for kind, ids in sorted(wanted.items()) if ids}
    every = tuple(dict.fromkeys(each for read in reads.values() for each in read))
    rows = _translations(every, **owners) if owners else ()
    found = {
        (row.owner_type, row.owner_id, row.field, row.language): Translated(row.text, row.origin, row.source_hash)
        for row in rows
    }
    return {code: Words(read, found) for code, read in reads.items()}
