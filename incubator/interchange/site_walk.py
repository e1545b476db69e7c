"""Walks through our own pages as a stranger does, without any network, and puts what is answered into a folder."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import flask
from werkzeug.test import TestResponse

from incubator.foundation.language import LANGUAGES
from incubator.interchange.site_links import links_of
from incubator.interchange.site_plan import Kind, Place, Plan, is_safe

LOC = re.compile("<loc>([^<]+)</loc>")
IN_SHEETS = re.compile(r"""url\(["']?(?!data:)([^"')]+)["']?\)""")
TAKEN_BACK = {"news.show"}  # whose page says so, with 410
STEP = 250
FIRST = ("/", "/search", "/calendar.ics", "/workshops/calendar.ics")  # no page of theirs leads to the last two


class CannotExport(Exception):
    """A sentence for the operator."""


class Walk:
    """What was found: `files` says for each address which file of the archive answers it, "" where none does."""

    def __init__(self, app: flask.Flask, folder: Path, tell: Callable[[str], None]) -> None:
        self.app, self.folder, self.tell = app, folder, tell
        self.base = str(app.config["BASE_URL"])
        self.plan = Plan(app.url_map, self.base)
        self.files: dict[str, str] = {}
        self.pages: list[Place] = []
        self._client = app.test_client(use_cookies=False)
        self._open: deque[Place] = deque()

    def go(self) -> None:
        for address in self._beginnings():
            self._note(address)
        asked = 0
        while self._open:
            self._take(self._open.popleft())
            asked += 1
            if asked % STEP == 0:
                self.tell(f"{asked} addresses asked, {len(self._open)} to go")

    def file_of(self, address: str) -> str:
        """Return the file that answers an address, "" where it is not part of the archive."""
        place = self.plan.place(address)
        return self.files.get(place.address, "") if place else ""

    def _beginnings(self) -> Iterator[str]:
        """Each language's first page, and whatever the map for search engines knows."""
        yield from (f"/{each.code}{path}" for path in FIRST for each in LANGUAGES)
        for url in self._mapped("/sitemap.xml"):
            address = self.plan.address(url) or ""
            if re.fullmatch(r"/sitemap-\d+\.xml", address):
                yield from (self.plan.address(each) or "" for each in self._mapped(address))
            else:
                yield address

    def _mapped(self, address: str) -> list[str]:
        with self.app.app_context():
            return LOC.findall(self._ask(address).get_data(as_text=True))

    def _ask(self, address: str) -> TestResponse:
        return self._client.get(address, base_url=self.base)

    def _note(self, address: str) -> str:
        """Remember an address to be asked for; return how it is asked."""
        place = self.plan.place(address)
        if place is None or not is_safe(place.file):
            return ""
        if place.address not in self.files:
            self.files[place.address] = ""
            self._open.append(place)
        return place.address

    def _take(self, place: Place) -> None:
        target = self.folder / place.file
        if target.exists():  # the same in every language
            self.files[place.address] = place.file
            return
        with self.app.app_context():  # each request has its own: nothing of one is left for the next
            answer = self._ask(place.address)
            if answer.status_code >= 500:
                raise CannotExport(f"{place.address} answered {answer.status_code}; the log says why.")
            if answer.status_code in (301, 302, 303, 307, 308):
                self._go_on(place, answer)
            elif answer.status_code == 200 or (answer.status_code == 410 and place.endpoint in TAKEN_BACK):
                self._keep(place, target, answer)
            answer.close()

    def _go_on(self, place: Place, answer: TestResponse) -> None:
        """What only leads on is answered by where it leads, if that is known by then."""
        there = self.plan.address(urljoin(self.base + place.address, answer.headers.get("Location", "")))
        known = self.plan.place(there) if there else None
        if known is not None:
            self._note(known.address)
            self.files[place.address] = known.file

    def _keep(self, place: Place, target: Path, answer: TestResponse) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as kept:
            for part in answer.iter_encoded():
                kept.write(part)
        self.files[place.address] = place.file
        if place.kind is Kind.PAGE:
            self.pages.append(place)
            found: Iterator[str] = links_of(target.read_text("utf-8"))
        elif place.file.endswith(".css"):
            found = iter(IN_SHEETS.findall(target.read_text("utf-8")))
        else:
            return
        for url in found:
            address = self.plan.address(urljoin(self.base + place.address, url))
            if address:
                self._note(address)
