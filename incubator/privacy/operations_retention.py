"""Take away what is over, one rule after the other, each row in its own right."""

from collections.abc import Callable

from incubator.accounts.models import Person
from incubator.accounts.models_proofs import Challenge
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.transaction import after_commit, transaction
from incubator.letters.models import Letter
from incubator.privacy import operations_cleaning, operations_erasure, operations_projects, queries_erasure
from incubator.privacy.cascade import remove
from incubator.privacy.models import ErasureRequest
from incubator.privacy.queries_retention import RULES, Due
from incubator.projects.models import Project


def forget_due() -> dict[str, int]:
    """Do what every rule says today, and return how many rows went by each; nothing where nothing is over."""
    done = {}
    for key, ask in RULES.items():
        due = ask(clock.today())
        db.session.rollback()  # the usual case takes no writer's place
        if due.ids:
            with transaction():
                done[key] = DOES[key](ask(clock.today()))
                after_commit(operations_cleaning.ask_for_cleaning)
    return done


def _rows(model: type) -> Callable[[Due], int]:
    table = model.__table__  # type: ignore[attr-defined]
    return lambda due: remove(table, table.c.id.in_(list(due.ids)))


def _projects(due: Due) -> int:
    for number in due.ids:
        operations_projects.empty(db.session.get_one(Project, number), None)
    return len(due.ids)


def _papers(due: Due) -> int:
    for number in due.ids:
        operations_projects.forget_papers(db.session.get_one(Project, number), None)
    return len(due.ids)


def _accounts(due: Due) -> int:
    """Forget accounts that nobody uses; who still holds an office alone, or leads a project, is left to people."""
    done = 0
    for number in due.ids:
        person = hold(db.session.get_one(Person, number))
        if not queries_erasure.standing(person).hindrances:
            operations_erasure.erase(person, None)
            done += 1
    return done


DOES: dict[str, Callable[[Due], int]] = {
    "letters": _rows(Letter), "challenges": _rows(Challenge), "requests": _rows(ErasureRequest),
    "unawarded": _projects, "papers": _papers, "accounts": _accounts,
}
