"""The numbers behind the register: how many years the rounds keep what."""

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.privacy.register_terms import Retention
from incubator.privacy.register_times import FINANCE, LOG, REJECTED
from incubator.programme.models import Round, RoundState

SETTINGS = (FINANCE, REJECTED, LOG)


def years() -> dict[str, int]:
    """Return the longest time that any round sets, by setting; what every new round would set where there is none."""
    columns = [sa.func.max(getattr(Round, name)).label(name) for name in SETTINGS]
    found = db.session.execute(sa.select(*columns).where(Round.state != RoundState.DRAFT)).one()
    return {name: getattr(found, name) or Round.__table__.c[name].default.arg for name in SETTINGS}


def number_of(keeps: Retention, known: dict[str, int]) -> int:
    """Return the number that a retention names in its words, 0 where it names none."""
    return known[keeps.setting] if keeps.setting else keeps.months or keeps.days
