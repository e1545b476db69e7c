"""Editions are made at night, when there are none yet, and at once where something ceased to be public."""

import flask

from incubator.foundation import clock, jobs
from incubator.foundation.jobs import every_tick, job
from incubator.opendata import operations, queries, rules, store
from incubator.opendata.about import about
from incubator.opendata.queries import Subject


def due() -> list[Subject]:
    known, taken, now = queries.looked_at(), queries.taken_back_at(), clock.now()
    wanted = []
    for each in queries.subjects():
        looked = known.get(each.name)
        if looked is None or looked[1] < taken or rules.is_due(looked[0], now):
            wanted.append(each)
    return wanted


@every_tick
def make_due() -> int:
    """Make what is due and return how many had anything new."""
    return sum(make(each) for each in due() if not jobs.stopping.is_set())


@job
def wake() -> None:
    make_due()


def make(subject: Subject) -> bool:
    config = flask.current_app.config
    return operations.make(subject, about(config, subject.name, subject.round), keep=config["OPENDATA_KEEP"])


@every_tick
def sweep_files() -> None:
    store.sweep(queries.known_keys)
