"""Who hears that an approved budget counts on money that a partner has taken back."""

from incubator import letters
from incubator.accounts.models import Role
from incubator.accounts.queries import people_with_role
from incubator.budgets import queries_gap
from incubator.foundation.database import db
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.partners.models import Pledge, PledgeKind, PledgeState


@on("pledge.withdrawn")
def warn_of_gap(entry: Entry) -> None:
    """Warn the coordination and the leads, where money that was confirmed is missing now."""
    pledge = db.session.get_one(Pledge, entry.subject_id)
    if pledge.kind is not PledgeKind.MONEY or entry.data.get("before") != PledgeState.CONFIRMED.value:
        return
    for gap in queries_gap.gaps([pledge.project_id]):
        people = {person.id: person for person in [*people_with_role(Role.COORDINATOR), *pledge.project.leads]}
        for person in people.values():
            letters.write(person, "pledge_gap", key=f"{entry.id}:pledge_gap:{person.id}", project=pledge.project,
                          organisation=pledge.organisation, planned=gap.planned, confirmed=gap.confirmed)
