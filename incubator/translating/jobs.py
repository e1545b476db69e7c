"""Let the machine fill what was asked of it, and forget the words for photos that were taken back."""

from datetime import timedelta

import flask

from incubator.foundation import clock
from incubator.foundation.jobs import every_tick, job
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.translating import operations_machine
from incubator.translating.engine import Engine
from incubator.wording import operations as wording

TURN = timedelta(seconds=10)


def engine() -> Engine | None:
    config = flask.current_app.config
    return Engine(config["MT_URL"], config["MT_KEY"]) if config["MT_URL"] else None


@on("photo.withdrawn")
def forget_words(entry: Entry) -> None:
    """Nobody sees the photo any more, so nothing that describes it stays in other languages."""
    wording.forget("photo", entry.subject_id)


@job
def fill_some() -> None:
    fill_due()


@every_tick
def fill_due() -> None:
    """Fill for some seconds at most, so that a slow machine does not hold up other periodic work."""
    machine, until = engine(), clock.now() + TURN
    while machine is not None and operations_machine.fill(machine) and clock.now() < until:
        pass
