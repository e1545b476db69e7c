"""Messages from elsewhere: taken at the door without work, looked at by the worker one after the other.

A message counts once, and only with the signature of the very actor it speaks of, on one machine. What cannot be
checked now because a server is away waits; what does not hold is dropped without a word.
"""

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from incubator.fediverse import neighbours, queries, rules, verifying
from incubator.fediverse.models import Actor, Arrived, RemoteKey, SeenActivity
from incubator.fediverse.neighbours import Gone, Somebody
from incubator.fediverse.operations_heard import carry_out
from incubator.fediverse.said import Site
from incubator.fediverse.verifying import Came, Signed, Unsigned
from incubator.foundation import clock, queue
from incubator.foundation.database import db, insert
from incubator.foundation.fetching import Refused, Unreachable
from incubator.foundation.transaction import after_commit, transaction

log = logging.getLogger(__name__)


def arrive(url: str, headers: Mapping[str, str], body: bytes, actor: Actor | None) -> None:
    """Keep a message until the worker has looked at it."""
    db.session.add(Arrived(
        actor_id=actor.id if actor else None, url=url, headers=verifying.covered(headers), body=body,
        due_at=clock.now(), came_at=clock.real_now()))
    after_commit(lambda: queue.wake("incubator.fediverse.jobs.look"))


@dataclass
class Looking:
    """One look at what has arrived; a server that is away is not asked again in the same one."""

    site: Site
    away: set[str] = field(default_factory=set)

    def look(self, limit: int) -> int:
        """Look at the messages that are due and return how many there were."""
        due = sa.select(Arrived).where(Arrived.due_at <= clock.now()).order_by(Arrived.due_at, Arrived.id).limit(limit)
        rows = [(each.id, Came("POST", each.url, dict(each.headers), bytes(each.body), each.came_at))
                for each in db.session.scalars(due)]
        db.session.rollback()
        for number, came in rows:
            try:
                self.one(number, came)
            except Exception:  # a fault of ours with one message must not hold up all that came after it
                log.exception("message %s from elsewhere", number)
                db.session.rollback()
                self.postpone(number)
        return len(rows)

    def one(self, number: int, came: Came) -> None:
        activity = rules.read(came.body) or {}
        try:
            if not rules.is_worth_a_look(activity, self.site.base):
                raise Unsigned("nothing for us")
            self.settle(number, came, activity, self.checked(came, activity))
        except Unreachable:
            self.postpone(number)
        except (Unsigned, Refused, Gone) as fault:
            log.info("a message was dropped: %s", fault)
            self.drop(number)

    def checked(self, came: Came, activity: dict[str, Any]) -> Somebody | None:
        """Return who speaks, None where nothing but their signature is needed; raise where it does not hold."""
        signed, speaker = verifying.parse(came), rules.id_of(activity.get("actor"))
        host = rules.host_of(speaker)
        name = activity.get("id", "")
        if rules.host_of(signed.key_id) != host or (name and rules.host_of(rules.id_of(name)) != host):
            raise Unsigned("somebody else's")
        if queries.is_blocked(host):
            raise Unsigned("blocked")
        try:
            if host in self.away:
                raise Unreachable("away")
            try:
                who = self.key_fits(signed, speaker)
            except Gone:  # a key that nobody can fetch any more: the server itself must say that they are gone
                if not rules.is_own_end(activity):
                    raise
                self.demand_gone(speaker)
                return None
            if activity["type"] in ("Follow", "Update") and who is None:
                who = neighbours.somebody(speaker, self.site)
        except Unreachable:
            self.away.add(host)
            raise
        return who

    def key_fits(self, signed: Signed, speaker: str) -> Somebody | None:
        """Check with the key we know; where that does not fit, or is none, ask for it once."""
        known = queries.key(signed.key_id)
        if known is not None and known.owner == speaker:
            try:
                verifying.check(signed, known.public_key)
                return None
            except Unsigned:
                db.session.rollback()
        db.session.rollback()
        who = neighbours.owner_of(signed.key_id, self.site)
        if who.uri != speaker:
            raise Unsigned("somebody else's")
        verifying.check(signed, who.public_key)
        return who

    def demand_gone(self, speaker: str) -> None:
        """Refuse unless the server itself says that there is no such actor any more."""
        try:
            neighbours.somebody(speaker, self.site)
        except Gone:
            return
        raise Unsigned("still there")

    def settle(self, number: int, came: Came, activity: dict[str, Any], who: Somebody | None) -> None:
        """Do what a message says, once, and forget it; it was checked before."""
        with transaction():
            row = db.session.get(Arrived, number, with_for_update=True)
            if row is None:
                return
            db.session.delete(row)
            if who is not None:
                _keep_key(who)
            if _is_first(activity, came):
                carry_out(activity, who, self.site)

    def postpone(self, number: int) -> None:
        with transaction():
            row = db.session.get(Arrived, number, with_for_update=True)
            if row is None:
                return
            row.attempts += 1
            if row.attempts > len(rules.WAITS):
                db.session.delete(row)
            else:
                row.due_at = clock.now() + rules.WAITS[row.attempts - 1]

    def drop(self, number: int) -> None:
        with transaction():
            db.session.execute(sa.delete(Arrived).where(Arrived.id == number))


def _keep_key(who: Somebody) -> None:
    given = {"owner": who.uri, "public_key": who.public_key, "fetched_at": clock.now()}
    db.session.execute(insert(RemoteKey).values(uri=who.key_id, **given)
                       .on_conflict_do_update(index_elements=["uri"], set_=given))


def _is_first(activity: dict[str, Any], came: Came) -> bool:
    """Say whether this was not taken in before; a message without a name of its own is known by its words.

    What may be said again under the same name is known by its signature.
    """
    name = rules.id_of(activity.get("id")).encode() or came.body
    is_first = _note(name)
    return _note(name + verifying.parse(came).signature) if activity["type"] in rules.AGAIN else is_first


def _note(words: bytes) -> bool:
    mark = hashlib.sha256(words).hexdigest()
    noted = insert(SeenActivity).values(uri_hash=mark, seen_at=clock.now()).on_conflict_do_nothing()
    return db.session.scalar(noted.returning(SeenActivity.uri_hash)) is not None
