"""Who comes to a workshop, who waits for a place, and whom we must write to or forget."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from incubator.dialogue import rules_signup
from incubator.dialogue.models import Workshop, WorkshopState
from incubator.dialogue.models_signup import Signup, SignupState
from incubator.foundation import links
from incubator.foundation.database import db
from incubator.letters.models import Letter
from incubator.letters.operations import CONFIDENTIAL

PREFIX = f"{CONFIDENTIAL}signup:"
REMINDED = "reminder"
MANY = 2000
HAS_ANSWER = (SignupState.COMING, SignupState.WAITING)
IN_ORDER = (Signup.confirmed_at, Signup.id)


@dataclass(frozen=True)
class Seats:
    """How many people have a place and how many wait; `free` is None where everybody fits in."""

    taken: int
    waiting: int
    free: int | None

    @property
    def is_full(self) -> bool:
        return self.free == 0


def signup(signup_id: int) -> Signup:
    return db.session.get_one(Signup, signup_id, options=[joinedload(Signup.workshop)])


def by_token(token: str, secret: str) -> Signup | None:
    """Return what a link from one of our letters belongs to."""
    number = links.number_of(token)
    found = db.session.get(Signup, number) if number is not None else None
    if found is None or not links.fits(token, secret, rules_signup.PURPOSE, found.id, found.salt):
        return None
    return found


def of_address(workshop_id: int, mail: str) -> Signup | None:
    return db.session.scalar(sa.select(Signup).where(Signup.workshop_id == workshop_id, Signup.mail == mail))


def seats(workshop_id: int, places: int | None) -> Seats:
    rows = db.session.execute(
        sa.select(Signup.state, sa.func.sum(Signup.people).label("people"))
        .where(Signup.workshop_id == workshop_id, Signup.state.in_(HAS_ANSWER)).group_by(Signup.state)
    )
    counted = {row.state: int(row.people) for row in rows}
    taken = counted.get(SignupState.COMING, 0)
    return Seats(taken, counted.get(SignupState.WAITING, 0), rules_signup.free(places, taken))


def waiting(workshop_id: int) -> Sequence[Signup]:
    """Return those who wait for a place, who confirmed first comes first."""
    return db.session.scalars(
        sa.select(Signup).where(Signup.workshop_id == workshop_id, Signup.state == SignupState.WAITING)
        .order_by(*IN_ORDER)
    ).all()


def position(signup: Signup) -> int:
    """Return which one somebody is on the waiting list, beginning with one."""
    earlier = sa.or_(
        Signup.confirmed_at < signup.confirmed_at,
        sa.and_(Signup.confirmed_at == signup.confirmed_at, Signup.id <= signup.id),
    )
    return db.session.scalar(sa.select(sa.func.count(Signup.id)).where(
        Signup.workshop_id == signup.workshop_id, Signup.state == SignupState.WAITING, earlier)) or 0


def with_answer(workshop_id: int) -> Sequence[Signup]:
    """Return everybody who has a place or waits for one, in the order in which they confirmed."""
    return db.session.scalars(
        sa.select(Signup).where(Signup.workshop_id == workshop_id, Signup.state.in_(HAS_ANSWER))
        .order_by(*IN_ORDER).limit(MANY)
    ).all()


def unconfirmed(workshop_id: int) -> int:
    return db.session.scalar(sa.select(sa.func.count(Signup.id)).where(
        Signup.workshop_id == workshop_id, Signup.state == SignupState.ASKED)) or 0


def to_remind(now: datetime) -> list[int]:
    """Return who must be reminded: whoever confirmed later than the day of reminding has just had a letter."""
    key = sa.literal(PREFIX) + sa.cast(Signup.id, sa.String) + sa.literal(f":{REMINDED}")
    due: list[int] = []
    for workshop in _soon(now):
        due += db.session.scalars(
            sa.select(Signup.id).where(
                Signup.workshop_id == workshop.id, Signup.state == SignupState.COMING,
                Signup.confirmed_at < workshop.starts_at - rules_signup.REMIND_BEFORE,
                ~sa.exists().where(Letter.key == key),
            ).order_by(Signup.id)
        )
    return due


def _soon(now: datetime) -> Sequence[Workshop]:
    return db.session.scalars(sa.select(Workshop).where(
        Workshop.state == WorkshopState.PLANNED, Workshop.starts_at > now,
        Workshop.starts_at <= now + rules_signup.REMIND_BEFORE,
    )).all()


def to_forget(now: datetime, limit: int = 500) -> list[int]:
    """Return what nobody confirmed or wants any more after a week, and everything a month after the workshop."""
    long_over = sa.select(Workshop.id).where(Workshop.ends_at < now - rules_signup.KEPT)
    return list(db.session.scalars(sa.select(Signup.id).where(sa.or_(
        sa.and_(Signup.state == SignupState.ASKED, Signup.asked_at < now - rules_signup.UNCONFIRMED_KEPT),
        sa.and_(Signup.state == SignupState.CANCELLED, Signup.ended_at < now - rules_signup.CANCELLED_KEPT),
        Signup.workshop_id.in_(long_over),
    )).order_by(Signup.id).limit(limit)))
