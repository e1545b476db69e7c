"""Letters about proofs and sign-ins, so that nobody's account changes behind their back."""

from typing import Any

from incubator.accounts import operations_proofs, queries
from incubator.accounts.models import Role
from incubator.foundation.jobs import now_and_then
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.letters import operations as letters


def _tell(entry: Entry, template: str, **context: Any) -> None:
    letters.write(queries.person(entry.subject_id), template, key=f"{entry.id}:{template}", at=entry.at, **context)


@on("account.proof_added")
def tell_of_proof(entry: Entry) -> None:
    _tell(entry, "proof_added", proof=entry.data["proof"])


@on("account.proof_removed")
def tell_of_removal(entry: Entry) -> None:
    _tell(entry, "proof_removed", proof=entry.data["proof"])


@on("account.recovery_used")
def tell_of_code(entry: Entry) -> None:
    _tell(entry, "recovery_used")


@on("account.recovery_codes_made")
def tell_of_codes(entry: Entry) -> None:
    _tell(entry, "recovery_made")


@on("account.new_device")
def tell_of_device(entry: Entry) -> None:
    """Nothing where that sign-in is forgotten already."""
    found = queries.known_sign_in(entry.subject_id)
    if found is not None:
        letters.write(found.person, "new_device", key=f"{entry.id}:new_device", at=entry.at, device=found.device)


@on("account.glass_broken")
def tell_administrators(entry: Entry) -> None:
    person = queries.person(entry.subject_id)
    for each in {*queries.people_with_role(Role.ADMINISTRATOR), person}:
        letters.write(each, "glass_broken", key=f"{entry.id}:glass:{each.id}", at=entry.at, person=person,
                      reason=entry.data["reason"])


@now_and_then
def forget_challenges() -> None:
    operations_proofs.forget_challenges()
