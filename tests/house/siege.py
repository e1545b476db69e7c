"""A world with everything in it that can be put back as it was within milliseconds, and visitors who do not tire."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import flask
import sqlalchemy as sa

from incubator.accounts.models import Ticket, TicketKind
from incubator.accounts.queries import token_hash
from incubator.budgets.models import Award
from incubator.dialogue.models import IdeaState
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.milestones.models import MilestoneStatus, UpdateState
from incubator.payments import operations_receipts
from incubator.payments.models import Account
from incubator.payments.models_requests import OPEN_REQUESTS, FundsRequest, RequestState
from incubator.programme.models import RoundState
from incubator.projects.forms import STEPS
from incubator.projects.lifecycle import Action, Status
from incubator.projects.models_proposal import CarrierAnswer
from tests.builders import Builders
from tests.house.matrix import ACTS, ALLOWED, ENDPOINTS, HIDDEN, rows
from tests.house.world import address, build
from tests.payments import receipts
from tests.visitors import Answer, Visitor

# where the forms of an address are drawn, if not while a project is under way
HOMES = {
    "draft": ("projects.edit", "projects.submit", "projects.ask_carrier", "projects.attachments",
              "projects.remove_attachment"),
    "draft, left lying": ("projects.free_idea",),
    "submitted": ("projects.return_for_changes", "projects.declare_ineligible", "projects.carrier_agreement",
                  "mentoring.propose", "mentoring.admit", "projects.withdraw", "projects.answer_carrier",
                  "projects.take_back_question", "projects.save_check", "projects.ask_translation"),
    "mentoring": ("budgets.edit", "budgets.submit", "budgets.ask_early_start", "mentoring.answer", "mentoring.end",
                  "mentoring.log", "projects.end_carrying", "projects.translation", "projects.take_back_translation",
                  "milestones.plan", "milestones.edit", "milestones.plan_step"),
    "budget_review": ("budgets.review", "budgets.return_plan", "budgets.declare_conflict"),
    "budget_approved": ("budgets.decide", "budgets.waitlist", "budgets.reject"),
    "awarded": ("projects.start", "projects.revoke", "budgets.shift", "budgets.ask_budget", "budgets.ask_time"),
    "suspended": ("projects.resume", "milestones.review", "milestones.review_update", "payments.check",
                  "payments.receipt_conflict"),
    "reporting": ("closing.report", "closing.preview"),
    "report_submitted": ("closing.return_report", "closing.declare_conflict"),
    "report_submitted, signed": ("closing.check", "closing.drop_signature"),
    "recovery": ("closing.settle", "closing.waive"),
    "completed": ("projects.archive_round",),
    "lapsed": ("programme.open_round", "programme.edit_round"),  # later two people change what is about money
    "active": (),
}
HOME_OF = {endpoint: status for status, endpoints in HOMES.items() for endpoint in endpoints}
ROUNDS = {"lapsed": RoundState.DRAFT, "completed": RoundState.CLOSED}
TOKENS = {"accounts.use_link": TicketKind.SIGN_IN, "accounts.new_password": TicketKind.RESET,
          "accounts.invitation": TicketKind.INVITATION, "accounts.confirm_mail": TicketKind.MAIL}
REQUESTS = {"payments.sign": "asked", "payments.refuse": "asked", "payments.declare_conflict": "asked",
            "payments.withdraw": "asked", "payments.pay": "confirmed", "payments.correct": "paid"}
RECEIPTS = {"payments.answer_receipt": "asked_back", "payments.reopen_receipt": "accepted"}
BY_ACT, BY_ENDPOINT = rows(ACTS), rows(ENDPOINTS)


def world_in(home: str, make: Builders) -> SimpleNamespace:
    """Build the world at one status, with what that status needs to draw its forms."""
    status, _, more = home.partition(", ")
    world = build(make, status)
    project, now = world.project, clock.now()
    if status == "budget_approved":
        with transaction():
            db.session.execute(sa.delete(Award).where(Award.project_id == project.id))
    if status in ("budget_approved", "mentoring"):
        make.plan(project, state="approved" if status == "budget_approved" else "draft")
    make.person("mentor")
    _go_on_with_proposal(world, status)
    if status == "active":
        _look_at_receipts(world)
    with transaction():
        world.round.state = ROUNDS.get(status, RoundState.OPEN)
        world.milestone.due_on = world.milestone.forecast_on = date(2026, 8, 1)
        if more == "signed":  # by one; nothing is on its way to the bank any more
            world.signature.action = Action.ACCEPT_REPORT.value
            db.session.execute(sa.update(FundsRequest).where(FundsRequest.state.in_(OPEN_REQUESTS)).values(
                state=RequestState.WITHDRAWN))
            db.session.execute(sa.update(Account).values(requested_cents=0))
        if status == "suspended":
            world.milestone.status, world.milestone.actual_on = MilestoneStatus.REPORTED, clock.today()
            world.milestone.evidence, world.milestone.reported_at = "Zwanzig waren da.", now
            world.update.milestone_id, world.update.state = world.milestone.id, UpdateState.DRAFT
        db.session.add_all([Ticket(
            kind=kind, token_hash=token_hash(f"open-{kind.value}"), mail="new.one@example.org", roles=[], made_at=now,
            person_id=None if kind is TicketKind.INVITATION else world.people["lead"].id,
            expires_at=now + timedelta(days=7),
        ) for kind in TOKENS.values()])
    if more == "left lying":
        _leave_lying(world)
    return world


def _leave_lying(world: SimpleNamespace) -> None:
    """The draft grew from an idea, and for a month nobody does anything about it."""
    with transaction():
        world.project.idea, world.idea.state = world.idea, IdeaState.PROMOTED
    clock.set(clock.today() + timedelta(days=31))


def _go_on_with_proposal(world: SimpleNamespace, status: str) -> None:
    """Nobody is asked to carry a draft, a carrier has agreed in mentoring; what is checked is in another language."""
    project, round_, now = world.project, world.round, clock.now()
    states = {"draft": CarrierAnswer.TAKEN_BACK, "mentoring": CarrierAnswer.ACCEPTED}
    with transaction():
        if status in states:
            world.carrier_request.state, world.carrier_request.answered_at = states[status], now
        if status in ("submitted", "mentoring"):
            project.language, round_.asks_translation = "en", True
        if status == "submitted":
            round_.check_points = ["Träger: Zusage liegt vor", "Die Kosten sind plausibel"]
        if status == "mentoring":
            project.translation_asked_on, project.translation_due_on = clock.today(), clock.today()


def _look_at_receipts(world: SimpleNamespace) -> None:
    """Begin to check: one receipt has a question, one is accepted, the world's own is still to be looked at."""
    mentor, done = world.people["mentor"], receipts.act
    done(operations_receipts.begin_check, world.project, mentor, True)
    asked, accepted = (receipts.enter(world.project, scanned=number, amount_cents=10_00) for number in (201, 202))
    done(operations_receipts.ask_back, asked, mentor, "Wofür war das?")
    done(operations_receipts.accept, accepted, mentor)
    world.receipts = {"asked_back": asked, "accepted": accepted}


