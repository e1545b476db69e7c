"""What there is of one project of the crowd: its row, its people, money, milestones, news, translations."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from incubator.accounts.models import Person, RoleGrant
from incubator.budgets.models import Award, CostKind, CostLine, FinancingKind, FinancingLine, Plan, PlanState
from incubator.demo import crowd_words
from incubator.demo.bulk import Sheet
from incubator.foundation.database import fingerprint
from incubator.mentoring.models import Assignment, AssignmentState, Session, SessionKind, SessionMode
from incubator.milestones.models import Milestone, MilestoneStatus, Update, UpdateState
from incubator.organisations.models import Organisation
from incubator.payments.models import Account, EntryKind, LedgerEntry
from incubator.projects.lifecycle import PUBLIC, Status
from incubator.projects.models import Part, Participation, Project
from incubator.wording.models import Origin, Translation

MILESTONES = 8
TABLES = (Person, RoleGrant, Organisation, Project, Participation, Assignment, Session, Milestone, Update, Plan,
          CostLine, FinancingLine, Award, Account, LedgerEntry, Translation)
REACHED = {Status.AWARDED: 0, Status.ACTIVE: 4, Status.SUSPENDED: 3, Status.REVOKED: 2}
ENDED = (Status.REJECTED, Status.REVOKED)
DECIDED = PUBLIC | {Status.REJECTED}


@dataclass(frozen=True)
class Around:
    """Where a project lives: its round with its first day, and the rows it refers to."""

    round_id: int
    begun: date
    themes: tuple[int, ...]
    districts: tuple[int, ...]
    lead: int
    mentor: int
    carrier: int
    office: int


@dataclass(frozen=True)
class Made:
    """What the journal tells of afterwards."""

    project_id: int
    status: Status
    begun: date
    milestones: tuple[int, ...]
    reached: int
    updates: tuple[int, ...]


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


class Rows:
    """Makes rows of one project after the other, until they are written."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.sheets = {model: Sheet(model) for model in TABLES}

    def write(self) -> int:
        return sum(sheet.write() for sheet in self.sheets.values())

    def new(self, model: Any, **values: Any) -> int:
        return self.sheets[model].new(**values)

    def project(self, number: int, status: Status, near: Around, today: date) -> Made:
        said = crowd_words.project(self.dice, number)
        project_id = self.new(Project, **_facts(number, status, near, said["de"]), **self._place(near))
        self._people(project_id, status, near)
        grant = 1_000_00 + self.dice.randrange(40) * 100_00
        if status in PUBLIC:
            self._money(project_id, status, grant, near)
        reached = REACHED.get(status, MILESTONES) if status in PUBLIC else 0
        planned = self._milestones(project_id, reached, near, today)
        news = self._news(project_id, planned, near, number) if status in PUBLIC else ()
        if number % 5 == 0:
            self._words(project_id, said)
        return Made(project_id, status, near.begun, planned, reached, news)

    def _place(self, near: Around) -> dict[str, Any]:
        citywide = self.dice.randrange(10) == 0
        return {"theme_id": self.dice.choice(near.themes), "is_citywide": citywide,
                "district_id": None if citywide else self.dice.choice(near.districts)}

    def _people(self, project_id: int, status: Status, near: Around) -> None:
        parts = [(near.lead, Part.LEAD)] + ([(near.mentor, Part.MENTOR)] if status is not Status.SUBMITTED else [])
        for person, kind in parts:
            self.new(Participation, project_id=project_id, person_id=person, kind=kind, since=near.begun)
        if len(parts) > 1:
            self.new(Assignment, project_id=project_id, person_id=near.mentor, state=AssignmentState.ACCEPTED,
                     proposed_by_id=near.office, proposed_at=at(near.begun), answered_at=at(near.begun))
            self.new(Session, project_id=project_id, logged_by_id=near.mentor, held_on=near.begun, minutes=60,
                     mode=SessionMode.ON_SITE, kind=SessionKind.INITIAL_CONSULTATION, logged_at=at(near.begun))

    def _money(self, project_id: int, status: Status, grant: int, near: Around) -> None:
        day, fees = near.begun - timedelta(30), grant // 2
        plan = self.new(
            Plan, project_id=project_id, number=1, state=PlanState.APPROVED, created_at=at(day), submitted_at=at(day),
            approved_at=at(day), content_hash=hashlib.sha256(f"{project_id}/1".encode()).hexdigest())
        lines = ((CostKind.FEES, "Kursleitung", fees), (CostKind.MATERIAL, "Material", grant - fees + grant // 9))
        for place, (kind, purpose, cents) in enumerate(lines):
            self.new(CostLine, plan_id=plan, kind=kind, purpose=purpose, amount_cents=cents, position=place)
        for place, (source, cents) in enumerate(((FinancingKind.GRANT, grant), (FinancingKind.OWN_FUNDS, grant // 9))):
            self.new(FinancingLine, plan_id=plan, kind=source, amount_cents=cents, position=place)
        self.new(Award, project_id=project_id, plan_id=plan, amount_cents=grant, recorded_by_id=near.office,
                 recorded_at=at(near.begun))
        paid = 0 if status is Status.AWARDED else grant // 2
        self.sheets[Account].add(project_id=project_id, committed_cents=grant, paid_cents=paid)
        for movement, cents in ((EntryKind.COMMITTED, grant), (EntryKind.PAID, paid)):
            if cents:
                self.new(LedgerEntry, project_id=project_id, kind=movement, amount_cents=cents, happened_on=near.begun,
                         reference=f"CR-{project_id}", by_id=near.office, at=at(near.begun))

    def _milestones(self, project_id: int, reached: int, near: Around, today: date) -> tuple[int, ...]:
        """Plan eight, one a month; those after the reached ones are not late, but for every tenth project."""
        late = self.dice.randrange(10) == 0
        numbers = []
        for place, title in enumerate(crowd_words.STEPS):
            is_done = place < reached
            due = near.begun + timedelta(30 * place + 20)
            if not is_done and not (late and place == reached):
                due = max(due, today + timedelta(20 + 30 * (place - reached)))
            told = {"status": MilestoneStatus.ACCEPTED, "actual_on": due, "evidence": "Alle waren da.",
                    "reported_at": at(due), "accepted_at": at(due), "accepted_by_id": near.mentor} if is_done else {}
            numbers.append(self.new(Milestone, project_id=project_id, title=title, due_on=due, forecast_on=due,
                                    is_gate=place == 3, **told))
        return tuple(numbers)

    def _news(self, project_id: int, planned: tuple[int, ...], near: Around, number: int) -> tuple[int, ...]:
        day = near.begun + timedelta(self.dice.randrange(200))
        return tuple(
            self.new(Update, project_id=project_id, milestone_id=milestone, title=f"{title} {number}", language="de",
                     text=crowd_words.text(self.dice, 6), state=UpdateState.PUBLISHED, written_by_id=near.lead,
                     written_at=at(day), published_at=at(day, hour))
            for title, milestone, hour in (("Neues vom Projekt", None, 9), ("Ein Schritt ist getan", planned[0], 12))
        )

    def _words(self, project_id: int, said: dict[str, crowd_words.Said]) -> None:
        for language in ("en", "ar"):
            for field in ("title", "summary"):
                self.new(Translation, owner_type="project", owner_id=project_id, field=field, language=language,
                         text=getattr(said[language], field), origin=Origin.AUTHOR,
                         source_hash=fingerprint(getattr(said["de"], field)))


def _facts(number: int, status: Status, near: Around, said: crowd_words.Said) -> dict[str, Any]:
    begun = near.begun
    facts: dict[str, Any] = {
        "slug": f"crowd-{number}", "round_id": near.round_id, "status": status, "status_since": at(begun),
        "language": "de", "title": said.title, "summary": said.summary, "need": "Viele kennen sich nicht.",
        "activities": "Einmal in der Woche.", "audience": "Alle im Stadtteil", "outcome": "Dreißig kennen sich.",
        "group_name": f"Gruppe {number}", "carrier_id": near.carrier, "carrier_agreed_on": begun - timedelta(60),
        "asked_cents": 5_000_00, "created_at": at(begun - timedelta(90)), "submitted_at": at(begun - timedelta(60)),
        "starts_on": begun, "ends_on": begun + timedelta(270),
    }
    if status in DECIDED:
        facts |= {"resolution_body": "Rat", "resolution_on": begun - timedelta(14),
                  "resolution_reference": f"VO/{number}"}
    if status in PUBLIC:
        facts |= {"notice_number": f"CR-{number}", "notice_on": begun, "award_final_on": begun + timedelta(30),
                  "published_at": at(begun)}
    if status in ENDED:
        facts["end_reason"] = "Passt nicht zum Programm."
    return facts
