"""Who hears of questions to carriers: the organisation when it is asked, the team when it has answered."""

from collections.abc import Iterable
from typing import Any

from incubator import letters
from incubator.accounts.models import Person, Role
from incubator.accounts.queries import people_with_role
from incubator.foundation.database import db
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.projects import queries_carrier as queries
from incubator.projects.models_proposal import CarrierRequest
from incubator.projects.queries import project
from incubator.projects.rules_carrier import needed_by


@on("carrier.asked")
def ask_contacts(entry: Entry) -> None:
    """Where nobody but the team itself speaks for the organisation, the coordination asks and notes the answer."""
    asked = _asked(entry)
    contacts = queries.answerers(asked)
    _tell(entry, contacts or people_with_role(Role.COORDINATOR), "carrier_asked", asked, speaks=bool(contacts))


@on("carrier.taken_back")
def tell_contacts(entry: Entry) -> None:
    asked = _asked(entry)
    _tell(entry, queries.contacts(asked), "carrier_taken_back", asked)


@on("project.carrier_agreed")
def tell_of_agreement(entry: Entry) -> None:
    found = project(entry.subject_id)
    if found.carrier is not None:
        letters.tell(found.leads, "carrier_accepted", entry, project=found, organisation=found.carrier)


@on("carrier.declined")
def tell_of_refusal(entry: Entry) -> None:
    asked = _asked(entry)
    _tell(entry, asked.project.leads, "carrier_declined", asked)


@on("carrier.ended")
def tell_of_end(entry: Entry) -> None:
    """Say to the team and to the coordination what is to be done now, and until when."""
    asked = _asked(entry)
    everybody: dict[int, Person] = {each.id: each for each in
                                    (*asked.project.team, *people_with_role(Role.COORDINATOR))}
    for person in everybody.values():
        is_lead = person in asked.project.leads
        _tell(entry, [person], "carrier_ended", asked, is_lead=is_lead, until=needed_by(asked.project))


def _asked(entry: Entry) -> CarrierRequest:
    return db.session.get_one(CarrierRequest, entry.subject_id)


def _tell(entry: Entry, people: Iterable[Person], template: str, asked: CarrierRequest, **facts: Any) -> None:
    letters.tell(people, template, entry, asked=asked, project=asked.project, organisation=asked.organisation, **facts)
