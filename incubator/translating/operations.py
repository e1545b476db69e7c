"""Write, hand in, read, publish: one thing at a time, all its passages in one language."""

from collections.abc import Iterator, Mapping, Sequence

from flask_babel import lazy_gettext as _l

from incubator.accounts.models import Person
from incubator.foundation.database import db, hold, seen
from incubator.foundation.errors import RuleBroken
from incubator.translating import queries, rules
from incubator.translating import queries_thing as things
from incubator.translating.queries_thing import Piece, Thing
from incubator.translating.rules import Standing
from incubator.wording import operations_drafts as wording
from incubator.wording.models import DraftState, Translation, TranslationDraft, Why


def save(thing: Thing, code: str, by: Person, version: int | None, texts: Mapping[str, str]) -> Thing:
    """Keep what is written so far; nothing must be complete."""
    for piece in _held(thing, code, version):
        _keep(thing, code, piece, by, texts.get(piece.name, ""))
    return thing


def hand_in(thing: Thing, code: str, by: Person, version: int | None, texts: Mapping[str, str]) -> Thing:
    """Give what is written to a second reader; what has no words yet stays to be written."""
    for piece in _held(thing, code, version):
        draft = _keep(thing, code, piece, by, texts.get(piece.name, ""), is_final=True)
        if draft is not None and draft.text and draft.state is DraftState.WRITING:
            wording.hand_in(draft, thing.row, by)
    return thing


def publish_own(thing: Thing, code: str, by: Person, version: int | None, texts: Mapping[str, str]) -> Thing:
    """Let everybody read what is written, for somebody who answers for it alone."""
    for piece in _held(thing, code, version):
        draft = _keep(thing, code, piece, by, texts.get(piece.name, ""), is_final=True)
        if draft is not None and draft.text:
            alone = rules.may_alone(by, thing.project)
            wording.publish(draft, thing.row, by, of=piece.original, alone=alone)
    return thing


def review(thing: Thing, code: str, by: Person, version: int | None) -> Thing:
    """Say that what waits is right."""
    for piece, draft in _waiting(thing, code, version):
        wording.review(draft, thing.row, by, of=piece.original)
    return thing


def send_back(thing: Thing, code: str, by: Person, version: int | None) -> Thing:
    """Give what waits back to whoever writes."""
    for _piece, draft in _waiting(thing, code, version):
        wording.send_back(draft, thing.row, by)
    return thing


def publish(thing: Thing, code: str, by: Person, version: int | None) -> Thing:
    """Let everybody read what was found right."""
    _publish_reviewed(thing, code, by, _held(thing, code, version))
    return thing


def publish_all(code: str, by: Person) -> int:
    """Let everybody read all that was found right in a language, a hundred things at most; return how many."""
    found = queries.queue(code, wanted=(Standing.REVIEWED,), size=rules.AT_ONCE).lines
    keys = sorted(found, key=lambda line: (line.kind != "project", line.kind, line.owner_id))  # as others lock them
    number = 0
    for line in keys:
        if thing := things.thing(line.key):
            number += _publish_reviewed(thing, code, by, _held(thing, code, None))
    return number


def withdraw(thing: Thing, code: str, by: Person, version: int | None, why: Why | None = None) -> Thing:
    """Take what everybody reads of a thing back: they read the original again, and somebody has to write it anew."""
    rows = [db.session.get_one(Translation, each.published.id)
            for each in _held(thing, code, version) if each.published is not None]
    if not rows:
        raise RuleBroken(_l("Nobody reads a translation of this now."))
    for row in rows:
        wording.withdraw(row, thing.row, by, why)
    return thing


def _publish_reviewed(thing: Thing, code: str, by: Person, pieces: Sequence[Piece]) -> int:
    chosen = [each for each in pieces if each.standing is Standing.REVIEWED]
    for piece in chosen:
        wording.publish(_draft(piece), thing.row, by, of=piece.original)
    return len(chosen)


def _held(thing: Thing, code: str, version: int | None) -> list[Piece]:
    """Hold the row so that its words stay as they are, and refuse a form that was drawn from others."""
    hold(thing.row)
    pieces = things.pieces(thing, code)
    seen(_Drawn(things.version(pieces)), version, {each.name: each.text for each in pieces})
    return pieces


class _Drawn:
    """Stands for the row a form was drawn from: it has several, so its version is made of all of them."""

    def __init__(self, version: int) -> None:
        self.version = version


def _waiting(thing: Thing, code: str, version: int | None) -> Iterator[tuple[Piece, TranslationDraft]]:
    for piece in _held(thing, code, version):
        if piece.standing is Standing.WAITING:
            yield piece, _draft(piece)


def _draft(piece: Piece) -> TranslationDraft:
    assert piece.draft is not None, "it stands so because of its draft"
    return db.session.get_one(TranslationDraft, piece.draft.id)


def _keep(
    thing: Thing, code: str, piece: Piece, by: Person, text: str, *, is_final: bool = False
) -> TranslationDraft | None:
    """Write one passage down where something is new; `is_final` also says that older words are still right.

    An emptied draft is thrown away. What everybody reads stays until other words are published.
    """
    text = text.strip()
    draft = _draft(piece) if piece.draft else None
    if not text:
        if draft is not None:
            wording.drop(draft, thing.row, by)
        return None
    is_old = piece.draft_is_old if draft else piece.standing is Standing.STALE
    if text == piece.text and not (is_final and is_old):
        return draft
    return wording.save_draft(
        thing.row, piece.name, code, by, text, of=piece.original, origin=rules.origin_of(by, thing.project))
