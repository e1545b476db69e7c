"""Rows for tests, complete and stored: `make.project(status="mentoring")`. Every builder takes keywords and commits."""

import hashlib
import io
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from PIL import Image

from incubator.accounts.models import Person, PublicName, Role, RoleGrant
from incubator.budgets.models import Award, CostKind, CostLine, FinancingKind, FinancingLine, Plan, PlanState
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.media.models import Photo
from incubator.mentoring.models import Assignment, AssignmentState, Session, SessionKind, SessionMode
from incubator.milestones.models import Milestone, MilestoneStatus, Update, UpdateState
from incubator.organisations.models import Affiliation, AffiliationRole, LegalForm, Organisation
from incubator.partners.models import PartnerRole, Partnership, Pledge, PledgeKind, PledgeState
from incubator.programme.models import District, Round, RoundState, Theme
from incubator.projects.lifecycle import PUBLIC, Status
from incubator.projects.models import Part, Participation, Project
from tests.builders_dialogue import DialogueBuilders

AUTO: Any = object()
NAMES = ("Amal Haddad", "Benno Kramer", "Chioma Okafor", "Derya Yıldız", "Elif Aydın", "Farid Rahimi", "Greta Lühn",
         "Halyna Koval", "Ines Peters", "Jamal Saleh")
BEFORE_MENTORING = {Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.LAPSED, Status.INELIGIBLE, Status.WITHDRAWN}


