"""Who hears of a request to be forgotten, and what follows once it was carried out."""

import logging

from sqlalchemy.exc import OperationalError

from incubator import letters
from incubator.accounts.models import Person, Role
from incubator.accounts.queries import people_with_role
from incubator.foundation import erased
from incubator.foundation.database import db, sqlite
from incubator.foundation.jobs import every_tick
from incubator.foundation.transaction import transaction
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.privacy import operations_cleaning, operations_traces
from incubator.privacy.models import ErasureRequest
from incubator.privacy.places import instance

log = logging.getLogger(__name__)


@on("erasure.asked")
def tell_office(entry: Entry) -> None:
    """Tell whoever can carry it out; the letter names nobody, because letters are kept."""
    request = db.session.get_one(ErasureRequest, entry.subject_id)
    office = {each.id: each for role in (Role.COORDINATOR, Role.ADMINISTRATOR) for each in people_with_role(role)}
    letters.tell([each for each in office.values() if each.id != request.person_id], "erasure_asked", entry,
                 request=request)


@on("person.erased")
def note_person(entry: Entry) -> None:
    """Write down who was forgotten, beside the database, and have its file cleaned; doing it twice does no harm."""
    person = db.session.get_one(Person, entry.subject_id)
    if person.erased_at is not None:
        erased.note(instance(),
                    [erased.Erased(person.erased_at, Person.__tablename__, person.public_id)])
    operations_cleaning.ask_for_cleaning()


@on("address.erased", "privacy.forgotten")
def clean_soon(entry: Entry) -> None:
    operations_cleaning.ask_for_cleaning()


@every_tick
def forget_last_letters() -> None:
    if operations_traces.has_last_letters():
        with transaction():
            operations_traces.forget_last_letters()
        operations_cleaning.ask_for_cleaning()


@every_tick
def clean() -> None:
    """Clean the file of the database; while somebody reads it the next tick tries again."""
    if operations_cleaning.is_due():
        try:
            operations_cleaning.clean()
        except (operations_cleaning.Busy, OperationalError, sqlite.OperationalError):
            log.info("the database is in use; it is cleaned later")
