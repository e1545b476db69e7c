"""Ask an organisation by mail to be a partner, and take its answer; nobody needs an account for that."""

import secrets
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.accounts.models import Role
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.letters.models import Letter, LetterState
from incubator.organisations import operations as organisations
from incubator.organisations.models import LegalForm, Organisation
from incubator.partners import operations, operations_links, queries, queries_invitations, rules, rules_links
from incubator.partners.models import Partnership
from incubator.partners.models_invitation import InvitationState, PartnerInvitation, PartnerLink
from incubator.projects.models import Project


def invite(
    project: Project, by, *, organisation: Organisation | None, name: str = "", mail: str, roles: Sequence[str],
    words: str = "", language: str = "de",
) -> PartnerInvitation:
    """Ask an organisation whether it takes part; one that is not here yet is added by its name and nothing else."""
    hold(project)
    rules.demand_open(project)
    wanted, now, mail = rules.demand_roles(list(roles)), clock.now(), mail.strip().lower()
    words = rules_links.demand_words(words, rules_links.LONGEST_WORDS, "words")
    if queries_invitations.count_open(project.id) >= rules_links.MOST_OPEN:
        raise RuleBroken(_l("Many organisations have not answered yet. Please wait for some of them first."))
    asked = organisation or _organisation_called(name, by)
    _demand_free(project, asked, "organisation_id" if organisation else "name", now)
    if not by.has_role(Role.COORDINATOR):
        rules_links.demand_known_address(mail, queries_invitations.addresses_of(asked.id, clock.today()))
    invitation = PartnerInvitation(
        project=project, organisation=asked, mail=mail, roles=wanted, words=words, language=language,
        salt=secrets.token_hex(16), asked_by_id=by.id, asked_at=now,
    )
    db.session.add(invitation)
    record("partner.invited", by, invitation, organisation=asked.id, roles=wanted)
    return invitation


def _organisation_called(name: str, by) -> Organisation:
    """Return the organisation of this name, whoever wrote it; add it where there is none."""
    name = " ".join(name.split())
    if not name:
        raise RuleBroken(_l("Please choose an organisation, or write the name of a new one."), "name")
    found = queries_invitations.organisation_called(name)
    return found or organisations.add(by, name=name, legal_form=LegalForm.OTHER, will_carry=False)


def _demand_free(project: Project, organisation: Organisation, field: str, now: datetime) -> None:
    partnership = queries.partnership_with(project.id, organisation.id)
    if partnership is not None and partnership.until is None:
        raise RuleBroken(_l("This organisation is a partner already."), field)
    before = queries_invitations.open_with(project.id, organisation.id)
    if before is not None and rules_links.is_open(before, now):
        raise RuleBroken(_l("This organisation was asked already and has not answered yet."), field)
    if before is not None:
        _end(before, InvitationState.TAKEN_BACK, now)


def accept(invitation: PartnerInvitation, by=None) -> PartnerLink:
    """Make the organisation a partner, and give it the link to its own page; it is held before the journal."""
    _begin(invitation)
    hold(invitation.organisation)
    _end(invitation, InvitationState.ACCEPTED, clock.now())
    partnership: Partnership = operations.take_part(
        invitation.project, invitation.organisation, invitation.roles, by)
    link = operations_links.make(invitation.organisation, invitation.mail, invitation.language, by)
    record("partner.accepted", by, invitation, partnership=partnership.id, link=link.id, **operations.by_link(by))
    return link


def decline(invitation: PartnerInvitation, reason: str = "", by=None) -> None:
    """Note that the organisation does not want to; nobody has to say why."""
    reason = rules_links.demand_words(reason, rules_links.LONGEST_REASON, "reason")
    _begin(invitation)
    _end(invitation, InvitationState.DECLINED, clock.now())
    invitation.reason = reason
    record("partner.declined", by, invitation, **operations.by_link(by))


def take_back(invitation: PartnerInvitation, by) -> None:
    """Ask no more: the link in the letter leads to a page that says so."""
    hold(invitation.project)
    hold(invitation)
    if invitation.state is not InvitationState.ASKED:
        raise RuleBroken(_l("This invitation was answered or taken back already, or it is too old."))
    _end(invitation, InvitationState.TAKEN_BACK, clock.now())
    record("partner.invitation_taken_back", by, invitation)


def _begin(invitation: PartnerInvitation) -> None:
    hold(invitation.project)
    hold(invitation)
    rules_links.demand_open(invitation, clock.now())
    rules.demand_open(invitation.project)


def _end(invitation: PartnerInvitation, state: InvitationState, now: datetime) -> None:
    invitation.state, invitation.answered_at = state, now
    db.session.flush()


def forget_old() -> None:
    """End what nobody answered in sixty days; three months after an end mail address, words and reason go.

    So do letters to those who come by a link, three months after they were sent: no reminder looks for them so long.
    """
    now = clock.now()
    for invitation in queries_invitations.expired(now):
        _end(invitation, InvitationState.TAKEN_BACK, now)
        record("partner.invitation_taken_back", None, invitation, expired=True)
    for invitation in queries_invitations.to_forget(now):
        invitation.mail = invitation.words = invitation.reason = ""
    for link in queries_invitations.links_to_forget(now):
        link.mail = ""
    db.session.execute(sa.delete(Letter).where(
        Letter.key.startswith(queries_invitations.PREFIX), Letter.state.in_((LetterState.SENT, LetterState.FAILED)),
        Letter.written_at < now - rules_links.KEPT))
