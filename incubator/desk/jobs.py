"""What the worker notes about itself and the machine, for those who look after it."""

from datetime import datetime, time, timedelta

import flask

from incubator.desk.queries_machine import CERTIFICATE, JOURNAL, WORKER
from incubator.foundation import clock
from incubator.foundation.certificate import certificate_of
from incubator.foundation.jobs import PAUSE, every_tick
from incubator.foundation.sightings import note, seen
from incubator.journal import operations as journal
from incubator.projects import queries as projects

BEAT = timedelta(seconds=15)
NIGHT = time(3)
LOOKED_AFTER = timedelta(hours=6)
_last: dict[str, datetime] = {}


def _rests(kind: str, pause: timedelta) -> bool:
    """Say whether this process did something a moment ago; else it counts as done now, even if it fails."""
    now = clock.now()
    if kind in _last and _last[kind] <= now < _last[kind] + pause:
        return True
    _last[kind] = now
    return False


def begin_anew() -> None:
    """Forget what this process did last."""
    _last.clear()


@every_tick
def say_alive() -> None:
    if not _rests(WORKER, BEAT):
        note(WORKER)


@every_tick
def walk_journal() -> None:
    """Walk the whole journal once a night, after three; at once where nobody ever did."""
    if _rests(JOURNAL, PAUSE):
        return
    last = seen(JOURNAL).get(JOURNAL)
    if last is not None and last.at >= _last_night():
        return
    findings = journal.verify(flask.current_app.config["RECORD_KEY"])
    note_journal(findings.count, len(findings.sentences) + len(list(projects.altered_reasons())))


def note_journal(entries: int, wrong: int) -> None:
    note(JOURNAL, entries=entries, wrong=wrong)


def _last_night() -> datetime:
    local = clock.now().astimezone(clock.CITY)
    day = local.date() if local.time() >= NIGHT else local.date() - timedelta(days=1)
    return datetime.combine(day, NIGHT, clock.CITY)


@every_tick
def look_at_certificate() -> None:
    """Ask four times a day, as people reach us; the demo city lives on another day."""
    if flask.current_app.config["DEMO"] or _rests(CERTIFICATE, LOOKED_AFTER):
        return
    if found := certificate_of(flask.current_app.config["BASE_URL"]):
        note(CERTIFICATE, until=found.until.isoformat() if found.until else None, refused=found.refused)
