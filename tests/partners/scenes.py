"""One of each thing that has an address of its own between a project and its partner."""

from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from flask import current_app

from incubator.documents import store as files
from incubator.documents.models import Document, DocumentKind, DocumentState
from incubator.foundation import clock, links
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.partners import operations, rules, rules_links
from incubator.partners.models import Partnership, Pledge, PledgeKind
from incubator.partners.models_invitation import InvitationState, PartnerInvitation, PartnerLink, PledgeProof
from incubator.projects.models import Project
from tests.builders import Builders
from tests.payments import receipts


def invitation(project: Any, organisation: Any, by: Any, **fields: Any) -> PartnerInvitation:
    row = PartnerInvitation(**({
        "project_id": project.id, "organisation_id": organisation.id, "mail": "asked@example.org",
        "roles": ["room_giver"], "words": "Kommen Sie dazu?", "language": "de", "salt": "i" * 32,
        "asked_by_id": by.id, "asked_at": clock.now(),
    } | fields))
    with transaction():
        db.session.add(row)
    return row


def link(organisation: Any, **fields: Any) -> PartnerLink:
    """A link that opens what the organisation takes part in today: it was asked for each by this address."""
    row = PartnerLink(**({"organisation_id": organisation.id, "mail": "partner@example.org", "language": "de",
                          "salt": "l" * 32, "made_at": clock.now()} | fields))
    with transaction():
        db.session.add(row)
    for project in db.session.scalars(sa.select(Project).join(Partnership).where(
            Partnership.organisation_id == organisation.id)).all():
        invitation(project, organisation, project.leads[0], mail=row.mail, state=InvitationState.ACCEPTED,
                   answered_at=clock.now())
    return row


def token(row: PartnerInvitation | PartnerLink) -> str:
    kind = rules_links.INVITED if isinstance(row, PartnerInvitation) else rules_links.MINE
    return links.token(current_app.config["SECRET_KEY"], kind, row.id, row.salt)


def one_of_each(world: SimpleNamespace, make: Builders) -> SimpleNamespace:
    """Add an invitation, the partner's link, an offer of the partner, a proof with its photo, and an agreement."""
    project, lead = world.project, world.people["lead"]
    asked = invitation(project, make.organisation(will_carry=False), lead)
    own = link(world.organisation)
    kept = make.pledge(project, world.organisation, state="confirmed", quantity=12)
    paper = receipts.paper(project, lead, 900)
    now = clock.now()
    agreement = Document(
        project_id=project.id, kind=DocumentKind.COOPERATION_AGREEMENT, about_type="partnership",
        about_id=world.partnership.id, language="de", content={}, content_hash="c" * 64, state=DocumentState.READY,
        key=files.new_key(), sha256="c" * 64, size_bytes=4, pages=1, asked_at=now, made_at=now, due_at=now)
    files.write(agreement.key or "", b"%PDF")
    with transaction():
        paper.waiting_since = None
        db.session.add_all([agreement, PledgeProof(
            pledge_id=kept.id, text="Zwei Abende im Mai.", language="de", quantity=2, paper_id=paper.id,
            written_by_id=lead.id, written_at=now)])
    offer = _offer(world, make)
    return SimpleNamespace(invitation=asked, link=own, kept=kept, paper=paper, agreement=agreement, offer=offer,
                           tokens={"invitation": token(asked), "mine": token(own)})


def _offer(world: SimpleNamespace, make: Builders) -> Pledge:
    """What the partner offers itself; where nothing can be offered any more, its row alone."""
    if not rules.is_open(world.project):
        return make.pledge(world.project, world.organisation)
    with transaction():
        return operations.pledge(world.project, world.organisation, world.people["partner"], kind=PledgeKind.MATERIAL,
                                 description="Töpfe und Pfannen", quantity=20, unit="Stück", from_partner=True)


def parts(endpoint: str, world: SimpleNamespace) -> dict[str, Any]:
    """Return what stands in the addresses of this room."""
    here, name = world.partnering, endpoint.partition(".")[2]
    pledge = {"answer_offer": here.offer, "outcome": here.kept}.get(name, world.pledge)
    return {"token": here.tokens.get(name, here.tokens["mine"]), "invitation_id": here.invitation.id,
            "link_id": here.link.id, "paper_key": here.paper.key, "pledge_id": pledge.id}
