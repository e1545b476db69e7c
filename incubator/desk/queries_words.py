"""Translations that wait for somebody: to be written on, to be read as the second, to be published."""

from typing import Any

import sqlalchemy as sa

from incubator.desk.facts_words import WordsFact
from incubator.desk.waiting import Rows, waits
from incubator.wording.models import DraftState, TranslationDraft


def asked(author: str, *, is_coordinator: bool) -> sa.Select[*tuple[Any, ...]]:
    """Ask how many there are; there are never more rows than languages times states."""
    own = TranslationDraft.author == author
    wanted = [
        sa.and_(TranslationDraft.state == DraftState.WRITING, own, TranslationDraft.text != ""),
        sa.and_(TranslationDraft.state == DraftState.READY, sa.or_(TranslationDraft.author.is_(None), ~own)),
    ]
    if is_coordinator:
        wanted.append(TranslationDraft.state == DraftState.REVIEWED)
    return waits(
        "words", language=TranslationDraft.language, state=TranslationDraft.state,
        number=sa.func.count(TranslationDraft.id),
    ).where(sa.or_(*wanted)).group_by(TranslationDraft.language, TranslationDraft.state)


def words(found: Rows) -> tuple[WordsFact, ...]:
    rows = sorted(found["words"], key=lambda row: row.language)
    return tuple(WordsFact(row.language, row.state, row.number) for row in rows)
