"""Turns a page of the running program into a page of the archive: links to files, no forms, no scripts but its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser

from incubator.interchange.site_links import NOT_TAKEN, URLS, parts_of

Attributes = list[tuple[str, str | None]]
LONGEST_TEXT = 3000  # signs of a page that its search looks through
NEEDS_ADDRESS = ("og:url", "og:image", "twitter:")  # words of the head that make sense only where the site runs
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass(frozen=True)
class Frame:
    """What every page of one language gets: `banner` above it, `no_form` where a form was, `script` at its end."""

    banner: str
    no_form: str
    script: str
    search: str = ""


@dataclass
class Words:
    """What a page says, for the search."""

    title: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    length: int = 0

    def take(self, data: str, *, is_title: bool) -> None:
        said = " ".join(data.split())
        if not said or self.length > LONGEST_TEXT:
            return
        (self.title if is_title else self.text).append(said)
        self.length += len(said)


class _Rewriter(HTMLParser):
    """Writes the page on as it stands, except for what an archive must not have.

    `lead` turns an address into the link to write, None where there is nothing.
    """

    def __init__(self, frame: Frame, lead: Callable[[str], str | None], is_search: Callable[[str], bool]) -> None:
        super().__init__(convert_charrefs=False)
        self.frame, self.lead, self.is_search = frame, lead, is_search
        self.written: list[str] = []
        self.words = Words()
        self._dropped: list[str] = []  # the element that is left out, and those of its name inside
        self._where: set[str] = set()

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if self._dropped:
            if tag == self._dropped[0]:
                self._dropped.append(tag)
            return
        known = {name: value or "" for name, value in attrs}
        if self._is_left_out(tag, known):
            if tag not in VOID:
                self._dropped = [tag]
            return
        self.written.append(self._led(tag, attrs))
        if tag == "main":
            self.written.append(self.frame.banner)
        if tag in ("main", "h1", "svg"):
            self._where.add(tag)

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        if not self._dropped:
            self.written.append(self._led(tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        if self._dropped:
            if tag == self._dropped[0]:
                self._dropped.pop()
            return
        self._where.discard(tag)
        if tag == "main":
            self.written.append(self.frame.search)
        if tag == "body":
            self.written.append(self.frame.script)
        self.written.append(f"</{tag}>")

    def _is_left_out(self, tag: str, known: dict[str, str]) -> bool:
        if tag == "form":
            if known.get("method", "get").lower() == "get" and self.is_search(known.get("action", "")):
                return False
            self.written.append(self.frame.no_form)
            return True
        if tag == "meta":
            return known.get("property", known.get("name", "")).startswith(NEEDS_ADDRESS)
        if tag == "link":
            return bool(NOT_TAKEN & set(known.get("rel", "").split())) or known.get("hreflang") == "x-default"
        return tag == "script" or "data-copy-of" in known or "nav__own-item" in known.get("class", "").split()

    def _led(self, tag: str, attrs: Attributes) -> str:
        """Write a tag with its addresses led to files; one without any stays as it was written."""
        led, changed = [], False
        for name, value in attrs:
            new: str | None = value
            if value and name in URLS.get(tag, ()):
                new = self.lead(value)
            elif value and name == "srcset":
                new = ", ".join(" ".join([self.lead(part[0]) or "", *part[1:]]) for part in parts_of(value))
            changed = changed or new != value
            if new is not None or value is None:
                led.append((name, new))
        if not changed:
            return self.get_starttag_text() or ""
        said = "".join(f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in led)
        return f"<{tag}{said}>"

    def handle_data(self, data: str) -> None:
        if self._dropped:
            return
        self.written.append(data)
        self._remember(data)

    def _remember(self, data: str) -> None:
        if "main" in self._where and "svg" not in self._where:
            self.words.take(data, is_title="h1" in self._where)

    def handle_entityref(self, name: str) -> None:
        self._sign(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._sign(f"&#{name};")

    def _sign(self, said: str) -> None:
        if not self._dropped:
            self.written.append(said)
            self._remember(unescape(said))

    def handle_comment(self, data: str) -> None:
        self._as_it_is(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self._as_it_is(f"<!{decl}>")

    def _as_it_is(self, said: str) -> None:
        if not self._dropped:
            self.written.append(said)


def rewritten(
    page: str, frame: Frame, lead: Callable[[str], str | None], is_search: Callable[[str], bool]
) -> tuple[Iterator[str], Words]:
    writer = _Rewriter(frame, lead, is_search)
    writer.feed(page)
    writer.close()
    return iter(writer.written), writer.words
