"""People of the demo city who need no account: they sign up for a workshop and give ideas by the public form."""

import json
from functools import partial
from typing import Any

from incubator.demo.talk import DATA, Talk, district_of, theme_of, translated
from incubator.dialogue import operations as dialogue
from incubator.dialogue import operations_giving as giving
from incubator.dialogue import operations_signup as signups
from incubator.dialogue import queries_signup
from incubator.dialogue.models import Idea, IdeaState
from incubator.questions import operations_barriers as barriers
from incubator.questions.models_barriers import BarrierReport

HERE = "demo city"
AHEAD = "W5"
Data = dict[str, Any]


class Neighbourhood:
    """Writes what people without an account do into the calendar."""

    def __init__(self, talk: Talk) -> None:
        self.talk, self.on = talk, talk.calendar.on
        self.goran, self.petra = talk.city.people["goran"], talk.city.people["petra"]

    def live(self) -> None:
        data = json.loads((DATA / "town.json").read_text())
        for wish in data["signups"]:
            self.on(wish["on"], partial(self._sign_up, wish))
        for said in data["ideas"]:
            self._idea(said)
        for met in data["barriers"]:
            self._barrier(met)

    def _sign_up(self, wish: Data) -> None:
        """Ask for a place; who opened the link in the letter has it."""
        workshop = self.talk.workshops[AHEAD]
        signups.ask(workshop, mail=wish["mail"], language=wish["language"], network=HERE, **wish["needs"])
        asked = queries_signup.of_address(workshop.id, wish["mail"])
        if asked is not None and wish["confirmed"]:
            signups.confirm(asked.id)

    def _idea(self, said: Data) -> None:
        """The form takes an idea; the office says in which language it is, shows it as agreed, and answers."""
        made: dict[str, Idea] = {}

        def give() -> None:
            code = said["language"]
            made["idea"] = giving.give(
                self.talk.round(), title=said["title"][code], text=said["text"][code], mail=said["mail"],
                district_id=district_of(said["district"]), may_be_public=True, language=said["page"], network=HERE)

        def read() -> None:
            idea = made["idea"]
            dialogue.change_idea(
                idea, self.goran, language=said["language"], theme_id=theme_of(said["theme"]))
            dialogue.move_idea(idea, IdeaState.IN_REVIEW, self.goran)
            giving.show(idea, self.petra)
            translated("idea", idea.id, said["language"], {name: said[name] for name in ("title", "text")})

        def answer() -> None:
            dialogue.move_idea(made["idea"], IdeaState.REFERRED, self.petra, reason=said["reason"]["de"])
            translated("idea", made["idea"].id, "de", {"reason": said["reason"]})

        self.on(said["given"], give)
        self.on(said["given"], read, hour=15)
        if "answered" in said:
            self.on(said["answered"], answer)

    def _barrier(self, met: Data) -> None:
        """Somebody reports what they cannot use; the office answers."""
        made: dict[str, BarrierReport] = {}

        def report() -> None:
            made["report"] = barriers.report(**{name: met[name] for name in ("where", "text", "mail", "language")},
                                             network=HERE)

        def answer() -> None:
            barriers.note(made["report"], self.petra, note=met["note"])
            barriers.answer(made["report"], self.petra, text=met["answer"], language=met["language"])

        self.on(met["on"], report)
        if "answered" in met:
            self.on(met["answered"], answer)
