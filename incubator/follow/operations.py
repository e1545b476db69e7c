"""Ask to hear of news, confirm it, change it and end it. None of it says who is known here."""

import secrets
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.accounts.operations_sign_in import count_try
from incubator.follow import queries, rules
from incubator.follow.models import Follower, Following, Rhythm
from incubator.follow.queries import Target
from incubator.foundation import clock
from incubator.foundation.database import db, hold, is_sqlite
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.letters import operations as letters
from incubator.letters.models import Letter, LetterState

GONE = _l("This link does not work any more.")
PREFIX = f"{letters.CONFIDENTIAL}follow:"


def ask(target: Target, *, mail: str, rhythm: Rhythm, language: str, secret: str, network: str) -> None:
    """Write to an address whether it wants to hear of something; the same happens whether it is known or not.

    What somebody has confirmed before stays as it is: only they change it, by the link in their letters.
    """
    mail = mail.strip().lower()
    count_try("follow to", mail)
    count_try("follow from", network)
    _wait_for(mail)
    now = clock.now()
    follower = queries.follower_with_mail(mail)
    if follower is None:
        follower = Follower(mail=mail, salt=secrets.token_hex(16), told_until=now)
        db.session.add(follower)
    if follower.confirmed_at is None:
        follower.language, follower.rhythm, follower.asked_at = language, rhythm, now
    db.session.flush()
    wish = queries.following(follower.id, target.kind, target.id)
    if wish is None:
        wish = Following(follower_id=follower.id, kind=target.kind, target_id=target.id)
        db.session.add(wish)
    wish.asked_at = now
    db.session.flush()
    letters.write(
        mail, "follow_confirm", key=f"{_letters_of(follower)}ask-{secrets.token_hex(8)}", language=language,
        target=target, token=rules.token(secret, "confirm", wish.id, follower.salt),
    )


def _wait_for(mail: str) -> None:
    """Let two who ask for the same address come one after the other; SQLite's writer's place already does."""
    if not is_sqlite():
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(f"follow {mail}"))))


def _held(kind: type[Any], number: int) -> Any:
    """Hold a follower or what they follow; it may have been deleted in the same moment."""
    row = db.session.get(kind, number, populate_existing=True, with_for_update=not is_sqlite())
    if row is None:
        raise RuleBroken(GONE)
    return row


def confirm(following_id: int) -> Follower:
    """Begin to send news; confirming twice changes nothing, and whoever had ended begins again."""
    wish, now = _held(Following, following_id), clock.now()
    follower: Follower = _held(Follower, wish.follower_id)
    if follower.confirmed_at is None or follower.ended_at is not None:
        follower.confirmed_at, follower.ended_at, follower.bounced, follower.told_until = now, None, 0, now
    if wish.confirmed_at is None:
        wish.confirmed_at = now
        record("follow.confirmed", None, wish, kind=wish.kind, target=wish.target_id)
    return follower


def own_token(follower: Follower, secret: str) -> str:
    """Return the last part of the link under which somebody changes and ends what they follow."""
    return rules.token(secret, "manage", follower.id, follower.salt)


def change(follower_id: int, *, language: str, rhythm: Rhythm) -> None:
    """Change how somebody hears; who changes to once a week has heard everything until now."""
    follower = _held(Follower, follower_id)
    if follower.rhythm is not rhythm:
        follower.told_until = clock.now()
    follower.language, follower.rhythm = language, rhythm


def stop(follower_id: int, following_id: int | None = None) -> bool:
    """End one thing, or everything with None; with the last thing the address goes. Return whether it is gone."""
    follower = _held(Follower, follower_id)
    if following_id is not None:
        gone = db.session.execute(sa.delete(Following).where(
            Following.id == following_id, Following.follower_id == follower.id))
        if not gone.rowcount:  # type: ignore[attr-defined]
            raise RuleBroken(_l("You do not follow this any more."))
        record("follow.stopped", None, follower, following=following_id)
        if queries.followings(follower.id):
            return False
    else:
        record("follow.stopped", None, follower, following=None)
    _delete([follower.id])
    return True


def count_refusal(follower: Follower) -> None:
    """Note that a mail server refused our letter for good; after the third nothing more is sent."""
    hold(follower)
    follower.bounced += 1
    if follower.bounced >= rules.BOUNCES and follower.ended_at is None:
        follower.ended_at = clock.now()
        record("follow.refused", None, follower, number=follower.bounced)
        db.session.execute(
            sa.update(Letter).where(Letter.key.startswith(_letters_of(follower)), Letter.state == LetterState.WAITING)
            .values(state=LetterState.FAILED, text="", error="ended"))


def forget_old() -> None:
    """Delete what nobody confirmed in a week, who ended a month ago, and letters that arrived a month ago."""
    now = clock.now()
    unconfirmed = now - rules.CONFIRM_WITHIN
    db.session.execute(
        sa.delete(Following).where(Following.confirmed_at.is_(None), Following.asked_at < unconfirmed))
    db.session.flush()
    _delete(_nobodies(unconfirmed, now))
    db.session.execute(sa.delete(Letter).where(
        Letter.key.startswith(PREFIX), Letter.state.in_((LetterState.SENT, LetterState.FAILED)),
        Letter.written_at < now - rules.LETTERS_KEPT))


def _nobodies(unconfirmed: datetime, now: datetime) -> list[int]:
    return list(db.session.scalars(sa.select(Follower.id).where(sa.or_(
        sa.and_(Follower.confirmed_at.is_(None), Follower.asked_at < unconfirmed),
        Follower.ended_at < now - rules.ENDED_KEPT,
    )).limit(500)))


def _letters_of(follower: Follower) -> str:
    return f"{PREFIX}{follower.id}:"


def _delete(follower_ids: list[int]) -> None:
    """Delete followers with everything: what they follow, and every letter with their address."""
    for number in follower_ids:
        db.session.execute(sa.delete(Letter).where(Letter.key.startswith(f"{PREFIX}{number}:")))
    db.session.execute(sa.delete(Following).where(Following.follower_id.in_(follower_ids)))
    db.session.execute(sa.delete(Follower).where(Follower.id.in_(follower_ids)))