class Builders(DialogueBuilders):
    """One set per test; what is not given is made, and rounds, themes and districts are made once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._round: Round | None = None

    def _next(self, kind: str) -> int:
        self._numbers[kind] = self._numbers.get(kind, 0) + 1
        return self._numbers[kind]

    def _keep(self, row: Any) -> Any:
        with transaction():
            db.session.add(row)
        return row

    def person(self, *roles: str, name: str | None = None, **fields: Any) -> Person:
        number = self._next("person")
        given, _, family = (name or NAMES[number % len(NAMES)]).partition(" ")
        defaults = {"mail": f"person{number}@example.org", "given_name": given, "family_name": family, "language": "de",
                    "public_name_choice": PublicName.FULL, "joined_at": clock.now()}
        person = Person(**(defaults | fields))
        with transaction():
            db.session.add(person)
            db.session.flush()
            for role in roles:
                db.session.add(RoleGrant(person_id=person.id, role=Role(role), granted_at=clock.now()))
        return person

    def round(self, **settings: Any) -> Round:
        number = self._next("round")
        defaults = {
            "name": f"Runde {number}", "slug": f"runde-{number}", "state": RoundState.OPEN, "fund_cents": 40_000_00,
            "ideas_from": date(2026, 1, 1), "ideas_until": date(2026, 3, 31), "proposals_until": date(2026, 4, 30),
            "period_from": date(2026, 1, 1), "period_until": date(2027, 6, 30), "reports_due_on": date(2027, 12, 31),
        }
        made: Round = self._keep(Round(**(defaults | settings)))
        self._round = self._round or made
        return made

    def organisation(self, *, contact: Person | None = None, **fields: Any) -> Organisation:
        number = self._next("organisation")
        defaults = {"name": f"Verein {number} e.V.", "slug": f"verein-{number}", "legal_form": LegalForm.ASSOCIATION,
                    "will_carry": True}
        organisation: Organisation = self._keep(Organisation(**(defaults | fields)))
        if contact is not None:
            self.affiliation(contact, organisation, "contact")
        return organisation

    def affiliation(self, person: Person, organisation: Organisation, role: str = "board") -> Affiliation:
        return self._keep(Affiliation(person_id=person.id, organisation_id=organisation.id, role=AffiliationRole(role)))

    def theme(self, **fields: Any) -> Theme:
        number = self._next("theme")
        defaults = {"key": f"T{number}", "slug": f"thema-{number}", "position": number,
                    "names": {"de": f"Thema {number}", "en": f"Theme {number}", "ar": f"موضوع {number}"}}
        return self._keep(Theme(**(defaults | fields)))

    def district(self, **fields: Any) -> District:
        number = self._next("district")
        defaults = {"number": f"{number:02}", "slug": f"stadtteil-{number}", "name": f"Stadtteil {number}",
                    "inhabitants": 5000, "tile_column": number % 6, "tile_row": number // 6}
        return self._keep(District(**(defaults | fields)))

    def project(
        self, status: str = "draft", *, lead: Person | None = None, mentor: Any = AUTO, carrier: Any = AUTO,
        round: Round | None = None, members: tuple[Person, ...] = (), **fields: Any,
    ) -> Project:
        """A project with everything its status asks for, except plan, award and milestones: make those beside it.

        From mentoring on it has a mentor; `mentor=None` leaves them out, `carrier=None` the carrier.
        """
        number, state = self._next("project"), Status(status)
        lead = lead or self.person("lead")
        if mentor is AUTO:
            mentor = None if state in BEFORE_MENTORING else self.person("mentor")
        if carrier is AUTO:
            carrier = self.organisation()
        round = round or self._round or self.round()
        defaults = self._proposal(number, state) | _facts(state, number) | {
            "round_id": round.id, "carrier_id": carrier.id if carrier else None,
        }
        project = Project(**(defaults | fields))
        with transaction():
            db.session.add(project)
            db.session.flush()
            parts = [(lead, Part.LEAD), *((each, Part.MEMBER) for each in members)]
            for person, kind in [*parts, *([(mentor, Part.MENTOR)] if mentor else [])]:
                db.session.add(Participation(project_id=project.id, person_id=person.id, kind=kind,
                                             since=date(2026, 1, 15)))
            if mentor:
                db.session.add(Assignment(
                    project_id=project.id, person_id=mentor.id, state=AssignmentState.ACCEPTED,
                    proposed_by_id=lead.id, proposed_at=clock.now(), answered_at=clock.now()))
        return project

    def _proposal(self, number: int, state: Status) -> dict[str, Any]:
        theme = db.session.scalar(sa.select(Theme).limit(1)) or self.theme()
        district = db.session.scalar(sa.select(District).limit(1)) or self.district()
        return {
            "slug": f"projekt-{number}", "title": f"Projekt {number}", "language": "de", "status": state,
            "status_since": clock.now(), "created_at": clock.now() - timedelta(days=60), "theme_id": theme.id,
            "district_id": district.id, "summary": "Nachbarinnen und Nachbarn kochen zusammen.",
            "need": "Viele kennen sich im Haus nicht.", "activities": "Einmal in der Woche wird gekocht.",
            "audience": "Alle im Stadtteil", "outcome": "Dreißig Menschen kennen sich beim Namen.",
            "group_name": "Kochgruppe", "asked_cents": 5_000_00,
        }

    def plan(self, project: Project, *, grant: int = 5_000_00, own: int | None = None, state: str = "draft",
             editor: Person | None = None, **fields: Any) -> Plan:
        """A balanced plan: the grant and a ninth of it as own money pay for fees and material."""
        own, fees = grant // 9 + 1 if own is None else own, grant // 2
        number = 1 + (db.session.scalar(sa.select(sa.func.max(Plan.number)).where(Plan.project_id == project.id)) or 0)
        sent = PlanState(state) is not PlanState.DRAFT
        defaults = {
            "project_id": project.id, "number": number, "state": PlanState(state), "created_at": clock.now(),
            "submitted_at": clock.now() if sent else None, "approved_at": clock.now() if state == "approved" else None,
            "content_hash": hashlib.sha256(f"{project.id}/{number}".encode()).hexdigest() if sent else None,
            "return_reason": "Bitte die Miete begründen." if state == "returned" else "",
        }
        plan = Plan(**(defaults | fields))
        plan.costs = [CostLine(kind=CostKind.FEES, purpose="Kursleitung", amount_cents=fees, position=0),
                      CostLine(kind=CostKind.MATERIAL, purpose="Zutaten", amount_cents=grant + own - fees, position=1)]
        plan.financing = [FinancingLine(kind=FinancingKind.GRANT, amount_cents=grant, position=0),
                          FinancingLine(kind=FinancingKind.OWN_FUNDS, amount_cents=own, position=1)]
        return self._keep(plan)

    def award(self, project: Project, *, grant: int = 5_000_00, by: Person | None = None) -> Award:
        """An approved plan and the award on it, counted in the round's fund."""
        by, plan = by or self.person("coordinator"), self.plan(project, grant=grant, state="approved")
        with transaction():
            award = Award(project_id=project.id, plan_id=plan.id, amount_cents=grant, recorded_by_id=by.id,
                          recorded_at=clock.now())
            project.round.awarded_cents += grant
            db.session.add(award)
        return award

    def milestone(self, project: Project, *, status: str = "planned", **fields: Any) -> Milestone:
        number, state = self._next("milestone"), MilestoneStatus(status)
        due = fields.pop("due_on", date(2026, 5, 1))
        defaults: dict[str, Any] = {"project_id": project.id, "title": f"Meilenstein {number}", "status": state,
                                    "due_on": due, "forecast_on": due}
        if status in ("reported", "accepted", "returned"):
            defaults |= {"actual_on": clock.today(), "evidence": "Zwanzig waren da.", "reported_at": clock.now()}
        if status == "accepted":
            defaults |= {"accepted_at": clock.now()}
        if status in ("returned", "cancelled"):
            defaults |= {"return_reason": "Bitte Fotos."} if status == "returned" else {"cancel_reason": "Fällt aus."}
        return self._keep(Milestone(**(defaults | fields)))

    def update(
        self, project: Project, *, state: str = "published", by: Person | None = None,
        milestone: Milestone | None = None, photos: tuple[Photo, ...] = (), **fields: Any,
    ) -> Update:
        number, writer = self._next("update"), by or project.leads[0]
        defaults = {"project_id": project.id, "title": f"Neuigkeit {number}", "text": "Es geht voran.",
                    "language": "de", "state": UpdateState(state), "written_by_id": writer.id, "photos": list(photos),
                    "written_at": clock.now(), "milestone_id": milestone.id if milestone else None,
                    "published_at": clock.now() if state in ("published", "withdrawn") else None,
                    "review_note": "Bitte ohne Namen." if state == "returned" else ""}
        return self._keep(Update(**(defaults | fields)))

    def photo(self, project: Project | None = None, *, data: bytes | None = None, **fields: Any) -> Photo:
        """A photo's row alone, without bytes in the store; `picture()` makes bytes to send."""
        number, data = self._next("photo"), data or picture()
        defaults = {"key": f"{number:032x}", "project_id": project.id if project else None, "width": 640, "height": 480,
                    "sha256": hashlib.sha256(data).hexdigest(), "size_bytes": len(data), "alt": "Menschen am Herd",
                    "alt_language": "de", "uploaded_at": clock.now()}
        return self._keep(Photo(**(defaults | fields)))

    def assignment(self, project: Project, person: Person, *, by: Person | None = None, **fields: Any) -> Assignment:
        """A mentor who was asked and has not answered."""
        by = by or self.person("coordinator")
        return self._keep(Assignment(**({"project_id": project.id, "person_id": person.id, "proposed_by_id": by.id,
                                         "proposed_at": clock.now()} | fields)))

    def session(self, project: Project, by: Person, **fields: Any) -> Session:
        defaults = {"project_id": project.id, "logged_by_id": by.id, "held_on": clock.today(), "minutes": 60,
                    "mode": SessionMode.ON_SITE, "kind": SessionKind.INITIAL_CONSULTATION,
                    "shared_notes": "Plan besprochen.", "logged_at": clock.now()}
        return self._keep(Session(**(defaults | fields)))

    def partnership(self, project: Project, organisation: Organisation | None = None, **fields: Any) -> Partnership:
        organisation = organisation or self.organisation(will_carry=False)
        defaults = {"project_id": project.id, "organisation_id": organisation.id, "since": date(2026, 2, 1),
                    "roles": [PartnerRole.ROOM_GIVER.value]}
        return self._keep(Partnership(**(defaults | fields)))

    def pledge(self, project: Project, organisation: Organisation | None = None, **fields: Any) -> Pledge:
        organisation = organisation or self.organisation(will_carry=False)
        defaults = {"project_id": project.id, "organisation_id": organisation.id, "kind": PledgeKind.ROOM,
                    "quantity": 10, "description": "Saal am Freitag", "unit": "Abende", "state": PledgeState.OFFERED,
                    "state_since": clock.now()}
        return self._keep(Pledge(**(defaults | fields)))


