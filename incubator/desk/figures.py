"""The figures of `/metrics`, as Prometheus reads them; its library is loaded when somebody asks for the first time."""

import importlib
import math
import os
from collections.abc import Iterator
from datetime import datetime
from types import ModuleType
from typing import Any

import flask
from sqlalchemy.exc import OperationalError

from incubator.desk import queries_machine as machines
from incubator.desk.queries_machine import BACKUP, CERTIFICATE, JOURNAL, WORKER, Machine
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.measures_shared import BOUNDS, SECONDS

Family = Any
Value = tuple[dict[str, str], float | None]
COUNTED = {  # what the page cache counts, by our name for it
    "hits": "Pages that were answered from memory.", "misses": "Pages that Flask had to be asked for.",
    "waited": "Requests that waited while another drew the same page.",
    "shared": "Pages that another process had drawn.", "looks": "Looks whether the database has changed.",
}
HELD = {"entries": "Pages in memory.", "bytes": "Bytes they take."}


def page() -> tuple[bytes, str]:
    """Return all figures as text, and what kind of text it is."""
    client = importlib.import_module("prometheus_client")
    registry = client.CollectorRegistry(auto_describe=False)
    client.ProcessCollector(registry=registry)
    registry.register(_Ours(importlib.import_module("prometheus_client.core")))
    return bytes(client.generate_latest(registry)), str(client.CONTENT_TYPE_LATEST)


class _Ours:
    """What the registry asks."""

    def __init__(self, core: ModuleType) -> None:
        self.core = core

    def collect(self) -> Iterator[Family]:
        yield from self.requests()
        yield from self.page_cache()
        yield self.pool()
        try:
            machine = machines.machine(flask.current_app.config["INSTANCE"])
        except OperationalError:
            db.session.rollback()
            yield self.gauge("database_up", "Whether the database answers.", ({}, 0.0))
            return
        yield self.gauge("database_up", "Whether the database answers.", ({}, 1.0))
        yield from self.rows(machine)
        yield from self.sightings(machine)

    def gauge(self, name: str, words: str, *values: Value) -> Family:
        """Make a family; a value of None is not known, and left out."""
        labels = list(values[0][0]) if values else []
        family = self.core.GaugeMetricFamily(f"incubator_{name}", words, labels=labels)
        for known, value in values:
            if value is not None:
                family.add_metric(list(known.values()), value)
        return family

    def requests(self) -> Iterator[Family]:
        running, series = flask.current_app.extensions["measures"].figures.all()
        family = self.core.HistogramMetricFamily(
            "incubator_request_seconds", "How long answers take, by page and kind of answer.",
            labels=["route", "status"])
        for (route, kind), row in sorted(series.items()):
            total, buckets = 0.0, []
            for bound, number in zip((*map(str, BOUNDS), "+Inf"), row[:SECONDS], strict=True):
                total += number
                buckets.append((bound, total))
            family.add_metric([route, f"{kind}xx"], buckets, row[SECONDS])
        yield family
        yield self.gauge("requests_in_flight", "Requests that are being answered, this one too.", ({}, running))

    def page_cache(self) -> Iterator[Family]:
        """Each process has a cache of its own; asked is the one that answers."""
        counts, label = machines.page_cache(), {"process": str(os.getpid())}
        for name, words in COUNTED.items():
            family = self.core.CounterMetricFamily(f"incubator_page_cache_{name}", words, labels=list(label))
            family.add_metric(list(label.values()), getattr(counts, name, 0))
            yield family
        for name, words in HELD.items():
            yield self.gauge(f"page_cache_{name}", words, (label, getattr(counts, name, 0)))

    def pool(self) -> Family:
        pool, known = db.engine.pool, {"size": "size", "in use": "checkedout", "idle": "checkedin"}
        values = [({"state": state}, float(getattr(pool, name)())) for state, name in known.items()
                  if hasattr(pool, name)]
        return self.gauge("database_pool_connections", "Connections of this process to the database.", *values)

    def rows(self, it: Machine) -> Iterator[Family]:
        redis_url, wakeups = flask.current_app.config["REDIS_URL"], it.wakeups
        yield self.gauge("redis_up", "Whether the worker can be woken.",
                         ({}, float(wakeups is not None) if redis_url else None))
        yield self.gauge("wakeups_waiting", "Wake-ups in Redis.", ({}, wakeups.number if wakeups else None))
        yield self.gauge("wakeups_age_seconds", "Age of the oldest wake-up.", ({}, wakeups.age if wakeups else None))
        yield self.gauge("outbox_open", "Work in the background that is not done.", ({}, it.outbox))
        yield self.gauge("outbox_age_seconds", "How long the oldest such work is due.", ({}, _age(it.outbox_since)))
        yield self.gauge("deliveries_failing", "Such work that was tried four times in vain.", ({}, it.failing))
        yield self.gauge("letters_due", "Letters that should leave now.", ({}, it.letters_due))
        yield self.gauge("letters_age_seconds", "How long the oldest of them is due.", ({}, _age(it.letters_since)))
        yield self.gauge(
            "letters_undelivered", "Letters that were tried in vain, and those given up in the last seven days.",
            ({"reason": "tried in vain"}, it.tried_in_vain), ({"reason": "given up"}, it.given_up))
        yield self.gauge("messages_due", "Messages to machines of others that should leave now.", ({}, it.messages_due))
        yield self.gauge("messages_age_seconds", "How long the oldest of them is due.", ({}, _age(it.messages_since)))
        yield self.gauge("messages_undelivered", "Messages that wait, and those given up in the last seven days.",
                         ({"reason": "waiting"}, it.messages_waiting), ({"reason": "given up"}, it.messages_given_up))
        yield self.gauge("journal_position", "The number of the newest entry.", ({}, it.position))
        yield self.gauge("database_bytes", "Size of the database.", ({}, it.database_bytes))
        yield self.gauge("disk_free_bytes", "Room where the instance folder lies.", ({}, it.free_bytes))

    def sightings(self, it: Machine) -> Iterator[Family]:
        """What was never seen is infinitely long ago."""
        for kind, name, words in (
            (WORKER, "worker_silent_seconds", "How long ago the worker was last seen."),
            (BACKUP, "backup_age_seconds", "Age of the last backup."),
            (JOURNAL, "journal_checked_age_seconds", "How long ago the journal was last walked."),
        ):
            yield self.gauge(name, words, ({}, it.seen[kind].age if kind in it.seen else math.inf))
        walked = it.seen.get(JOURNAL)
        yield self.gauge("journal_wrong", "How many things did not fit when the journal was last walked.",
                         ({}, walked.facts.get("wrong") if walked else None))
        yield self.gauge("certificate_left_seconds", "How long the certificate of our address still holds.",
                         ({}, _left(it.certificate_until) if CERTIFICATE in it.seen else None))


def _age(since: datetime | None) -> float:
    return max(0.0, (clock.now() - since).total_seconds()) if since else 0.0


def _left(until: datetime | None) -> float:
    return (until - clock.now()).total_seconds() if until else 0.0
