"""The worker's life: it is woken through Redis, looks every few seconds without it, and ends in order."""

import logging
import signal
import threading
from typing import Any

import flask
import redis

from incubator.foundation import jobs, queue, turns
from incubator.foundation.database import db

TICK_SECONDS = 5
LONGEST_END = 40.0  # seconds that work already begun may take; what a system that stops us waits must be longer
log = logging.getLogger(__name__)


def tick() -> None:
    """Do all periodic work once that nobody else is at; one failing part does not stop the others."""
    stopping = jobs.stopping
    for work in jobs.periodic:
        if stopping.is_set():
            return
        try:
            with turns.turn(jobs.name_of(work)) as is_mine:
                if is_mine:
                    work()
        except Exception:  # the next tick tries again
            log.exception("tick: %s", work.__name__)
        finally:
            db.session.remove()


def _stop(*_given: Any) -> None:
    jobs.stopping.set()


def _listen() -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)


def run(app: flask.Flask) -> None:
    """Work until told to stop: nothing new is begun then, what runs is finished, the rest stays in its tables."""

    stopping = jobs.stopping

    def sweep() -> None:
        while not stopping.is_set():
            with app.app_context():
                tick()
            stopping.wait(TICK_SECONDS)

    stopping.clear()
    _listen()
    thread = threading.Thread(target=sweep, daemon=True, name="sweep")
    thread.start()
    while app.config["REDIS_URL"] and not stopping.is_set():
        try:
            queue.work(stop=stopping)
        except redis.RedisError:
            log.warning("Redis does not answer; the sweep goes on without it")
        _listen()  # the worker that heard it is gone
        stopping.wait(TICK_SECONDS)
    stopping.wait()
    thread.join(LONGEST_END)
    if thread.is_alive():
        log.warning("work that was begun is left in the middle; another worker does it anew")
