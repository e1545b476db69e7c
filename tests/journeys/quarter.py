"""A quarter of the town and its people at their browsers, ten phones in a hall among them."""

import re
from datetime import datetime
from typing import Any

from playwright.sync_api import Browser

from incubator.foundation import clock
from incubator.foundation.database import db
from tests.follow.readers import deliver, text_of
from tests.journeys.walkers import DESK, Walker
from tests.servers import Mailbox

TAKES_PART, PERIOD = "Träger: Die Zusage liegt vor", "Was und wann: Der Ablauf ist klar"
LOCALES = ("de-DE", "en-GB", "ar", "tr-TR")


class Quarter:
    """A round in which a panel scores and all decisions are told together, and everybody who takes part in it."""

    def __init__(self, chromium: Browser, live: str, make: Any, come_in: Any, inbox: Mailbox) -> None:
        self._chromium, self._live, self._come_in, self.make, self.inbox = chromium, live, come_in, make, inbox
        self.theme, self.district = make.theme(), make.district(name="Schinkel", slug="schinkel")
        self.round = make.round(has_panel=True, publishes_together=True, check_points=[TAKES_PART, PERIOD])
        self.people = {
            "office": make.person("coordinator", name="Petra Demo"),
            "moderator": make.person("moderator", name="Milan Muster"),
            "lead": make.person(name="Amira Beispiel"),
            "mentor": make.person("mentor", name="Karin Muster"),
            "contact": make.person("partner", name="Berta Beispiel"),
            "first": make.person(name="Ada Demo"),
            "second": make.person(name="Samir Muster"),
            "partial": make.person(name="Paul Demo"),
        }
        self.carrier = make.organisation(
            contact=self.people["contact"], name="Nachbarn am Bahndamm e.V.", description="Wir tragen Projekte.")
        self.walkers: list[Walker] = []
        self.stranger, self.giver, self.lead = self.arrive(), self.arrive("ar"), self.arrive()
        self.office, self.moderator, self.mentor, self.contact, self.first, self.partial = (
            self.arrive(screen=DESK) for _each in range(6))
        self.on(1)

    def arrive(self, locale: str = "de-DE", **kind: Any) -> Walker:
        self.walkers.append(Walker(self._chromium, self._live, locale=locale, **kind))
        return self.walkers[-1]

    def phones(self, number: int) -> list[Walker]:
        """So many phones in the languages of the quarter, none of which was here before."""
        return [self.arrive(LOCALES[each % len(LOCALES)]) for each in range(number)]

    def on(self, day: int, hour: int = 12) -> None:
        """Let time pass in March, and the worker do its work; who was signed in signs in again."""
        clock.set(datetime(2026, 3, day, hour, tzinfo=clock.CITY))
        deliver()
        db.session.rollback()
        for name, person in self.people.items():
            if name != "second":  # scores without a browser
                self._come_in(getattr(self, name).page, person)

    def letters(self, mail: str) -> list[Any]:
        """Return what arrived at an address, after the worker has looked twice: nothing goes out twice."""
        deliver()
        deliver()
        db.session.rollback()
        return self.inbox.to(mail)

    def link_in(self, letter: Any, word: str) -> str:
        found = re.search(rf"{self._live}(/\S*/{word}/\S+)", text_of(letter))
        assert found, text_of(letter)
        return found.group(1)

    @property
    def wrong(self) -> list[str]:
        return [each for walker in self.walkers for each in walker.wrong]
