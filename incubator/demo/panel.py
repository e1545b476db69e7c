"""The panel of the demo city: who is on it, how it scores, and how all projects hear of the decisions at once."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from incubator.demo.calendar import Calendar
from incubator.demo.city import City
from incubator.demo.story import Life
from incubator.demo.talk import DATA
from incubator.foundation.language import in_language
from incubator.programme.models import Round
from incubator.selection import operations_decisions as decisions
from incubator.selection import operations_panel as panel
from incubator.selection import operations_ranking as ranking
from incubator.selection import operations_sheets as sheets
from incubator.selection import queries
from incubator.selection.models import DecidingBody, Outcome
from incubator.selection.rules_panel import Filled

NAMED = date(2026, 3, 20)
LATER = timedelta(days=1)
Data = dict[str, Any]


class Panel:
    """Writes into the calendar how one round is decided; `lives` are the projects with a budget, by their key."""

    def __init__(
        self, city: City, round_: Callable[[], Round], calendar: Calendar, lives: dict[str, Life], notice: date
    ) -> None:
        self.city, self.round, self.on, self.lives, self.notice = city, round_, calendar.on, lives, notice
        self.petra = city.people["petra"]
        self.data: Data = json.loads((DATA / "panel.json").read_text())
        self.council: int | None = None

    def decide(self) -> None:
        self.on(NAMED, self._name)
        scored, told = (date.fromisoformat(self.data["resolutions"][number]["on"]) for number in (0, -1))
        for member in range(len(self.data["members"])):
            self.on(scored, partial(self._score, member), hour=14)
        self.on(scored, lambda: ranking.close(self.round(), self.petra), hour=17)
        for body in self.data["resolutions"]:
            self.on(body["on"], partial(self._resolve, body), hour=18)
        self.on(told + LATER, self._prepare)
        self.on(told + LATER, lambda: decisions.publish(self.round(), self.petra, notice_on=self.notice))

    def _name(self) -> None:
        with in_language("de"):
            panel.suggest_criteria(self.round(), self.petra)
        for key in self.data["members"]:
            panel.name_member(self.round(), self.petra, self.city.people[key].id)

    def _score(self, number: int) -> None:
        """One member fills in a sheet for each project; who has a conflict of interest says so and fills in none."""
        member, conflict = self.data["members"][number], self.data["conflict"]
        by, criteria = self.city.people[member], queries.criteria(self.round().id)
        for key, points in self.data["points"].items():
            project = self.lives[key].here
            if conflict == {"member": member, "project": key}:
                sheets.declare_conflict(project, by)
                continue
            filled = {
                criterion.id: self._filled(place, points[place] - (place == number))
                for place, criterion in enumerate(criteria)
            }
            sheet = sheets.begin(project, by, no_conflict=True)
            sheets.give(sheet, by, filled, no_conflict=True, version=None)

    def _filled(self, place: int, points: int) -> Filled:
        """Each member is a little stricter about one thing, and gives the sentence that fits the points."""
        return Filled(points, self.data["reasons"][place][str(points)])

    def _resolve(self, body: Data) -> None:
        made = decisions.record_resolution(
            self.round(), self.petra, kind=DecidingBody(body["kind"]), body=body["body"],
            on=date.fromisoformat(body["on"]), reference=body["reference"])
        if made.kind is DecidingBody.COUNCIL:
            self.council = made.id

    def _prepare(self) -> None:
        assert self.council is not None, "the council decided the day before"
        for key, life in self.lives.items():
            fate = Outcome(life.data.get("end", "award"))
            decisions.prepare(
                life.here, self.petra, outcome=fate, resolution_id=self.council, reason=life.data.get("reason", ""),
                notice_number=f"{self.notice.year}-{int(key[1:]):03}" if fate is Outcome.AWARD else "",
                place=1 if fate is Outcome.WAITLIST else None)
