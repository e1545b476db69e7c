"""Letters about invitations: the question with its link, the one reminder, the answer, and the partner's own link."""

from collections.abc import Iterator
from typing import Any

from incubator import letters
from incubator.accounts import queries as accounts
from incubator.foundation import clock, links
from incubator.foundation.database import db
from incubator.foundation.jobs import every_tick, now_and_then
from incubator.foundation.language import in_language
from incubator.foundation.transaction import transaction
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.letters.queries import written
from incubator.partners import operations_invitations, queries_invitations, readers, rules, rules_links
from incubator.partners.models import PartnerRole
from incubator.partners.models_invitation import InvitationState, PartnerInvitation


@on("partner.invited")
def ask(entry: Entry) -> None:
    invitation = queries_invitations.invitation(entry.subject_id)
    if invitation.state is InvitationState.ASKED:
        _write(invitation, "partner_invited")


def _key(invitation: PartnerInvitation, template: str) -> str:
    return f"{readers.PREFIX}{template}:{invitation.id}"


def _write(invitation: PartnerInvitation, template: str) -> None:
    with in_language(invitation.language):
        roles = [str(role.label) for role in PartnerRole if role.value in invitation.roles]
    letters.write(
        invitation.mail, template, key=_key(invitation, template), language=invitation.language, roles=roles,
        invitation=invitation, asker=accounts.person(invitation.asked_by_id), until=rules_links.last_day(invitation),
        token=links.token(readers.secret(), rules_links.INVITED, invitation.id, invitation.salt),
        **_told(invitation),
    )


def _told(invitation: PartnerInvitation) -> dict[str, Any]:
    return {"project": invitation.project, "organisation": invitation.organisation}


@on("partner.accepted", "partner.declined")
def tell_asker(entry: Entry) -> None:
    """Tell whoever asked, and those who lead the project today."""
    invitation = queries_invitations.invitation(entry.subject_id)
    asker = accounts.person(invitation.asked_by_id)
    people = {person.id: person for person in [asker, *invitation.project.leads]}.values()
    accepted = entry.action == "partner.accepted"
    letters.tell(people, "partner_answered", entry, invitation=invitation, accepted=accepted, **_told(invitation))


@on("partner.link_made", "partner.link_wanted")
def send_link(entry: Entry) -> None:
    link = queries_invitations.link(entry.subject_id)
    if link.ended_at is None:
        letters.write(link.mail, "partner_link", key=f"{readers.PREFIX}link:{entry.id}", language=link.language,
                      organisation=link.organisation, token=readers.own_page(link))


def _to_remind() -> Iterator[PartnerInvitation]:
    waiting = [each for each in queries_invitations.to_remind(clock.now()) if rules.is_open(each.project)]
    done = written([_key(each, "partner_reminded") for each in waiting]) if waiting else set()
    yield from (each for each in waiting if _key(each, "partner_reminded") not in done)


@every_tick
def remind() -> None:
    """Remind once of an invitation that has waited a week; looked up first without keeping anybody waiting."""
    db.session.rollback()
    if not list(_to_remind()):
        return
    with transaction():
        for invitation in _to_remind():
            _write(invitation, "partner_reminded")


@now_and_then
def forget_old() -> None:
    operations_invitations.forget_old()
