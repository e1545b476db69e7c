"""One small world in which everybody and everything occurs once, for tests over every address."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from flask import current_app

from incubator.accounts.models import SignIn, Ticket, TicketKind
from incubator.budgets.models import Plan
from incubator.budgets.models_change import Change, ChangeKind, ChangeState
from incubator.budgets.rules_change import UNDER_WAY
from incubator.documents import store as papers
from incubator.documents.models import Document, DocumentKind, DocumentState
from incubator.follow.models import Follower, Following, Topic
from incubator.follow.rules import token
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.media import store
from incubator.mentoring.models import AgreedStep
from incubator.organisations.models import Affiliation
from incubator.payments.models_receipts import Receipt, ReceiptPaper
from incubator.payments.rules_receipts import ENTERING
from incubator.programme.models import RoundChange, RoundFact
from incubator.projects.models import Part, Participation, SecondSignature, TeamInvitation
from tests.boards import tables as boards
from tests.builders import Builders, picture
from tests.closing.ends import bring_to_the_end
from tests.dialogue.attending import one_of_each as one_of_each_sign_up
from tests.dialogue.giving import everybodys_idea, token_of
from tests.fediverse import rows as fediverse
from tests.hooks import rows as hooks
from tests.house.short_names import slug_of
from tests.interchange import rows as interchange
from tests.letters import unsent as letters
from tests.mentoring import rows as mentoring
from tests.opendata import shelf as opendata
from tests.partners import scenes as partners
from tests.payments import receipts, requests
from tests.privacy import copies as rights
from tests.projects import papers as proposals
from tests.questions.messages import one_of_each
from tests.selection import world as selection


def build(make: Builders, status: str = "active") -> SimpleNamespace:
    """Return the world: `people` by what they are, and one of every thing that has an address."""
    people = {
        "lead": make.person("lead"), "other lead": make.person("lead"), "member": make.person("lead"),
        "mentor": make.person("mentor"), "other mentor": make.person("mentor"),
        "coordinator": make.person("coordinator"), "administrator": make.person("administrator"),
        "auditor": make.person("auditor"), "moderator": make.person("moderator"), "partner": make.person("partner"),
        "signed in": make.person(), "deputy": make.person(),
    }
    project = make.project(status=status, lead=people["lead"], mentor=people["mentor"], members=(people["member"],))
    make.project(status=status, lead=people["other lead"], mentor=None)
    partner = make.organisation(contact=people["partner"], will_carry=False)
    world = SimpleNamespace(people=people, project=project, round=project.round, organisation=partner)
    world.spare, world.panel, world.passkey = make.person(), selection.build(make, people), make.passkey(people["lead"])
    world.key = make.key(people["lead"])
    award, waiting = make.award(project), make.plan(project, state="submitted")
    world.milestone = make.milestone(project)
    renew(world, make)
    world.assignment = make.assignment(project, people["other mentor"])
    mentoring.add_to(world, make)
    world.partnership = make.partnership(project, partner)
    world.pledge = make.pledge(project, partner)
    world.partnering = partners.one_of_each(world, make)
    _add_dialogue(world, make)
    _add_the_rest(world)
    _add_changes(world, award.plan, waiting, ChangeState.ASKED if status == "active" else ChangeState.WITHDRAWN)
    _add_money(world)
    _add_proposal_papers(world)
    _add_follower(world)
    hooks.add_to(world)
    interchange.add_to(world)
    world.edition, world.rights = opendata.one_edition(), rights.one_of_each(people["lead"], world.spare)
    bring_to_the_end(project, status, world.spare)
    return world


def _add_dialogue(world: SimpleNamespace, make: Builders) -> None:
    """A need, a workshop that has begun, and an idea that everybody may read."""
    project = world.project
    world.evidence = make.evidence(theme_id=project.theme_id)
    world.workshop = make.workshop(round=world.round, state="planned", starts_at=clock.now() - timedelta(hours=2))
    world.idea = everybodys_idea(world, make)
    world.attendance = one_of_each_sign_up(make, world.round)
    boards.add_to(world, make)


def renew(world: SimpleNamespace, make: Builders) -> None:
    """Make anew what a sent form takes away."""
    boards.renew(world, make)
    world.photo = make.photo(world.project)
    for small in (False, True):
        path = store.place(world.photo.key, small=small)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(picture(64, 48))
    world.update = make.update(world.project, photos=(world.photo,))
    world.messages = one_of_each(world.project)
    world.proposed = make.update(world.project, state="proposed")
    fediverse.renew(world)


def _add_the_rest(world: SimpleNamespace) -> None:
    now, lead, later = clock.now(), world.people["lead"], clock.now() + timedelta(days=7)
    world.step = AgreedStep(session_id=world.session.id, what="Angebot einholen", due_on=date(2026, 8, 1))
    world.ticket = Ticket(kind=TicketKind.INVITATION, token_hash="0" * 64, mail="new@example.org", roles=[],
                          made_at=now, expires_at=later)
    world.sign_in = SignIn(token_hash="1" * 64, person_id=lead.id, created_at=now, seen_at=now, expires_at=later)
    world.fact = RoundFact(round_id=world.round.id, text="Der Rat beschließt die Runde.", source="Ratsinformation")
    world.change = RoundChange(round_id=world.round.id, changes={"fund_cents": 50_000_00}, proposed_at=now,
                               proposed_by_id=world.spare.id)
    world.signature = SecondSignature(project_id=world.project.id, action="revoke", reason="Anlass",
                                      proposed_by_id=world.spare.id, proposed_at=now)
    world.invitation = TeamInvitation(project_id=world.project.id, mail="team@example.org", invited_by_id=lead.id,
                                      invited_at=now)
    world.document = Document(
        project_id=world.project.id, kind=DocumentKind.AWARD_NOTICE, language="de", content={}, content_hash="0" * 64,
        state=DocumentState.READY, key=papers.new_key(), sha256="0" * 64, size_bytes=4, pages=1, asked_at=now,
        made_at=now, due_at=now)
    papers.write(world.document.key, b"%PDF")
    world.letter = letters.refused()
    with transaction():
        db.session.add_all([world.step, world.ticket, world.sign_in, world.fact, world.change, world.signature,
                            world.invitation, world.letter, world.document])
    world.participation = db.session.scalar(sa.select(Participation).where(
        Participation.project_id == world.project.id, Participation.kind == Part.MEMBER))
    world.affiliation = db.session.scalar(sa.select(Affiliation))


def _add_changes(world: SimpleNamespace, plan: Plan, waiting: Plan, state: ChangeState) -> None:
    """A request for time, another budget that waits while the project is under way, and a deputy."""
    now, lead, project_id = clock.now(), world.people["lead"], world.project.id
    asked = {"project_id": project_id, "reason": "Der Saal ist später frei.", "asked_by_id": lead.id, "asked_at": now}
    world.request_of_change = Change(
        kind=ChangeKind.PERIOD, old_until=date(2026, 12, 31), new_until=date(2027, 1, 31), **asked)
    world.deputy = Participation(project_id=project_id, person_id=world.people["deputy"].id, kind=Part.DEPUTY,
                                 since=date(2026, 2, 1))
    rows: list[Any] = [world.request_of_change, world.deputy]
    if world.project.status in UNDER_WAY:
        world.change_of_budget = Change(kind=ChangeKind.SHIFT, state=state, plan_id=plan.id, new_plan_id=waiting.id,
                                        **asked)
        rows.append(world.change_of_budget)
    with transaction():
        db.session.add_all(rows)


def _add_money(world: SimpleNamespace) -> None:
    world.requests, world.order = requests.build(world.project, world.people)
    world.request = world.requests["ordered"]
    _add_receipt(world)


def _add_proposal_papers(world: SimpleNamespace) -> None:
    """A file of the proposal, and a question to an organisation whether it carries the project."""
    world.attachment = proposals.file(world.project)
    world.carrier_request = proposals.asked(world.project, world.organisation)


def _add_receipt(world: SimpleNamespace) -> None:
    """A receipt with its paper; where none can be entered any more, as its rows alone."""
    project, lead = world.project, world.people["lead"]
    if project.status in ENTERING:
        offer = receipts.paper(project, lead, 200)
        world.receipt = receipts.enter(project, lead, amount_cents=200_00, offers=[offer])
        world.paper = world.receipt.papers[0].paper
        return
    world.paper = receipts.paper(project, lead)
    known = receipts.facts(project)
    with transaction():
        world.receipt = Receipt(project_id=project.id, entered_by_id=lead.id, entered_at=clock.now(), **known)
        world.receipt.papers = [ReceiptPaper(paper_id=world.paper.id)]
        db.session.add(world.receipt)


def _add_follower(world: SimpleNamespace) -> None:
    """Somebody who follows the project and has asked for the whole programme, and the links in their letters."""
    now, mail = clock.now(), "follower@example.org"
    world.follower = Follower(mail=mail, language="de", salt="0" * 32, asked_at=now, confirmed_at=now, told_until=now)
    with transaction():
        db.session.add(world.follower)
        db.session.flush()
        known = {"follower_id": world.follower.id, "asked_at": now}
        world.wish = Following(kind=Topic.PROGRAMME, **known)
        followed = Following(kind=Topic.PROJECT, target_id=world.project.id, confirmed_at=now, **known)
        db.session.add_all([world.wish, followed])
    secret, salt = current_app.config["SECRET_KEY"], world.follower.salt
    numbers = {"confirm": world.wish.id, "manage": world.follower.id}
    world.links = {kind: token(secret, kind, number, salt) for kind, number in numbers.items()}


def parts(world: SimpleNamespace) -> dict[str, Any]:
    """Return what stands in addresses, by the name of the part; a row's number is known without reading the row."""
    rows = {
        "project_id": world.project, "round_id": world.round, "organisation_id": world.organisation,
        "milestone_id": world.milestone, "assignment_id": world.assignment, "pledge_id": world.pledge,
        "partnership_id": world.partnership, "update_id": world.update, "step_id": world.step, "person_id": world.spare,
        "ticket_id": world.ticket, "sign_in_id": world.sign_in, "fact_id": world.fact, "change_id": world.change,
        "signature_id": world.signature, "invitation_id": world.invitation, "participation_id": world.participation,
        "affiliation_id": world.affiliation, "request_id": world.request, "order_id": world.order, "key_id": world.key,
        "district_id": world.project.district, "letter_id": world.letter, "document_id": world.document,
        "evidence_id": world.evidence, "workshop_id": world.workshop, "idea_id": world.idea, "hook_id": world.hook,
        "signup_id": world.attendance.coming, "receipt_id": world.receipt, "attachment_id": world.attachment,
        "passkey_id": world.passkey, "post_id": world.post, "message_id": world.messages["waiting"],
        "barrier_id": world.messages["barrier"],
    }
    return {name: sa.inspect(row).identity[0] for name, row in rows.items()} | {
        "kind": DocumentKind.AWARD_NOTICE.value, "subject": "all", "syntax": "ttl", "form": "atom", "page": "home",
        "paper_key": world.paper.key, "thing_key": f"project-{world.project.id}", "token": "no-such-token", "number": 1,
        "public_id": world.spare.public_id, "name": "projects.csv", "code": "ar", "key": world.photo.key, "part": "mp4",
        "role": "lead", "step": "idea", "filename": "css/app.css", "language": "de", "photo_key": world.photo.key,
    } | fediverse.parts(world) | world.rights


