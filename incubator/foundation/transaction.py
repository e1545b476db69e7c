"""The one door through which changes become permanent."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from incubator.foundation.database import READS_FROM, WRITES_ON, db

log = logging.getLogger(__name__)


@contextmanager
def transaction() -> Iterator[None]:
    """Keep everything done inside, or nothing.

    Routes, jobs and commands open it; operations run inside it. Entering
    ends the reading done so far and takes the writer's place, so the rules
    look at rows nobody else can change meanwhile. Callbacks given to
    `after_commit` run once the change is safely stored.
    """
    session = db.session
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("something was changed outside a transaction")
    session.rollback()
    session.info.pop(READS_FROM, None)
    waiting = session.info.setdefault("after_commit", [])
    try:
        session.info[WRITES_ON] = session.connection(execution_options={"write": True}).info
        yield
        session.commit()
    except BaseException:
        session.rollback()
        waiting.clear()
        raise
    while waiting:
        callback = waiting.pop(0)
        try:
            callback()
        except Exception:  # the change is safe; what could not be sent stays in the outbox
            log.exception("after commit")


def after_commit(callback: Callable[[], object]) -> None:
    db.session.info.setdefault("after_commit", []).append(callback)
