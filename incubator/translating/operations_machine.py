"""Ask a machine for what is missing in a language, and take what it says as drafts for a person to read."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation import clock, queue
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import after_commit, transaction
from incubator.journal import record
from incubator.translating import queries_machine as queries
from incubator.translating import queries_thing as things
from incubator.translating import rules
from incubator.translating.engine import Engine, Unanswered
from incubator.translating.queries_thing import Piece, Thing
from incubator.wording import operations_drafts as wording
from incubator.wording.models import TranslationDraft

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
FIRST_WAIT = 60  # seconds, then twice as long each time
GIVE_UP_AFTER = 8


def ask(code: str, by: Any) -> int:
    """Ask for a hundred missing passages at most; return how many."""
    if not rules.machine_knows(code):
        raise RuleBroken(_l("Easy language is written by people, not by a machine."))
    found = queries.missing(code, rules.AT_ONCE)
    if not found:
        raise RuleBroken(_l("Nothing is missing in this language."))
    for row in found:
        wording.ask_machine(row.kind, row.owner_id, row.field, code)
    record("machine.asked", by, by, language=code, number=len(found))
    after_commit(lambda: queue.wake("incubator.translating.jobs.fill_some"))
    return len(found)


def fill(engine: Engine, *, limit: int = 10) -> int:
    """Have drafts that are due filled and return how many were; with the first that is not answered the rest waits."""
    filled = 0
    taken = _take(limit)
    for place, (number, tried) in enumerate(taken):
        wanted = _wanted(number)
        if wanted is None:
            _drop(number)
            continue
        thing, piece, language = wanted
        try:
            text = engine.translate(piece.original, piece.written_in, language)
        except Unanswered as fault:
            log.warning("machine: %s", fault)
            _put_off([(number, tried)], counts=True)
            _put_off(taken[place + 1:], counts=False)
            break
        filled += _store(number, thing, piece, text)
    return filled


def _take(limit: int) -> Sequence[tuple[int, int]]:
    """Lease drafts to this process and count the attempt; one that dies meanwhile loses them after five minutes."""
    now = clock.now()
    db.session.rollback()
    with transaction():
        drafts = db.session.scalars(queries.due(now, limit)).all()
        for draft in drafts:
            draft.written_at = now + LEASE
        db.session.flush()
        return [(draft.id, draft.version) for draft in drafts]


def _wanted(number: int) -> tuple[Thing, Piece, str] | None:
    """Return what is to be translated; None where it is not public any more, or somebody wrote it meanwhile."""
    db.session.rollback()
    draft = db.session.get(TranslationDraft, number)
    thing = things.thing(f"{draft.owner_type}-{draft.owner_id}") if draft and not draft.text else None
    if draft is None or thing is None:
        return None
    found = [(thing, each, draft.language) for each in things.pieces(thing, draft.language) if each.name == draft.field]
    db.session.rollback()  # nothing is held while the machine thinks
    return found[0] if found else None


def _store(number: int, thing: Thing, piece: Piece, text: str) -> int:
    """Write down what came; of an original that changed meanwhile it is an older translation, and says so."""
    with transaction():
        hold(thing.row)
        draft = db.session.get(TranslationDraft, number)
        if draft is None or draft.text:
            return 0
        wording.fill(draft, thing.row, text[:piece.field.longest * 2], of=piece.original)
    return 1


def _drop(number: int) -> None:
    with transaction():
        draft = db.session.get(TranslationDraft, number)
        if draft is not None and not draft.text:
            db.session.delete(draft)


def _put_off(taken: Sequence[tuple[int, int]], *, counts: bool) -> None:
    """Try again later, longer each time; in the end people have to write it."""
    with transaction():
        for number, tried in taken:
            draft = db.session.get(TranslationDraft, number)
            if draft is None or draft.text:
                continue
            if counts and tried > 2 * GIVE_UP_AFTER:  # each attempt changes the row twice
                db.session.delete(draft)
            else:
                draft.written_at = clock.now() + queue.wait(tried // 2, FIRST_WAIT)
