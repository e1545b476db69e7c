"""Who hears of pledges: the partner's contacts when their word is asked for, the leads when it was given."""

from typing import Any

from incubator import letters
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.organisations import queries as organisations
from incubator.partners.models import Pledge


@on("pledge.offered")
def ask_contacts(entry: Entry) -> None:
    pledge = db.session.get_one(Pledge, entry.subject_id)
    contacts = organisations.contacts(pledge.organisation_id, clock.today())
    letters.tell(contacts, "pledge_offered", entry, **_told(pledge))


@on("pledge.confirmed")
def tell_leads_of_confirmation(entry: Entry) -> None:
    _tell_leads(entry, "pledge_confirmed")


@on("pledge.withdrawn")
def tell_leads_of_withdrawal(entry: Entry) -> None:
    _tell_leads(entry, "pledge_withdrawn")


def _tell_leads(entry: Entry, letter: str) -> None:
    pledge = db.session.get_one(Pledge, entry.subject_id)
    letters.tell(pledge.project.leads, letter, entry, **_told(pledge))


def _told(pledge: Pledge) -> dict[str, Any]:
    return {"pledge": pledge, "project": pledge.project, "organisation": pledge.organisation}
