"""Letters about accounts, and what runs out by itself."""

from incubator.accounts import operations, queries
from incubator.accounts.models import Role
from incubator.foundation.jobs import every_tick, job, now_and_then
from incubator.foundation.transaction import transaction
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.letters import operations as letters


@job
def write_asked(number: int) -> None:
    with transaction():
        operations.write_asked(number)


@every_tick
def write_all_asked() -> None:
    for number in queries.unwritten():
        with transaction():
            operations.write_asked(number)


@now_and_then
def forget_old() -> None:
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
