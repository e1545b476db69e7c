"""How the demo city talks: what it found out, its workshops, and the ideas people gave there."""

import csv
import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from incubator.demo.calendar import Calendar
from incubator.demo.city import City
from incubator.dialogue import operations as dialogue
from incubator.dialogue.models import EvidenceKind, Idea, IdeaState, NeedEvidence, Workshop, WorkshopKind
from incubator.foundation import clock
from incubator.programme import queries as programme
from incubator.programme.models import Round
from incubator.wording.models import Origin
from incubator.wording.operations import translate

DATA = Path(__file__).parent / "data"
LATER = timedelta(days=1)
LICENCE = "CC0 1.0"
Data = dict[str, Any]


class Talk:
    """Writes the round's dialogue into the calendar; `ideas` are those that have been given so far, by their key."""

    def __init__(self, city: City, round_: Callable[[], Round], calendar: Calendar) -> None:
        self.city, self.round, self.calendar = city, round_, calendar
        self.evidence: dict[str, NeedEvidence] = {}
        self.workshops: dict[str, Workshop] = {}
        self.ideas: dict[str, Idea] = {}

    def happen(self) -> None:
        data = json.loads((DATA / "talk.json").read_text())
        for finding in data["evidence"]:
            self.calendar.on("2026-01-09", partial(self._find_out, finding))
        for meeting in data["workshops"]:
            self._meet(meeting)
        with (DATA / "ideas.csv").open(newline="") as lines:
            for row in csv.DictReader(lines):
                self._give(row, data["ideas"][row["idea"]])

    def _find_out(self, data: Data) -> None:
        made = self.evidence[data["key"]] = dialogue.record_evidence(
            self.city.people["petra"], kind=EvidenceKind(data["kind"]), statement=data["statement"]["de"],
            indicator=data["indicator"]["de"], count=data.get("count"), base=data.get("base"), pct=data.get("pct"),
            year=data["year"], source=data["source"], licence=LICENCE, theme_id=_theme(data["theme"]),
            district_id=_district(data["district"]), is_fictional=True,
        )
        _translate("need_evidence", made.id, "de", {name: data[name] for name in ("statement", "indicator")})

    def _meet(self, data: Data) -> None:
        self.calendar.on(data.get("announced", "2026-01-09"), partial(self._announce, data))
        if "summary" in data:
            self.calendar.on(date.fromisoformat(data["on"]) + LATER, partial(self._sum_up, data))

    def _announce(self, data: Data) -> None:
        made = self.workshops[data["key"]] = dialogue.announce(
            self.round(), self.city.people["petra"], kind=WorkshopKind(data["kind"]), title=data["title"]["de"],
            text=data["text"]["de"], starts_at=_moment(data["on"], data["from"]),
            ends_at=_moment(data["on"], data["until"]), place=data["place"], district_id=_district(data["district"]),
            theme_ids=[_theme(key) for key in data["themes"]], languages=data["languages"], has_interpreters=True,
            has_childcare=True, is_step_free=True, is_fictional=True,
        )
        _translate("workshop", made.id, "de", {name: data[name] for name in ("title", "text")})

    def _sum_up(self, data: Data) -> None:
        held = self.workshops[data["key"]]
        dialogue.sum_up(held, self.city.people["goran"], summary=data["summary"]["de"],
                        participants=data["participants"])
        _translate("workshop", held.id, "de", {"summary": data["summary"]})

    def _give(self, row: Data, data: Data) -> None:
        """An idea is given, read, talked over, and perhaps answered; those that become projects are so by them."""
        given, goran = date.fromisoformat(data["given"]), self.city.people["goran"]
        self.calendar.on(given, partial(self._write_down, row, data))
        for later, to in ((1, IdeaState.IN_REVIEW), (2, IdeaState.ACCEPTED_FOR_WORKSHOP)):
            day = given + later * LATER
            if to is IdeaState.IN_REVIEW or row["idea"] != "I11":
                self.calendar.on(day, partial(self._move, row["idea"], to, goran))
        for day, to, into, reason in data.get("steps", ()):
            petra = self.city.people["petra"]
            self.calendar.on(day, partial(self._move, row["idea"], IdeaState(to), petra, into, reason))

    def _write_down(self, row: Data, data: Data) -> None:
        titles = {column.removeprefix("title_"): row[column] for column in row if column.startswith("title_")}
        code, district = data["language"], row["district"]
        made = self.ideas[row["idea"]] = dialogue.give_idea(
            self.round(), self.city.people["goran"], title=titles[code], text=data["text"][code], language=code,
            theme_id=_theme(row["theme"]), district_id=_district(None if district == "00" else district),
            workshop_id=self.workshops[data["workshop"]].id, is_public=True, is_fictional=True,
            evidence_ids=[self.evidence[key].id for key in data["evidence"]],
        )
        _translate("idea", made.id, code, {"title": titles, "text": data["text"]})

    def _move(
        self, key: str, to: IdeaState, by: Any, into: str | None = None, reason: dict[str, str] | None = None
    ) -> None:
        idea = self.ideas[key]
        dialogue.move_idea(idea, to, by, reason=reason["de"] if reason else "",
                           into=self.ideas[into] if into else None)
        if reason:
            _translate("idea", idea.id, "de", {"reason": reason})


def _theme(key: str) -> int:
    theme = programme.theme_by_key(key)
    assert theme is not None, "themes are set up before anybody talks"
    return theme.id


def _district(number: str | None) -> int | None:
    district = programme.district_by_number(number) if number else None
    return district.id if district is not None else None


def _moment(day: str, hour: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), clock.CITY)


def _translate(kind: str, number: int, original: str, fields: dict[str, dict[str, str]]) -> None:
    for field, texts in fields.items():
        for language, text in texts.items():
            if language != original:
                translate(kind, number, field, language, text, of=texts[original], origin=Origin.OFFICIAL)
