"""Leads everything that was walked to the files of the archive."""

import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

from incubator.interchange.site_pages import Frame, Words, rewritten
from incubator.interchange.site_plan import CLOSED, FOUND, INDEX, Place, link
from incubator.interchange.site_walk import Walk

ICS_URL = re.compile(r"^URL[;:][^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*", re.MULTILINE)


class Rewriting:
    """`frames` is what pages of each language get. What the search finds is written down on the way."""

    def __init__(self, walk: Walk, frames: dict[str, Frame], site: str) -> None:
        self.walk, self.frames, self.site = walk, frames, site
        self._begun: set[str] = set()
        self._ours = re.compile(re.escape(walk.base) + r"/[^\"'\s<>]*")

    def page(self, place: Place) -> None:
        file = self.walk.folder / place.file
        is_search = place.endpoint == "search.show"
        frame = self.frames[place.language + ("/search" if is_search else "")]
        written, words = rewritten(
            file.read_text("utf-8"), placed(frame, place.file), self._leads(place), self._is_search)
        file.write_text("".join(written), "utf-8")
        if place.endpoint in FOUND and "?" not in place.address:
            self._remember(place, words)

    def _leads(self, place: Place) -> Callable[[str], str | None]:
        def lead(url: str) -> str | None:
            if url.startswith(("#", "mailto:", "tel:", "data:")):
                return url
            base, _, part = url.partition("#")
            address = self.walk.plan.address(urljoin(self.walk.base + place.address, base))
            if address is None:
                return url
            found = self.walk.file_of(address)
            rest = f"?{address.partition('?')[2]}" if found.startswith("static/") and "?" in address else ""
            rest += f"#{part}" if part else ""
            return link(place.file, found or f"{place.language}/{CLOSED}/index.html", rest)

        return lead

    def _is_search(self, url: str) -> bool:
        known = self.walk.plan.place(url)
        return known is not None and known.endpoint == "search.show"

    def _remember(self, place: Place, words: Words) -> None:
        """Add a line to what the search of its language looks through."""
        title = " ".join(words.title)
        if not title:
            return
        line = json.dumps([place.file, title, " ".join(words.text)], ensure_ascii=False)
        with self.index(place.language).open("a", encoding="utf-8") as kept:
            kept.write(f"archivePages.push({_in_script(line)});\n")

    def index(self, language: str) -> Path:
        file = self.walk.folder / language / INDEX
        if language not in self._begun:
            self._begun.add(language)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("var archivePages = [];\n", "utf-8")
        return file

    def files(self) -> None:
        """Feeds lead to the archive's own pages; calendars keep no address, which they could only have in full."""
        for address, file in self.walk.files.items():
            path = self.walk.folder / file
            if file.endswith(".ics"):
                path.write_bytes(ICS_URL.sub("", path.read_text("utf-8")).encode())
            elif file.endswith(".atom"):
                path.write_text(self._in_words(address, file, path.read_text("utf-8")), "utf-8")
            elif file.endswith("feed.json"):
                told = self._led(address, file, json.loads(path.read_text("utf-8")))
                path.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")

    def _led(self, address: str, file: str, said: object) -> object:
        """Lead every address of ours in a feed to its file."""
        if isinstance(said, dict):
            return {name: self._led(address, file, each) for name, each in said.items()}
        if isinstance(said, list):
            return [self._led(address, file, each) for each in said]
        return self._in_words(address, file, said) if isinstance(said, str) else said

    def _in_words(self, address: str, file: str, said: str) -> str:
        """Do so with each that stands in a text; feeds hold pages' parts, too."""
        language = address.split("/")[1]

        def lead(found: re.Match[str]) -> str:
            ours = self.walk.plan.address(html.unescape(found[0]).partition("#")[0])
            return link(file, (self.walk.file_of(ours) if ours else "") or f"{language}/{CLOSED}/index.html")

        return self._ours.sub(lead, said)


def placed(frame: Frame, file: str) -> Frame:
    """Write the frame for one file: `@root@` in it is the way to the archive's first folder."""
    root = "../" * file.count("/")
    return Frame(*(part.replace("@root@", root) for part in (frame.banner, frame.no_form, frame.script, frame.search)))


def _in_script(text: str) -> str:
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("</", "<\\/")
