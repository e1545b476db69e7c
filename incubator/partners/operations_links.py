"""The link under which a partner finds its own page: made, sent again, ended. It is never said who has one."""

import secrets

from incubator.accounts.operations_sign_in import count_try
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.journal import record
from incubator.organisations.models import Organisation
from incubator.partners import queries_invitations as queries
from incubator.partners.models_invitation import PartnerLink


def make(organisation: Organisation, mail: str, language: str, by) -> PartnerLink:
    """Return the link of an organisation and a mail address; there is one, however often it takes part."""
    hold(organisation)
    link = queries.link_with(organisation.id, mail)
    if link is None:
        link = PartnerLink(organisation=organisation, mail=mail, language=language, salt=secrets.token_hex(16),
                           made_by_id=getattr(by, "id", None), made_at=clock.now())
        db.session.add(link)
        db.session.flush()
        record("partner.link_made", by, link, organisation=organisation.id)
    return link


def send_again(mail: str, network: str) -> None:
    """Ask for the letters with somebody's links; the same happens whether the address is known or not."""
    mail = mail.strip().lower()
    count_try("partner to", mail)
    count_try("partner from", network)
    for link in queries.links_of(mail):
        record("partner.link_wanted", None, link)


def note_use(link: PartnerLink) -> None:
    """Write down that a link was used, for the office, which ends those nobody needs; the day is enough."""
    today = clock.today()
    if link.used_at is None or link.used_at.astimezone(clock.CITY).date() != today:
        link.used_at = clock.now()


def end(link: PartnerLink, by) -> None:
    """Let a link open nothing any more, from this moment on."""
    hold(link)
    if link.ended_at is None:
        link.ended_at = clock.now()
        record("partner.link_ended", by, link, organisation=link.organisation_id)
