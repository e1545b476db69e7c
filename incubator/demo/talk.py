"""How the demo city talks: what it found out, its workshops, and the ideas people gave there."""

import csv
import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from incubator.boards import operations_table as table
from incubator.demo.board import Afternoon
from incubator.demo.calendar import Calendar
from incubator.demo.city import City
from incubator.dialogue import operations as dialogue
from incubator.dialogue.models import EvidenceKind, Idea, IdeaState, NeedEvidence, Workshop, WorkshopKind
from incubator.dialogue.rules_signup import end_of
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
        with (DATA / "ideas.csv").open(newline="") as lines:
            rows = {row["idea"]: row for row in csv.DictReader(lines)}
        for finding in data["evidence"]:
            self.calendar.on("2026-01-09", partial(self._find_out, finding))
        for meeting in data["workshops"]:
            self._meet(meeting)
        self._gather(rows, data["ideas"])
        for key, row in rows.items():
            self._give(row, data["ideas"][key])

    def _find_out(self, data: Data) -> None:
        made = self.evidence[data["key"]] = dialogue.record_evidence(
            self.city.people["petra"], kind=EvidenceKind(data["kind"]), statement=data["statement"]["de"],
            indicator=data["indicator"]["de"], count=data.get("count"), base=data.get("base"), pct=data.get("pct"),
            year=data["year"], source=data["source"], licence=LICENCE, theme_id=theme_of(data["theme"]),
            district_id=district_of(data["district"]), languages=data.get("languages", ()), is_fictional=True,
        )
        translated("need_evidence", made.id, "de", {name: data[name] for name in ("statement", "indicator")})

    def _meet(self, data: Data) -> None:
        self.calendar.on(data.get("announced", "2026-01-09"), partial(self._announce, data))
        if "summary" in data:
            self.calendar.on(date.fromisoformat(data["on"]) + LATER, partial(self._sum_up, data))

    def _announce(self, data: Data) -> None:
        made = self.workshops[data["key"]] = dialogue.announce(
            self.round(), self.city.people["petra"], kind=WorkshopKind(data["kind"]), title=data["title"]["de"],
            text=data["text"]["de"], starts_at=_moment(data["on"], data["from"]),
            ends_at=_moment(data["on"], data["until"]), place=data["place"], district_id=district_of(data["district"]),
            theme_ids=[theme_of(key) for key in data["themes"]], languages=data["languages"], has_interpreters=True,
            has_childcare=True, is_step_free=True, is_fictional=True, **_signing_up(data.get("signups")),
        )
        translated("workshop", made.id, "de", {name: data[name] for name in ("title", "text")})

    def _sum_up(self, data: Data) -> None:
        held = self.workshops[data["key"]]
        dialogue.sum_up(held, self.city.people["goran"], summary=data["summary"]["de"],
                        participants=data["participants"])
        translated("workshop", held.id, "de", {"summary": data["summary"]})

    def _give(self, row: Data, data: Data) -> None:
        """An idea is given, read, talked over, and perhaps answered; those that become projects are so by them."""
        given, goran = date.fromisoformat(data["given"]), self.city.people["goran"]
        if not data.get("card"):
            self.calendar.on(given, partial(self._write_down, row, data))
        for later, to in ((1, IdeaState.IN_REVIEW), (2, IdeaState.ACCEPTED_FOR_WORKSHOP)):
            day = given + later * LATER
            if to is IdeaState.IN_REVIEW or row["idea"] != "I11":
                self.calendar.on(day, partial(self._move, row["idea"], to, goran))
        for day, to, into, reason in data.get("steps", ()):
            petra = self.city.people["petra"]
            self.calendar.on(day, partial(self._move, row["idea"], IdeaState(to), petra, into, reason))

    def _gather(self, rows: dict[str, Data], ideas: dict[str, Data]) -> None:
        """One workshop has a live board; some ideas began as its cards."""
        data = json.loads((DATA / "board.json").read_text())
        begun = {key: idea for key, idea in ideas.items() if idea.get("card")}

        def hold() -> None:
            goran = self.city.people["goran"]
            titles = {key: _titles(rows[key])[idea["language"]] for key, idea in begun.items()}
            afternoon = Afternoon(data, self.workshops[data["workshop"]], goran, titles)
            afternoon.hold()
            for key, idea in begun.items():
                made = table.make_ideas(
                    afternoon.board, goran, cards=[afternoon.card_of(key)], **self._facts(rows[key], idea))
                dialogue.change_idea(made[0], goran, text=idea["text"][idea["language"]])
                self._keep(rows[key], idea, made[0])

        self.calendar.on(next(iter(begun.values()))["given"], hold, hour=15)

    def _write_down(self, row: Data, data: Data) -> None:
        code = data["language"]
        self._keep(row, data, dialogue.give_idea(
            self.round(), self.city.people["goran"], title=_titles(row)[code], text=data["text"][code], language=code,
            workshop_id=self.workshops[data["workshop"]].id, is_fictional=True, **self._facts(row, data)))

    def _facts(self, row: Data, data: Data) -> Data:
        return {
            "theme_id": theme_of(row["theme"]), "district_id": district_of(row["district"]), "is_public": True,
            "evidence_ids": [self.evidence[key].id for key in data["evidence"]],
        }

    def _keep(self, row: Data, data: Data, made: Idea) -> None:
        self.ideas[row["idea"]] = made
        translated("idea", made.id, data["language"], {"title": _titles(row), "text": data["text"]})

    def _move(
        self, key: str, to: IdeaState, by: Any, into: str | None = None, reason: dict[str, str] | None = None
    ) -> None:
        idea = self.ideas[key]
        dialogue.move_idea(idea, to, by, reason=reason["de"] if reason else "",
                           into=self.ideas[into] if into else None)
        if reason:
            translated("idea", idea.id, "de", {"reason": reason})


def _titles(row: Data) -> dict[str, str]:
    return {column.removeprefix("title_"): row[column] for column in row if column.startswith("title_")}


def _signing_up(data: Data | None) -> Data:
    if data is None:
        return {}
    return {"takes_signups": True, "places": data["places"], "signups_until": end_of(date.fromisoformat(data["until"]))}


def theme_of(key: str) -> int:
    theme = programme.theme_by_key(key)
    assert theme is not None, "themes are set up before anybody talks"
    return theme.id


def district_of(number: str | None) -> int | None:
    district = programme.district_by_number(number) if number else None
    return district.id if district is not None else None


def _moment(day: str, hour: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), clock.CITY)


def translated(kind: str, number: int, original: str, fields: dict[str, dict[str, str]]) -> None:
    for field, texts in fields.items():
        for language, text in texts.items():
            if language != original:
                translate(kind, number, field, language, text, of=texts[original], origin=Origin.OFFICIAL)
