"""What of the public site goes into its archive, and which file each address becomes."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from posixpath import relpath
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map


class Kind(StrEnum):
    PAGE = "page"
    FILE = "file"


PAGES = {
    "progress.home", "progress.projects", "progress.project", "progress.history", "progress.money",
    "progress.districts", "progress.district", "progress.round", "progress.accessibility", "progress.imprint",
    "voices.needs", "voices.need", "voices.workshops", "voices.workshop", "voices.ideas", "voices.idea",
    "minutes.workshop", "themes.every", "themes.theme", "news.show", "asking.answered", "record.show", "search.show",
    "guides.every", "guides.guide", "guides.words", "privacy.notice", "opendata.show",
}
FILES = {
    "feeds.programme", "feeds.project", "feeds.district", "calendar.programme", "calendar.project",
    "calendar.workshop", "calendar.workshops", "record.entries", "record.checkpoints", "record.verify",
    "data_files.latest", "data_files.numbered", "data_files.editions", "data_files.catalogue_file",
    "media.photo", "media.small_photo", "city.look", "city.logo", "city.sign", "static",
}
ONCE = {  # the same in every language, so it is kept in one place
    "record.entries": "record/record.jsonl", "record.checkpoints": "record/checkpoints.json",
    "record.verify": "record/verify.py",
}
FOUND = {"progress.project", "news.show", "voices.workshop", "voices.idea", "voices.need", "progress.round",
         "themes.theme", "progress.district", "guides.guide"}  # pages that the archive's own search finds
ASKED = {"after", "before", "map", "theme", "district", "state", "round", "stage"}  # what a link of a list may ask
CLOSED = "archive-closed"  # the page that stands in for everything one could do while the programme ran
MISSING = "404.html"
INDEX = "search/words.js"
PLAIN = re.compile("[A-Za-z0-9-]+")


@dataclass(frozen=True)
class Place:
    """An address that is part of the archive: how to ask for it, what it is and the file it becomes."""

    address: str
    kind: Kind
    endpoint: str
    file: str
    language: str = ""


class Plan:
    """Knows the routes of the program; everything that is not listed above stays outside."""

    def __init__(self, routes: Map, base: str) -> None:
        self._routes = routes.bind("")
        self._base = urlsplit(base)

    def address(self, url: str) -> str | None:
        """Return path and query of an absolute URL of ours, None where it leads elsewhere."""
        parts = urlsplit(url)
        if (parts.scheme, parts.netloc) != (self._base.scheme, self._base.netloc):
            return None
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def place(self, address: str) -> Place | None:
        path, _, query = address.partition("?")
        try:
            found = self._routes.match(unquote(path), "GET")
        except HTTPException:
            return None
        endpoint, values = str(found[0]), found[1]
        if endpoint in PAGES:
            return self._page(path, query, endpoint, values)
        if endpoint not in FILES:
            return None
        return Place(address, Kind.FILE, endpoint, ONCE.get(endpoint, unquote(path).lstrip("/")),
                     str(values.get("language", "")))

    def _page(self, path: str, query: str, endpoint: str, values: Mapping[str, Any]) -> Place:
        asked = sorted((name, value) for name, value in parse_qsl(query) if name in ASKED)
        folder = unquote(path).strip("/")
        if asked:
            folder += "/_" + "_".join(f"{name}-{_spelled(value)}" for name, value in asked)
        address = path + (f"?{urlencode(asked)}" if asked else "")
        return Place(address, Kind.PAGE, endpoint, f"{folder}/index.html", str(values.get("language", "")))


def _spelled(value: str) -> str:
    return value if PLAIN.fullmatch(value) else hashlib.sha256(value.encode()).hexdigest()[:12]


def is_safe(file: str) -> bool:
    """Say whether a name stays inside of the archive."""
    return bool(file) and not any(part in ("", ".", "..") for part in file.split("/")) and "\\" not in file


def link(here: str, there: str, rest: str = "") -> str:
    """Write how one file of the archive leads to another; `rest` is what stands behind ? and #."""
    return quote(relpath(there, here.rpartition("/")[0] or ".")) + rest