def _facts(state: Status, number: int) -> dict[str, Any]:
    """Return the columns that the constraints tie to a status, with days that fit a first of March 2026."""
    facts: dict[str, Any] = {"starts_on": date(2026, 7, 1), "ends_on": date(2026, 12, 31)}
    if state is not Status.DRAFT:
        facts |= {"submitted_at": clock.now() - timedelta(days=30), "carrier_agreed_on": date(2026, 2, 1)}
    if state is Status.RETURNED:
        facts |= {"return_reason": "Bitte den Zeitraum nennen.", "return_due_on": clock.today() + timedelta(days=14)}
    if state in (Status.INELIGIBLE, Status.REJECTED, Status.REVOKED):
        facts |= {"end_reason": "Passt nicht zum Programm."}
    if state in PUBLIC | {Status.REJECTED, Status.WAITLISTED}:
        facts |= {"resolution_body": "Rat", "resolution_on": date(2026, 1, 13), "resolution_reference": f"VO/{number}"}
    if state in PUBLIC:
        facts |= {"notice_number": f"Z-{number}", "notice_on": date(2026, 1, 20), "award_final_on": date(2026, 2, 20),
                  "published_at": datetime(2026, 1, 20, 12, tzinfo=clock.CITY), "starts_on": date(2026, 2, 1)}
    return facts


def picture(width: int = 640, height: int = 480, kind: str = "JPEG") -> bytes:
    """Return the bytes of a real picture."""
    kept = io.BytesIO()
    Image.new("RGB", (width, height), (40, 120, 90)).save(kept, kind)
    return kept.getvalue()
