"""Keep a translation beside its original, and let nothing that was removed live on in another language."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db, fingerprint
from incubator.wording.models import DraftState, Origin, Translation, TranslationDraft

Row = TypeVar("Row", Translation, TranslationDraft)


def translate(
    owner_type: str, owner_id: int, field: str, language: str, text: str, *, of: str, origin: Origin,
    author: str | None = None, reviewer: str | None = None,
) -> Translation:
    """Store or replace the translation of one passage that everybody reads; `of` is what it was made from."""
    found = of_passage(Translation, owner_type, owner_id, field, language)
    if found is None:
        found = Translation(owner_type=owner_type, owner_id=owner_id, field=field, language=language)
        db.session.add(found)
    found.text, found.origin, found.source_hash = text, origin, fingerprint(of)
    found.author, found.reviewer, found.published_at = author, reviewer, clock.now()
    return found


def of_passage(kind: type[Row], owner_type: str, owner_id: int, field: str, language: str) -> Row | None:
    return db.session.scalar(sa.select(kind).where(
        kind.owner_type == owner_type, kind.owner_id == owner_id, kind.field == field, kind.language == language))


def forget(owner_type: str, owner_id: int, fields: Collection[str] | None = None) -> None:
    """Delete the translations of some passages of a row, or of all, and what is only written so far."""
    kind: type[Translation | TranslationDraft]
    for kind in (Translation, TranslationDraft):
        db.session.execute(sa.delete(kind).where(*_these(kind, owner_type, owner_id, fields)))


def _these(
    kind: type[Translation | TranslationDraft], owner_type: str, owner_id: int, fields: Collection[str] | None
) -> list[Any]:
    whole: list[Any] = [kind.owner_type == owner_type, kind.owner_id == owner_id]
    return whole if fields is None else [*whole, kind.field.in_(fields)]


@contextmanager
def reworded(owner_type: str, row: Any, *fields: str, hides: bool = False) -> Iterator[None]:
    """Change a row's passages inside: their translations are shown as older than the original from then on.

    With `hides` nobody reads them any more: they wait as drafts for whoever translates, for what was taken out of the
    original may stand in them. Passages that are empty afterwards, and all where the language changes, lose theirs.
    """
    before = {name: getattr(row, name) for name in fields}
    yield
    changed = [name for name in fields if getattr(row, name) != before[name]]
    if "language" in changed:
        forget(owner_type, row.id, fields)
        return
    if gone := [name for name in changed if not getattr(row, name)]:
        forget(owner_type, row.id, gone)
    if hides and (left := [name for name in changed if name not in gone]):
        _hide(owner_type, row.id, left)


def _hide(owner_type: str, owner_id: int, fields: Collection[str]) -> None:
    for old in db.session.scalars(sa.select(Translation).where(*_these(Translation, owner_type, owner_id, fields))):
        hide(old)
    db.session.flush()


def hide(old: Translation) -> None:
    """Keep a translation as a draft that nobody else reads, unless somebody has written a newer one already."""
    if of_passage(TranslationDraft, old.owner_type, old.owner_id, old.field, old.language) is None:
        db.session.add(TranslationDraft(
            owner_type=old.owner_type, owner_id=old.owner_id, field=old.field, language=old.language, text=old.text,
            origin=old.origin, source_hash=old.source_hash, author=old.author, state=DraftState.WRITING,
            written_at=clock.now(),
        ))
    db.session.delete(old)
