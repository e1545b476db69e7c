"""The crowd's journal: entries as the operations would write them, sealed into the one chain behind what is there."""

from collections.abc import Iterator
from datetime import timedelta
from json import JSONEncoder, dumps
from random import Random
from typing import Any

import sqlalchemy as sa

from incubator.demo.bulk import send
from incubator.demo.crowd_rows import Made, at
from incubator.foundation.database import db, is_sqlite
from incubator.journal.models import START, Entry
from incubator.journal.verifier import sha
from incubator.projects.lifecycle import PUBLIC, Action, Status

COLUMNS = ("id", "at", "action", "actor", "subject_type", "subject_id", "project_id", "data", "salt", "content",
           "previous", "hash")
TABLE = f"entry ({', '.join(COLUMNS)})"
AT_ONCE = 20_000
PATH = ((Action.SUBMIT, Status.SUBMITTED), (Action.ADMIT, Status.MENTORING),
        (Action.SUBMIT_BUDGET, Status.BUDGET_REVIEW), (Action.APPROVE_BUDGET, Status.BUDGET_APPROVED),
        (Action.AWARD, Status.AWARDED), (Action.START, Status.ACTIVE))
CANONICAL = JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode  # made once, not each time
Told = tuple[str, str, int, dict[str, Any]]


class Chain:
    """Goes on where the journal ends. Nobody of the crowd acted: its entries are the clock's."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        newest = db.session.execute(sa.select(Entry.id, Entry.hash).order_by(Entry.id.desc()).limit(1)).one_or_none()
        self.number: int = newest.id if newest else 0
        self.hash: str = newest.hash if newest else START
        self.plain = is_sqlite()
        self._rows: list[tuple[Any, ...]] = []

    def tell(self, made: Made, number: int) -> None:
        """Write down so many entries about a project, first what happened, then how its forecasts moved."""
        moment = at(made.begun - timedelta(60))
        for told in _all(made, number):
            moment += timedelta(minutes=17)
            self._add(moment.isoformat(timespec="microseconds"), told, made.project_id)
            if len(self._rows) >= AT_ONCE:
                self.write()

    def _add(self, moment: str, told: Told, project_id: int) -> None:
        """Seal an entry as `journal.rules` has it; there the same takes three times as long."""
        action, kind, subject, data = told
        salt = self.dice.randbytes(16).hex()
        self.number += 1
        content = sha(f"{salt}\n{CANONICAL([self.number, moment, action, None, kind, subject, project_id, data])}")
        mark = sha(f"{self.hash}\n{self.number}\n{content}")
        self._rows.append((
            self.number, f"{moment[:10]} {moment[11:26]}" if self.plain else moment, action, None, kind, subject,
            project_id, dumps(data), salt, content, self.hash, mark,
        ))
        self.hash = mark

    def write(self) -> None:
        rows, self._rows = self._rows, []
        send(TABLE, len(COLUMNS), rows)


def _all(made: Made, number: int) -> Iterator[Told]:
    told = 0
    for each in _happened(made):
        if told == number:
            return
        told += 1
        yield each
    day = made.begun
    for place in range(number - told):
        was, day = day, made.begun + timedelta(place % 300)
        yield ("milestone.forecast", "milestone", made.milestones[place % len(made.milestones)],
               {"forecast_on": day.isoformat(), "was": was.isoformat(), "because": made.milestones[0]})


def _happened(made: Made) -> Iterator[Told]:
    was = Status.DRAFT
    for action, status in PATH:
        if made.status not in PUBLIC and status is made.status:
            return
        yield "project.moved", "project", made.project_id, {
            "action": action.value, "from": was.value, "to": status.value}
        was = status
    day = made.begun.isoformat()
    for place, milestone in enumerate(made.milestones):
        yield "milestone.planned", "milestone", milestone, {"due_on": day, "weight": 1, "is_gate": place == 3}
        if place < made.reached:
            yield "milestone.reported", "milestone", milestone, {"update": None, "actual_on": day, "due_on": day}
            yield "milestone.accepted", "milestone", milestone, {"update": None, "is_gate": place == 3}
    for update in made.updates:
        yield "update.published", "update", update, {"milestone": None}
