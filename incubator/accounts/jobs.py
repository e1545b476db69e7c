"""Letters about accounts, and what runs out by itself."""

from datetime import datetime, timedelta

from incubator.accounts import jobs_letters as jobs_letters
from incubator.accounts import operations, queries
from incubator.accounts.models import Role
from incubator.foundation import clock
from incubator.foundation.jobs import every_tick, job
from incubator.foundation.transaction import transaction
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.letters import operations as letters

_cleaned: list[datetime] = []
CLEAN_EVERY = timedelta(minutes=10)


@job
def write_asked(number: int) -> None:
    with transaction():
        operations.write_asked(number)


@every_tick
def write_all_asked() -> None:
    for number in queries.unwritten():
        with transaction():
            operations.write_asked(number)


@every_tick
def forget_old() -> None:
    """Tidy up now and then: nothing depends on the minute."""
    if _cleaned and _cleaned[-1] <= clock.now() < _cleaned[-1] + CLEAN_EVERY:
        return
    _cleaned[:] = [clock.now()]
    with transaction():
        operations.forget_old()
        operations.forget_old_tickets()


@on("account.password_changed")
def tell_of_new_password(entry: Entry) -> None:
    person = queries.person(entry.subject_id)
    letters.write(person, "password_changed", key=f"{entry.id}:password", at=entry.at)


@on("account.role_granted")
def tell_of_role(entry: Entry) -> None:
    person = queries.person(entry.subject_id)
    letters.write(person, "role_granted", key=f"{entry.id}:role", role=Role(entry.data["role"]))
