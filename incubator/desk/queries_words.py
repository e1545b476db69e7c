"""Translations that wait for somebody: to be written on, to be read as the second, to be published."""

import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.desk.facts_words import WordsFact
from incubator.foundation.database import db
from incubator.wording.models import DraftState, TranslationDraft


def words(person: Person, *, is_coordinator: bool) -> tuple[WordsFact, ...]:
    """Count with one query; there are never more rows than languages times states."""
    own = TranslationDraft.author == person.public_id
    wanted = [
        sa.and_(TranslationDraft.state == DraftState.WRITING, own, TranslationDraft.text != ""),
        sa.and_(TranslationDraft.state == DraftState.READY, sa.or_(TranslationDraft.author.is_(None), ~own)),
    ]
    if is_coordinator:
        wanted.append(TranslationDraft.state == DraftState.REVIEWED)
    rows = db.session.execute(
        sa.select(TranslationDraft.language, TranslationDraft.state, sa.func.count(TranslationDraft.id).label("number"))
        .where(sa.or_(*wanted)).group_by(TranslationDraft.language, TranslationDraft.state)
        .order_by(TranslationDraft.language)
    )
    return tuple(WordsFact(row.language, row.state.value, row.number) for row in rows)
