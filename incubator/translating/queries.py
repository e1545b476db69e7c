"""How far each language is, and what is to be done in one of them; the number of queries never grows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from incubator.foundation.database import Fingerprint, db
from incubator.foundation.language import LANGUAGES, Language
from incubator.translating import rules
from incubator.translating.queries_sources import SOURCES, passages
from incubator.translating.rules import TO_WRITE, Standing
from incubator.wording.models import DraftState, Translation, TranslationDraft

ON_A_PAGE = 30


@dataclass(frozen=True)
class Progress:
    """How many passages one language has of how many, and what waits in it."""

    language: Language
    total: int
    numbers: dict[Standing, int]

    @property
    def done(self) -> int:
        return self.numbers.get(Standing.DONE, 0)

    @property
    def percent(self) -> int:
        return rules.share(self.done, self.total)

    def __getitem__(self, name: str) -> int:
        return self.numbers.get(Standing(name), 0)


@dataclass(frozen=True)
class Line:
    """One thing in the queue of a language."""

    kind: str
    owner_id: int
    title: str
    language: str
    numbers: dict[Standing, int]
    place: str

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.owner_id}"

    @property
    def label(self) -> Any:
        return SOURCES[self.kind].label


@dataclass(frozen=True)
class Queue:
    lines: tuple[Line, ...]
    after: str | None


def _matches(kind: Any, place: sa.Subquery, language: Any) -> sa.ColumnElement[bool]:
    return sa.and_(
        kind.owner_type == place.c.kind, kind.owner_id == place.c.owner_id, kind.field == place.c.field,
        kind.language == language)


def _standing(place: sa.Subquery) -> sa.Case[str]:
    """Say in SQL what `rules.standing` says."""
    now = Fingerprint(place.c.text)
    current = TranslationDraft.source_hash == now
    return sa.case(
        (sa.and_(TranslationDraft.state == DraftState.READY, current), Standing.WAITING.value),
        (sa.and_(TranslationDraft.state == DraftState.REVIEWED, current), Standing.REVIEWED.value),
        (Translation.id.is_(None), Standing.MISSING.value),
        (Translation.source_hash == now, Standing.DONE.value),
        else_=Standing.STALE.value,
    )


def _stood(language: str, project_id: int | None) -> sa.Subquery:
    """Select every passage that is not in this language itself, with where it stands."""
    place = passages(project_id)
    return (
        sa.select(place.c.rank, place.c.kind, place.c.owner_id, place.c.field, place.c.project_id, place.c.language,
                  _standing(place).label("standing"))
        .outerjoin(Translation, _matches(Translation, place, language))
        .outerjoin(TranslationDraft, _matches(TranslationDraft, place, language))
        .where(place.c.language != language)
        .subquery("stood")
    )


def progress(project_id: int | None = None) -> list[Progress]:
    """Return how far each language is, with two queries; nothing is said of what is written in it from the start."""
    place = passages(project_id)
    own: dict[str, int] = dict(db.session.execute(
        sa.select(place.c.language, sa.func.count()).group_by(place.c.language)).all())
    numbers: dict[str, dict[Standing, int]] = defaultdict(dict)
    for code, name, number in db.session.execute(_counted(project_id)):
        numbers[code][Standing(name)] = number
    total = sum(own.values())
    found = []
    for language in LANGUAGES:
        wanted, known = total - own.get(language.code, 0), numbers[language.code]
        known[Standing.MISSING] = wanted - sum(each for name, each in known.items() if name is not Standing.MISSING)
        found.append(Progress(language, wanted, known))
    return found


def _counted(project_id: int | None) -> sa.Select[*tuple[Any, ...]]:
    """Count what there is, by language and standing: published and drafted passages only, not all ten times over."""
    place = passages(project_id)
    said = sa.union(*(
        sa.select(kind.owner_type, kind.owner_id, kind.field, kind.language) for kind in (Translation, TranslationDraft)
    )).subquery("said")
    return (
        sa.select(said.c.language, _standing(place).label("standing"), sa.func.count())
        .select_from(said)
        .join(place, sa.and_(place.c.kind == said.c.owner_type, place.c.owner_id == said.c.owner_id,
                             place.c.field == said.c.field, place.c.language != said.c.language))
        .outerjoin(Translation, _matches(Translation, place, said.c.language))
        .outerjoin(TranslationDraft, _matches(TranslationDraft, place, said.c.language))
        .group_by(said.c.language, "standing")
    )


def queue(
    language: str, *, wanted: Sequence[Standing] = TO_WRITE, kind: str = "", project_id: int | None = None,
    after: str | None = None, size: int = ON_A_PAGE,
) -> Queue:
    """Return things with passages that stand so: changed ones first, then what most people see, the newest first."""
    stood = _stood(language, project_id)
    numbers = {each: sa.func.sum(sa.case((stood.c.standing == each.value, 1), else_=0)) for each in Standing}
    turn = sa.case((numbers[Standing.STALE] > 0, 0), else_=1)
    query = (
        sa.select(stood.c.rank, stood.c.kind, stood.c.owner_id, turn.label("turn"),
                  *(column.label(each.value) for each, column in numbers.items()))
        .group_by(stood.c.rank, stood.c.kind, stood.c.owner_id)
        .having(sa.or_(*(numbers[each] > 0 for each in wanted)))
        .order_by("turn", stood.c.rank, stood.c.owner_id.desc()).limit(size + 1)
    )
    if kind:
        query = query.where(stood.c.kind == kind)
    if place := _place(after):
        query = query.having(_behind(place, turn, stood))
    rows = db.session.execute(query).all()
    lines = _lines(rows[:size])
    return Queue(lines, lines[-1].place if len(rows) > size else None)


def _behind(place: tuple[int, int, int], turn: Any, stood: sa.Subquery) -> sa.ColumnElement[bool]:
    same_turn = sa.and_(turn == place[0], sa.or_(
        stood.c.rank > place[1], sa.and_(stood.c.rank == place[1], stood.c.owner_id < place[2])))
    return sa.or_(turn > place[0], same_turn)


def _place(after: str | None) -> tuple[int, int, int] | None:
    """Read the key of a page: three plain numbers; anything else is the beginning."""
    parts = (after or "").split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        return None
    turn, rank, owner_id = map(int, parts)
    return turn, rank, owner_id


def _lines(rows: Sequence[Any]) -> tuple[Line, ...]:
    named = titles([(row.kind, row.owner_id) for row in rows])
    return tuple(
        Line(row.kind, row.owner_id, *named.get((row.kind, row.owner_id), ("", "")),
             {each: getattr(row, each.value) for each in Standing}, f"{row.turn}.{row.rank}.{row.owner_id}")
        for row in rows
    )


def titles(keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], tuple[str, str]]:
    """Return first words and language of some things, with one query for each kind among them."""
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, owner_id in keys:
        ids[kind].append(owner_id)
    found = {}
    for kind, some in ids.items():
        source = SOURCES[kind]
        model: Any = source.model
        first, language = getattr(model, source.called), getattr(model, source.language)
        for row in db.session.execute(sa.select(model.id, first.label("first"), language.label("language"))
                                      .where(model.id.in_(some))):
            found[(kind, row.id)] = (row.first[:160], row.language)
    return found
