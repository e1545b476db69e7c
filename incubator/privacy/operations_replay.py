"""After a backup was brought back: whoever was forgotten since it was made is forgotten again."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.foundation.database import db, hold
from incubator.foundation.erased import Erased
from incubator.foundation.transaction import transaction
from incubator.privacy import operations_erasure, operations_traces, queries_erasure
from incubator.privacy.models import ErasureState
from incubator.privacy.traces import Whose

PERSON = Person.__tablename__


class NotForgotten(Exception):
    """Somebody on the list is still here."""


def replay(gone: Sequence[Erased], made_at: datetime) -> int:
    """Forget again who is on the list and came back, and return how many; each in a transaction of its own.

    People are known by their public id. Rows of others have numbers that are given anew once they are free, so only
    those count that went after the backup was made.
    """
    done = 0
    for each in gone:
        with transaction():
            if each.kind == PERSON:
                done += _forget_person(each)
            elif each.kind in operations_traces.OUTSIDE and each.at > made_at:
                done += _forget_row(each)
    if _still_here(gone):
        raise NotForgotten()
    return done


def _forget_person(each: Erased) -> bool:
    person = db.session.scalar(sa.select(Person).where(Person.public_id == each.id, Person.erased_at.is_(None)))
    if person is None:
        return False
    hold(person)
    if (request := queries_erasure.request_of(person.id)) is not None:
        request.state, request.decided_at = ErasureState.DONE, each.at
    operations_erasure.erase(person, None, at=each.at)
    return True


def _forget_row(each: Erased) -> bool:
    table = db.metadata.tables[each.kind]
    mail = db.session.scalar(sa.select(table.c.mail).where(table.c.id == int(each.id)))
    return bool(mail) and operations_traces.forget(Whose(mail=str(mail).lower()), "", []) > 0


def _still_here(gone: Sequence[Erased]) -> bool:
    people = {each.id for each in gone if each.kind == PERSON}
    return any(
        row for row in db.session.execute(sa.select(Person.public_id).where(Person.erased_at.is_(None))).scalars()
        if row in people
    )
