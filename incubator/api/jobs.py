"""A letter about each new key, so that none is made behind somebody's back; and tidying."""

from incubator.accounts import queries as accounts
from incubator.api import operations
from incubator.api.models import ApiKey
from incubator.foundation.database import db
from incubator.foundation.jobs import now_and_then
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.letters import operations as letters


@on("key.made")
def tell_of_key(entry: Entry) -> None:
    """Nothing where the key is forgotten already."""
    key = db.session.get(ApiKey, entry.subject_id)
    if key is not None:
        letters.write(accounts.person(key.person_id), "key_made", key=f"{entry.id}:key_made", at=entry.at,
                      name=key.name, until=key.expires_at)


@on("account.password_changed")
def end_keys(entry: Entry) -> None:
    """End the keys there were, where whoever changed the password asked for that."""
    if entry.data.get("ends_keys"):
        operations.end_keys_of(accounts.person(entry.subject_id), entry.at)


@now_and_then
def forget_old() -> None:
    operations.forget_old()
