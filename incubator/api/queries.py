"""Keys, and what was answered to writes with them."""

from collections.abc import Sequence

import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.accounts.queries import token_hash
from incubator.api.models import ApiAnswer, ApiKey
from incubator.api.rules import TOKEN
from incubator.foundation import clock
from incubator.foundation.database import db


def key(key_id: int) -> ApiKey:
    return db.session.get_one(ApiKey, key_id)


def keys(person_id: int) -> Sequence[ApiKey]:
    """Return a person's keys that nobody ended, the newest first; some may be over."""
    return db.session.scalars(
        sa.select(ApiKey).where(ApiKey.person_id == person_id, ApiKey.ended_at.is_(None)).order_by(ApiKey.id.desc())
    ).all()


def key_of(token: str) -> tuple[ApiKey, Person] | None:
    """Return the key that holds and whose it is; None for any other word, and where the account is closed."""
    if not TOKEN.fullmatch(token):
        return None
    found = db.session.execute(
        sa.select(ApiKey, Person).join(Person, Person.id == ApiKey.person_id).where(
            ApiKey.token_hash == token_hash(token), ApiKey.ended_at.is_(None), ApiKey.expires_at > clock.now(),
            Person.is_active, Person.erased_at.is_(None),
        )
    ).one_or_none()
    return (found[0], found[1]) if found else None


def answer(key_id: int, word: str) -> ApiAnswer | None:
    return db.session.scalar(sa.select(ApiAnswer).where(ApiAnswer.api_key_id == key_id, ApiAnswer.key == word))
