"""What is wrong with a page as HTML: nesting, names that lead nowhere, fields without a label, what only scripts show.

A small part of what the Nu checker asks, without Java: content models beyond `INSIDE` and `NOT_IN`, allowed attributes,
their values other than `lang` and `dir`, and CSS are not looked at.
"""

from collections import Counter
from html.parser import HTMLParser

from incubator.foundation.language import LANGUAGES

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
INSIDE = {
    "li": {"ul", "ol"}, "dt": {"dl", "div"}, "dd": {"dl", "div"}, "tr": {"thead", "tbody", "tfoot", "table"},
    "td": {"tr"}, "th": {"tr"}, "option": {"select", "optgroup", "datalist"}, "legend": {"fieldset"},
    "summary": {"details"}, "figcaption": {"figure"}, "source": {"video", "picture"}, "track": {"video"},
}
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure", "footer", "form", "h1",
    "h2", "h3", "h4", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul",
})
PRESSED = frozenset({"a", "button", "select", "textarea", "label", "summary", "details"})
NOT_IN = {  # what must not stand anywhere inside what
    "p": BLOCKS, "a": PRESSED - {"label"}, "button": PRESSED, "label": {"label", "form"}, "form": {"form"},
    "h1": BLOCKS, "h2": BLOCKS, "h3": BLOCKS, "span": BLOCKS, "summary": {"details", "form"},
}
POINTERS = ("for", "list", "form", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns",
            "aria-activedescendant", "aria-errormessage", "aria-details")
SPOKEN = frozenset({each.html for each in LANGUAGES})
# what may be hidden until a script shows it, and what there is without one
WITH_SCRIPTS = {
    "data-outbox": "words for the script", "data-outbox-list": "nothing can wait", "data-copy-of": "there is no copy",
    "data-offline-write": "nothing can wait", "data-write-choice": "the forms on the desk",
    "data-write-problem": "nothing can wait", "data-copies-some": "there is no copy", "data-push": "news by mail",
    "data-push-on": "news by mail", "data-print": "the browser prints", "data-missing-for": "said when drawn anew",
    "data-with-script": "a key for the script", "data-copy-button": "one copies by hand",
    "data-waiting": "nothing can wait", "data-tools": "nothing can wait",
    "data-help": "about dragging; buttons move cards too", "data-remove": "a row left empty is no row",
    "data-keys": "buttons do the same", "data-passkey-box": "a code, a password or a link do the same",
}
UNLABELLED = ("hidden", "submit", "button", "image", "reset")


class Markup(HTMLParser):
    """Reads one page and gathers its faults."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.hidden: list[bool] = []  # beside `open`
        self.first = ""  # what must come next
        self.templates = 0  # what stands in a template is a document of its own
        self.ids: Counter[tuple[int, str]] = Counter()
        self.pointers: list[tuple[str, tuple[int, str]]] = []
        self.labelled: set[str] = set()
        self.fields: list[tuple[str, bool]] = []
        self.feed(text)
        self.close()
        self._end()

    def _wrong(self, fault: str) -> None:
        self.faults.append(f"line {self.getpos()[0]}: {fault}")

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        attrs = dict(given)
        if len(attrs) < len(given):
            self._wrong(f"<{tag}> says an attribute twice")
        parent = self.open[-1] if self.open else ""
        if tag in INSIDE and parent not in INSIDE[tag] and parent != "template":
            self._wrong(f"<{tag}> in <{parent}>")
        for outer in self.open:
            if tag in NOT_IN.get(outer, ()):
                self._wrong(f"<{tag}> somewhere in <{outer}>")
        self._read(tag, attrs)
        if "template" not in self.open and "svg" not in self.open:
            self._look_for_what_is_folded(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)
            self.hidden.append("hidden" in attrs)

    def _look_for_what_is_folded(self, tag: str, attrs: dict[str, str | None]) -> None:
        """Without scripts everything can be reached: hidden are only their parts, and the field robots fill."""
        if self.first and self.first not in (tag, attrs.get("for")):
            self._wrong(f"<{tag}> where {self.first!r} must stand: nothing opens what is around it")
        is_hidden = "hidden" in attrs and tag != "input"
        self.first = "summary" if tag == "details" else ""
        if is_hidden and not WITH_SCRIPTS.keys() & attrs.keys():
            self.first = "website"
        if tag == "button" and attrs.get("type") == "button" and not (is_hidden or any(self.hidden)):
            self._wrong("<button type=button> does nothing without a script, and is seen")

    def handle_startendtag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        if tag not in VOID and "svg" not in self.open:
            self._wrong(f"<{tag}/> closes nothing in HTML")
        self.handle_starttag(tag, given)
        if tag not in VOID:
            self.open.pop()
            self.hidden.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self._wrong(f"</{tag}> while <{self.open[-1] if self.open else ''}> is open")
            return
        self.open.pop()
        self.hidden.pop()

    def _read(self, tag: str, attrs: dict[str, str | None]) -> None:
        self.templates += tag == "template"
        here = self.templates if "template" in self.open else 0
        if "id" in attrs:
            self.ids[here, attrs["id"] or ""] += 1
        for name in POINTERS:
            self.pointers += [(name, (here, each)) for each in (attrs.get(name) or "").split()]
        if (link := attrs.get("href") or "").startswith("#") and link != "#":
            self.pointers.append(("href", (here, link[1:])))
        if tag == "label":
            self.labelled.add(attrs.get("for") or "")
        if tag in ("input", "select", "textarea") and attrs.get("type") not in UNLABELLED:
            has_name = bool(attrs.get("aria-label") or attrs.get("aria-labelledby")) or "label" in self.open
            self.fields.append((attrs.get("id") or "", has_name))
        if "lang" in attrs and attrs["lang"] not in SPOKEN:
            self._wrong(f"lang={attrs['lang']!r}")
        if attrs.get("dir", "auto") not in ("ltr", "rtl", "auto"):
            self._wrong(f"dir={attrs['dir']!r}")
        if tag == "img" and attrs.get("alt") is None:
            self._wrong("<img> without alt")

    def _end(self) -> None:
        self.faults += [f"<{tag}> is never closed" for tag in self.open]
        self.faults += [f"the id {name!r} stands there {times} times" for (_, name), times in self.ids.items()
                        if times > 1]
        self.faults += [f"{name} leads to no {to[1]!r}" for name, to in self.pointers if to not in self.ids]
        self.faults += [f"a field {name!r} without a label" for name, has_name in self.fields
                        if not has_name and name not in self.labelled]


def faults(text: str) -> list[str]:
    return Markup(text).faults
