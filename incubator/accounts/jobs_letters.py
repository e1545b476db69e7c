"""The letters of the day."""

import logging

from incubator.accounts.models import Person
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.jobs import every_tick
from incubator.foundation.transaction import transaction
from incubator.letters import queries, rules
from incubator.letters.operations_digest import tell_day

log = logging.getLogger(__name__)


@every_tick
def tell_days() -> None:
    """From seven in the morning on, write to each who hears once a day what was gathered until then.

    What goes wrong for one of them is tried again with the next tick, and keeps nobody else waiting.
    """
    db.session.rollback()
    end = rules.digest_end(clock.now())
    for number in queries.waiting_for_digest(end):
        try:
            with transaction():
                tell_day(db.session.get_one(Person, number), end)
        except Exception:  # the next tick tries again
            log.exception("letter of the day for person %s", number)