def paths_of(rule: Any, world: SimpleNamespace) -> list[str]:
    """Fill an address; letters' tokens are those of letters nobody has opened, and a proposal has several steps."""
    path = address(rule, world)
    if rule.endpoint in TOKENS:
        path = path.replace("no-such-token", f"open-{TOKENS[rule.endpoint].value}")
    if rule.endpoint in RECEIPTS and world.project.status is Status.ACTIVE:
        other = world.receipts[RECEIPTS[rule.endpoint]]
        path = path.replace(f"/receipts/{world.receipt.id}/", f"/receipts/{other.id}/")
    if rule.endpoint in REQUESTS:
        other = world.requests[REQUESTS[rule.endpoint]]
        path = path.replace(f"/requests/{world.request.id}/", f"/requests/{other.id}/")
    return [path.replace("/idea", f"/{step}") for step in STEPS] if path.endswith("/proposal/idea") else [path]


def allowed(app: flask.Flask, endpoint: str) -> list[str]:
    """Return who may open an address; strangers first where everybody may, and who may know it where nothing is."""
    view = app.view_functions[endpoint]
    if not hasattr(view, "act"):
        return ["stranger"]
    table = BY_ENDPOINT.get(endpoint, BY_ACT[view.act])
    return next(filter(None, ([name for name, each in table.items() if each == sign] for sign in (ALLOWED, HIDDEN))))


class Siege:
    """Visitors at a world that is put back after each thing that was accepted."""

    def __init__(self, app: flask.Flask, world: SimpleNamespace, folder: Path) -> None:
        self.app, self.world, self.copy = app, world, folder / "kept.db"
        self.visitors = {name: Visitor(app, person) for name, person in
                         {"stranger": None, **world.people}.items()}
        self.kept: dict[str, dict[str, Any]] = {}
        for name, visitor in self.visitors.items():
            with app.app_context(), visitor.client.session_transaction() as session:
                self.kept[name] = dict(session)
        self.file = Path(db.engine.url.database or "")
        with db.engine.connect() as line:
            line.exec_driver_sql("COMMIT")
            line.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self._close()
        shutil.copy(self.file, self.copy)

    def _close(self) -> None:
        db.session.rollback()
        db.engine.dispose()

    def put_back(self) -> None:
        self._close()
        for old in self.file.parent.glob(f"{self.file.name}-*"):
            old.unlink()
        shutil.copy(self.copy, self.file)
        db.session.expire_all()

    def as_(self, name: str) -> Visitor:
        """Return a visitor who is signed in as at first."""
        visitor = self.visitors[name]
        with self.app.app_context(), visitor.client.session_transaction() as session:
            session.clear()
            session.update(self.kept[name])
        return visitor


def entries() -> int:
    """Count what the journal holds."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(Entry)) or 0


def send(visitor: Visitor, method: str, path: str, **options: Any) -> Answer | str:
    """Return the answer, or what broke as one line."""
    try:
        return visitor.get(path, **options) if method == "GET" else visitor.post(path, **options)
    except Exception as broken:
        db.session.rollback()
        return f"{type(broken).__name__}: {' '.join(str(broken).split())[:200]}"


def is_by_key(view: Any) -> bool:
    return hasattr(view, "is_by_key")


def places(app: flask.Flask, method: str, without: str = "") -> Iterator[Any]:
    """Yield every rule that answers to a method, leaving out those that answer to another.

    What programs open with a key knows no sign-in; it is tried in the room of programs.
    """
    for rule in app.url_map.iter_rules():
        methods, view = rule.methods or set(), app.view_functions[rule.endpoint]
        if method in methods and without not in methods and rule.endpoint != "static" and not is_by_key(view):
            yield rule
