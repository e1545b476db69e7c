"""Who is asked when a round's money settings are to change."""

from incubator import letters
from incubator.accounts.models import Role
from incubator.accounts.queries import people_with_role
from incubator.foundation.database import db
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.programme.models import RoundChange


@on("round.change_proposed")
def ask_second_person(entry: Entry) -> None:
    """Write to everybody in the office except the one who proposed it."""
    change = db.session.get_one(RoundChange, entry.data["change"])
    office = {person.id: person for role in (Role.COORDINATOR, Role.ADMINISTRATOR) for person in people_with_role(role)}
    for number, person in office.items():
        if number != change.proposed_by_id:
            letters.write(
                person, "round_change_proposed", key=f"{entry.id}:{number}", change=change, round=change.round,
                proposer=change.proposed_by.name,
            )
