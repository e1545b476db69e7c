"""Who hears of pledges: whoever must give their word, and then the others that it was given, taken back, or kept."""

from typing import Any

from incubator import letters
from incubator.foundation import language, money
from incubator.foundation.database import db
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.partners import queries, queries_pledges, readers
from incubator.partners.models import Partnership, Pledge, PledgeKind
from incubator.projects.queries import reason_of


@on("pledge.offered")
def ask_for_word(entry: Entry) -> None:
    """Ask the side that did not write it down."""
    pledge = db.session.get_one(Pledge, entry.subject_id)
    if entry.data.get("from_partner"):
        letters.tell(pledge.project.leads, "pledge_proposed", entry, **_told(pledge))
    else:
        _tell_partner(entry, pledge, "pledge_offered")


@on("pledge.confirmed")
def tell_of_confirmation(entry: Entry) -> None:
    pledge = db.session.get_one(Pledge, entry.subject_id)
    if queries.is_from_partner(pledge.id):
        _tell_partner(entry, pledge, "pledge_answered", accepted=True, reason=None)
    else:
        changed = queries_pledges.was_changed(pledge.id)
        letters.tell(pledge.project.leads, "pledge_confirmed", entry, changed=changed, **_told(pledge))


@on("pledge.withdrawn")
def tell_of_withdrawal(entry: Entry) -> None:
    """Tell the leads, and the partner where it was not the partner who took it back."""
    pledge = db.session.get_one(Pledge, entry.subject_id)
    reason = reason_of(entry.id)
    letters.tell(pledge.project.leads, "pledge_withdrawn", entry, reason=reason, **_told(pledge))
    if not entry.data.get("from_partner"):
        _tell_partner(entry, pledge, "pledge_answered", accepted=False, reason=reason)


@on("pledge.fulfilled")
def thank_partner(entry: Entry) -> None:
    pledge = db.session.get_one(Pledge, entry.subject_id)
    for reader in readers.readers(pledge.project_id, pledge.organisation_id, pledge):
        letters.write(
            reader.to, "pledge_thanks", key=reader.key(f"{entry.id}:pledge_thanks"), language=reader.language,
            name=reader.name, where=reader.where, so_much=_so_much(pledge, reader.language), **_told(pledge),
        )


@on("partnership.ended")
def tell_of_leaving(entry: Entry) -> None:
    """Tell the other side that a partnership has ended."""
    partnership = db.session.get_one(Partnership, entry.subject_id)
    told: dict[str, Any] = {"project": partnership.project, "organisation": partnership.organisation}
    if not entry.data.get("from_partner"):
        readers.tell(organisation_id=partnership.organisation_id, template="partner_left", about=str(entry.id),
                     but=entry.actor, **told)
        return
    where = f"desk/projects/{partnership.project_id}/partners"
    for person in partnership.project.leads:
        letters.tell([person], "partner_left", entry, name=person.given_name, where=where, **told)


def _tell_partner(entry: Entry, pledge: Pledge, template: str, **facts: Any) -> None:
    readers.tell(organisation_id=pledge.organisation_id, template=template, about=str(entry.id), but=entry.actor,
                 **(_told(pledge) | facts))


def _told(pledge: Pledge) -> dict[str, Any]:
    return {"pledge": pledge, "project": pledge.project, "organisation": pledge.organisation}


def _so_much(pledge: Pledge, code: str) -> str:
    done = pledge.done_quantity or 0
    if pledge.kind is PledgeKind.MONEY:
        return money.format(done, language.named(code).code)
    return f"{done} {pledge.unit}"
