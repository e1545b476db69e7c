"""Reported barriers, for tests."""

from typing import Any

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.questions.models_barriers import BarrierReport
from incubator.questions.rules_barriers import due_on

MAIL = "reader@example.org"


def barrier(*, answered: bool = False, **fields: Any) -> BarrierReport:
    known: dict[str, Any] = {
        "path": "/de/projects/", "text": "Der Knopf hat keinen Namen.", "mail": MAIL, "language": "de",
        "given_at": clock.now(), "due_on": due_on(clock.today()),
    }
    if answered:
        known |= {"answer": "Er hat jetzt einen.", "answer_language": "de", "answered_at": clock.now()}
    made = BarrierReport(**(known | fields))
    with transaction():
        db.session.add(made)
    return made
