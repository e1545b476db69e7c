"""Rounds, themes and districts."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from incubator.foundation.database import db
from incubator.programme.models import District, Round, RoundChange, RoundFact, RoundState, Theme


def round_(round_id: int) -> Round:
    return db.session.get_one(Round, round_id)


def rounds() -> Sequence[Round]:
    """Return all rounds, the newest first."""
    return db.session.scalars(sa.select(Round).order_by(Round.id.desc())).all()


def open_rounds(today: date) -> Sequence[Round]:
    """Return the rounds in which somebody can still hand in a proposal today, the one that ends first first."""
    return db.session.scalars(
        sa.select(Round)
        .where(Round.state == RoundState.OPEN, Round.proposals_until >= today)
        .order_by(Round.proposals_until, Round.id)
    ).all()


def is_slug_taken(slug: str) -> bool:
    return db.session.scalar(sa.select(Round.id).where(Round.slug == slug)) is not None


def names() -> dict[int, str]:
    return {row.id: row.name for row in db.session.execute(sa.select(Round.id, Round.name))}


def facts(round_id: int) -> Sequence[RoundFact]:
    """Return what is known of a round, in the order in which it happened; undated facts come last."""
    return db.session.scalars(
        sa.select(RoundFact)
        .where(RoundFact.round_id == round_id)
        .order_by(RoundFact.on.is_(None), RoundFact.on, RoundFact.position, RoundFact.id)
    ).all()


def fact(fact_id: int) -> RoundFact:
    return db.session.get_one(RoundFact, fact_id)


def change(change_id: int) -> RoundChange:
    return db.session.get_one(RoundChange, change_id)


def waiting_change(round_id: int) -> RoundChange | None:
    """Return the change of money settings that waits for a second person."""
    return db.session.scalar(_waiting().where(RoundChange.round_id == round_id))


def waiting_changes() -> Sequence[RoundChange]:
    """Return all changes that wait for a second person, with their rounds and who proposed them."""
    return db.session.scalars(
        _waiting().options(joinedload(RoundChange.round), joinedload(RoundChange.proposed_by)).order_by(RoundChange.id)
    ).all()


def _waiting() -> sa.Select[RoundChange]:
    return sa.select(RoundChange).where(RoundChange.agreed_at.is_(None), RoundChange.dropped_at.is_(None))


def themes() -> Sequence[Theme]:
    return db.session.scalars(sa.select(Theme).order_by(Theme.position, Theme.id)).all()


def theme_by_key(key: str) -> Theme | None:
    return db.session.scalar(sa.select(Theme).where(Theme.key == key))


def districts() -> Sequence[District]:
    return db.session.scalars(sa.select(District).order_by(District.number)).all()


def district(district_id: int) -> District:
    return db.session.get_one(District, district_id)


def district_by_number(number: str) -> District | None:
    return db.session.scalar(sa.select(District).where(District.number == number))
