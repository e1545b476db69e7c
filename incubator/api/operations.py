"""Make and end keys, note their use, and keep what was answered to them for a day."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.accounts.queries import token_hash
from incubator.api import queries, rules
from incubator.api.models import ApiAnswer, ApiKey
from incubator.foundation import clock
from incubator.foundation.database import db, hold, insert
from incubator.journal import record
from incubator.journal.models import Entry


def make_key(person: Person, token: str, *, name: str, scopes: Sequence[rules.Scope], days: int) -> ApiKey:
    """Keep the hash of a new key; the key itself is known to its owner alone."""
    hold(person)
    now = clock.now()
    standing = [each for each in queries.keys(person.id) if rules.holds(each, now)]
    rules.demand_key(scopes, days, len(standing))
    key = ApiKey(
        person_id=person.id, name=name, start=token[:rules.SHOWN], token_hash=token_hash(token),
        scopes=sorted(scope.value for scope in scopes), made_at=now, expires_at=now + timedelta(days=days),
    )
    db.session.add(key)
    record("key.made", person, key, scopes=key.scopes, until=key.expires_at.date())
    return key


def end_key(key: ApiKey, person: Person) -> None:
    hold(key)
    if key.ended_at is None:
        key.ended_at = clock.now()
        record("key.ended", person, key)


def end_keys_of(person: Person, made_until: datetime) -> None:
    for key in queries.keys(person.id):
        if key.made_at <= made_until:
            end_key(key, person)


def note_use(key: ApiKey) -> None:
    """Write down that a key is in use; once a minute at most, so that reading does not become writing."""
    now = clock.now()
    db.session.execute(sa.update(ApiKey).where(
        ApiKey.id == key.id, sa.or_(ApiKey.used_at.is_(None), ApiKey.used_at <= now - rules.NOTED_EVERY)
    ).values(used_at=now))


def note_origin(key: ApiKey, person: Person) -> None:
    """Say in the book that what this person has just done came by a key: the entry before this one names the act."""
    newest = db.session.scalar(sa.select(sa.func.max(Entry.id)))
    record("key.used", person, key, entry=newest)


def begin_answer(key: ApiKey, word: str, request_hash: str) -> ApiAnswer | None:
    """Claim a word for a write, in a transaction of its own; return what stands there already, None where it is ours.

    A first try that was killed is taken over after a while.
    """
    now = clock.now()
    is_ours = db.session.scalar(insert(ApiAnswer).values(
        api_key_id=key.id, key=word, request_hash=request_hash, headers={}, body="", asked_at=now,
    ).on_conflict_do_nothing(index_elements=["api_key_id", "key"]).returning(ApiAnswer.id))
    if is_ours:
        return None
    there: Any = queries.answer(key.id, word)
    hold(there)
    is_over = there.asked_at <= now - (rules.GIVES_UP_AFTER if there.status is None else rules.ANSWERS_KEPT)
    if not is_over:
        return cast(ApiAnswer, there)
    there.request_hash, there.status, there.headers, there.body, there.asked_at = request_hash, None, {}, "", now
    return None


def keep_answer(key: ApiKey, word: str, status: int, headers: dict[str, str], body: str) -> None:
    """Keep what is answered, in the transaction that did it: either both are there or neither."""
    found: Any = queries.answer(key.id, word)
    found.status, found.headers, found.body = status, headers, body


def drop_answer(key_id: int, word: str) -> None:
    """Give the word back after a try that changed nothing."""
    db.session.execute(sa.delete(ApiAnswer).where(
        ApiAnswer.api_key_id == key_id, ApiAnswer.key == word, ApiAnswer.status.is_(None)))


def forget_old() -> None:
    """Delete answers after a day, keys a day after they were ended, and those that are long over."""
    now = clock.now()
    db.session.execute(sa.delete(ApiAnswer).where(ApiAnswer.asked_at < now - rules.ANSWERS_KEPT))
    gone = sa.or_(ApiKey.ended_at < now - rules.ANSWERS_KEPT, ApiKey.expires_at < now - rules.EXPIRED_SHOWN)
    used = sa.select(ApiKey.id).where(gone)
    db.session.execute(sa.delete(ApiAnswer).where(ApiAnswer.api_key_id.in_(used)))
    db.session.execute(sa.delete(ApiKey).where(gone))