def own_parts(endpoint: str, world: SimpleNamespace) -> dict[str, Any]:
    """Return parts that mean another thing in some rooms."""
    if endpoint.startswith("follow."):
        return {"token": world.links["confirm" if endpoint == "follow.confirm" else "manage"]}
    if endpoint.startswith("signups.") or endpoint == "dialogue.enter_sign_up":
        return world.attendance.parts(endpoint)
    if endpoint == "mine.show":
        return {"token": token_of(world.idea)}
    if endpoint in ("milestones.review_update", "milestones.change_update"):
        return {"update_id": world.proposed.id}
    if endpoint.startswith(("partners.", "partner_page.", "cooperation.")):
        return partners.parts(endpoint, world)
    if endpoint.startswith("questions."):
        kind = {"accept": "offer", "decline": "offer", "correct": "public", "withdraw": "public"}
        return {"message_id": world.messages[kind.get(endpoint.partition(".")[2], "question")].id}
    if endpoint in ("projects.answer_carrier", "projects.end_carrying", "projects.take_back_question"):
        return {"request_id": world.carrier_request.id}
    if endpoint.startswith("mentoring."):
        return mentoring.own_parts(endpoint, world)
    if endpoint == "budgets.end_deputy":
        return {"participation_id": world.deputy.id}
    if endpoint in ("budgets.review_change", "budgets.refuse_change"):
        return {"change_id": getattr(world, "change_of_budget", world.request_of_change).id}
    return {"change_id": world.request_of_change.id} if endpoint.startswith("budgets.") else {}


def address(rule: Any, world: SimpleNamespace) -> str:
    """Fill an address with the world's things; a part nobody has thought of is a KeyError."""
    known = parts(world) | own_parts(rule.endpoint, world) | selection.parts(rule.endpoint, world.panel)
    known |= boards.parts(rule.endpoint, world)
    known |= ({"slug": slug_of(rule.endpoint, world)} if "slug" in rule.arguments else {})
    return str(rule.build({name: known[name] for name in rule.arguments})[1])
