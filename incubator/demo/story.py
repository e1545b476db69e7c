"""One project's life in the demo city, written down in the calendar."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from types import MappingProxyType
from typing import Any

from incubator.budgets import operations as budgets
from incubator.budgets import queries as plans
from incubator.demo import pictures
from incubator.demo.calendar import Calendar
from incubator.demo.city import City
from incubator.dialogue.models import Idea
from incubator.foundation import clock
from incubator.mentoring import operations as mentoring
from incubator.mentoring import queries as talks
from incubator.mentoring.models import Assignment, SessionKind, SessionMode
from incubator.milestones import operations as milestones
from incubator.milestones.models import Milestone
from incubator.partners import operations as partners
from incubator.partners.models import PartnerRole, PledgeKind
from incubator.policy import Act
from incubator.programme import queries as programme
from incubator.programme.models import Round
from incubator.projects import operations as projects
from incubator.projects.models import Project
from incubator.wording.models import Origin
from incubator.wording.operations import translate

Data = dict[str, Any]


def _id(row: Any) -> int:
    assert row is not None, "themes and districts are set up before anybody proposes"
    return int(row.id)


def euros(amount: int) -> int:
    return amount * 100


class Life:
    """Writes the life of one project into the calendar, step by step as its people take them."""

    def __init__(
        self, data: Data, city: City, round_: Callable[[], Round], calendar: Calendar,
        ideas: Mapping[str, Idea] = MappingProxyType({}),
    ) -> None:
        self.data, self.city, self.round, self.calendar, self.ideas = data, city, round_, calendar, ideas
        self.project: Project | None = None
        self.assignment: Assignment | None = None
        self.milestones: list[Milestone] = []

    def who(self, part: str) -> Any:
        return self.city.people[self.data[part]]

    @property
    def here(self) -> Project:
        assert self.project is not None, "the project begins with its draft"
        return self.project

    def propose(self) -> None:
        on, data = self.calendar.on, self.data
        on(data["drafted"], self._draft)
        on(data["submitted"], lambda: projects.submit(self.here, self.who("lead")))

    def _draft(self) -> None:
        data = self.data
        texts = data["texts"][data["language"]]
        district = data["district"]
        self.project = projects.draft(
            self.round(), self.who("lead"), language=data["language"], **texts,
            idea=self.ideas.get(data.get("idea", "")),
            theme_id=_id(programme.theme_by_key(data["theme"])),
            district_id=_id(programme.district_by_number(district)) if district else None,
            is_citywide=district is None, group_name=data["group"],
            carrier_id=self.city.organisations[data["carrier"]].id, asked_cents=euros(data["grant"]),
            starts_on=self.round().period_from, ends_on=self.round().period_until,
        )
        for member in data.get("members", ()):
            projects.add_member(self.project, self.who("lead"), self.city.people[member])
        self._translate("project", self.project.id, data["texts"])

    def _translate(self, kind: str, number: int, texts: dict[str, Data]) -> None:
        original = texts[self.data["language"]]
        for language, fields in texts.items():
            for field, text in fields.items():
                if language != self.data["language"]:
                    translate(kind, number, field, language, text, of=original[field], origin=Origin.OFFICIAL)

    def find_mentor(self, coordinator: Any, asked: date, admitted: date) -> None:
        on = self.calendar.on
        on(asked, lambda: self._ask(coordinator))
        on(asked + timedelta(days=1), lambda: mentoring.accept(self._asked(), self.who("mentor")))
        if "carrier_asked" not in self.data:
            on(asked + timedelta(days=2),
               lambda: projects.record_carrier_agreement(self.here, coordinator, clock.today()))
        on(admitted, lambda: mentoring.admit(self.here, coordinator))

    def _ask(self, coordinator: Any) -> None:
        self.assignment = mentoring.propose(self.here, self.who("mentor"), coordinator)

    def _asked(self) -> Assignment:
        assert self.assignment is not None, "the mentor was asked before"
        return self.assignment

    def find_partners(self, day: date) -> None:
        self.calendar.on(day, self._partners)

    def _partners(self) -> None:
        for name, role, kind, description, quantity, unit, value in self.data["pledges"]:
            organisation = self.city.organisations[name]
            partners.take_part(self.here, organisation, [PartnerRole(role)], self.who("lead"))
            pledge = partners.pledge(
                self.here, organisation, self.who("lead"), kind=PledgeKind(kind), description=description,
                quantity=quantity, unit=unit, value_cents=euros(value) if value else None,
            )
            partners.confirm(pledge, self.city.people["petra"])

    def talk(self) -> None:
        for session in self.data["sessions"]:
            self.calendar.on(session["on"], partial(self._log, session))
            for what, _who, _due, *done in session.get("steps", ()):
                for day in done:
                    self.calendar.on(day, partial(self._finish, what))

    def _finish(self, what: str) -> None:
        step = next(each for each in talks.open_steps(self.here.id) if each.what == what)
        mentoring.finish_step(step, self.who("mentor"))

    def _log(self, session: Data) -> None:
        steps = [(what, who, date.fromisoformat(due)) for what, who, due, *_done in session.get("steps", ())]
        mentoring.log_session(
            self.here, self.who("mentor"), held_on=date.fromisoformat(session["on"]), minutes=session["minutes"],
            mode=SessionMode(session["mode"]), kind=SessionKind(session["kind"]),
            spoken_language=session["language"], had_interpreter=session.get("interpreter", False),
            present=session["present"], shared_notes=session["shared"],
            confidential_notes=session["confidential"], steps=steps,
        )

    def plan_money(self, saved: date, submitted: date, approved: date) -> None:
        on = self.calendar.on
        on(saved, self._save_plan)
        on(submitted, lambda: budgets.submit(self.here, self.who("lead")))
        on(approved, lambda: self._approve("mentor"))
        if euros(self.data["grant"]) > 5_000_00:
            on(approved + timedelta(days=1), lambda: self._approve("second"))

    def _save_plan(self) -> None:
        data = self.data
        hours, rate = data["hours"], self.round().volunteer_rate_cents
        costs: list[Data] = [
            {"kind": kind, "purpose": purpose, "amount_cents": euros(amount), "hours": None}
            for kind, purpose, amount in data["costs"]
        ]
        costs.append({"kind": "volunteer_time", "purpose": "Ehrenamtliche Stunden", "amount_cents": hours * rate,
                      "hours": hours})
        financing = [
            {"kind": kind, "purpose": "", "amount_cents": euros(data[kind])}
            for kind in ("grant", "own_funds", "third_party") if data[kind]
        ]
        financing.append({"kind": "volunteer_time", "purpose": "", "amount_cents": hours * rate})
        budgets.save_plan(self.here, self.who("lead"), costs=costs, financing=financing)

    def _approve(self, part: str) -> None:
        plan = plans.current_plan(self.here.id)
        assert plan is not None and plan.content_hash, "a plan was submitted"
        budgets.declare(self.here, self.who(part), Act.APPROVE_BUDGET, False)
        budgets.approve(plan, self.who(part), plan.content_hash)

    def plan_milestones(self, day: date) -> None:
        self.calendar.on(day, self._plan_milestones)

    def _plan_milestones(self) -> None:
        for entry in self.data["milestones"]:
            needs = self.milestones[entry["needs"] - 1] if entry.get("needs") else None
            planned = milestones.plan(
                self.here, self.who("lead"), title=entry["title"][self.data["language"]],
                due_on=date.fromisoformat(entry["due"]), weight=entry.get("weight", 1),
                is_gate=entry.get("gate", False), needs=needs,
            )
            self.milestones.append(planned)
            self._translate("milestone", planned.id, {key: {"title": text} for key, text in entry["title"].items()})

    def award(self, coordinator: Any, decided: date, number: str, notice: date) -> None:
        on = self.calendar.on
        on(decided + timedelta(days=1), lambda: budgets.award(
            self.here, coordinator, body="Rat der Stadt (Demo)", on=decided, reference=f"VO/{decided:%Y}/DEMO",
            notice_number=number, notice_on=notice))
        self.begin(coordinator, notice)

    def begin(self, coordinator: Any, notice: date) -> None:
        self.calendar.on(notice + timedelta(days=2), lambda: projects.start(self.here, coordinator, waiver=True))

    def work(self) -> None:
        for number, entry in enumerate(self.data["milestones"]):
            begun = entry.get("started") or entry.get("done")
            if begun:
                self.calendar.on(begun, partial(self._start, number))
            if entry.get("forecast"):
                self.calendar.on(begun, partial(self._expect, number, date.fromisoformat(entry["forecast"])))
            if entry.get("done"):
                self._reach(number, entry)
        for update in self.data["updates"]:
            self.calendar.on(update["on"], partial(self._tell, update))

    def _start(self, number: int) -> None:
        milestones.start(self.milestones[number], self.who("lead"))

    def _expect(self, number: int, day: date) -> None:
        milestones.forecast(self.milestones[number], self.who("lead"), day)

    def _tell(self, update: Data) -> None:
        milestones.write_update(
            self.here, self.who("lead"), title=update["title"], text=update["text"],
            language=update.get("language", self.data["language"]), photos=_photos(update),
        )

    def _reach(self, number: int, entry: Data) -> None:
        done = date.fromisoformat(entry["done"])
        self.calendar.on(done, lambda: milestones.report(
            self.milestones[number], self.who("lead"), actual_on=done, evidence=entry["evidence"],
            title=entry["headline"], text=entry["evidence"], photos=_photos(entry)))
        self.calendar.on(done + timedelta(days=1), lambda: milestones.accept(
            self.milestones[number], self.who("mentor")))

    def pause(self, coordinator: Any) -> None:
        for key, act in (("suspended", projects.suspend), ("resumed", projects.resume)):
            if key in self.data:
                day, reason = self.data[key]
                self.calendar.on(day, partial(self._pause, act, coordinator, reason))

    def _pause(self, act: Callable[..., object], coordinator: Any, reason: str) -> None:
        act(self.here, coordinator, reason)


def _photos(entry: Data) -> list[Data]:
    """Draw the entry's picture: nobody was photographed, so nobody must consent."""
    if "picture" not in entry:
        return []
    return [{"data": pictures.draw(entry["picture"], seed=entry["alt"]), "alt": entry["alt"],
             "shows_people": False, "credit": "Zeichnung (Demo)"}]


