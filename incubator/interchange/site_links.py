"""Reads where a page leads to."""

from collections.abc import Iterator
from html.parser import HTMLParser

URLS = {
    "a": ("href",), "area": ("href",), "link": ("href",), "img": ("src",), "source": ("src",),
    "video": ("poster", "src"), "track": ("src",), "image": ("href",), "form": ("action",),
}
NOT_TAKEN = {"preload", "manifest", "canonical", "apple-touch-icon"}  # of <link>: for browsers with a server


def parts_of(srcset: str) -> list[list[str]]:
    return [part.split() for part in srcset.split(",") if part.strip()]


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "link" and NOT_TAKEN & set((known.get("rel") or "").split()):
            return
        if tag == "form" and (known.get("method") or "get").lower() != "get":
            return
        for name in URLS.get(tag, ()):
            if url := (known.get(name) or "").partition("#")[0]:
                self.found[url] = None
        for part in parts_of(known.get("srcset") or ""):
            self.found[part[0]] = None


def links_of(page: str) -> Iterator[str]:
    reader = _Links()
    reader.feed(page)
    reader.close()
    return iter(reader.found)
