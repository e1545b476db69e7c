"""What follows when somebody comes to speak for an organisation."""

from incubator import letters
from incubator.foundation.database import db
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.organisations.models import Affiliation, AffiliationRole


@on("organisation.affiliated")
def tell_contact(entry: Entry) -> None:
    if entry.data["role"] != AffiliationRole.CONTACT.value:
        return
    affiliation = db.session.get_one(Affiliation, entry.data["affiliation"])
    letters.write(
        affiliation.person, "organisation_contact", key=f"{entry.id}:contact", organisation=affiliation.organisation
    )
