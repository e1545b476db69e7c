"""What somebody with bad intentions, or a broken browser, sends; and how a drawn form is filled in sensibly."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import groupby
from typing import Any

from bs4 import Tag

from tests.builders import picture

FINE = {200, 303, 400, 403, 404, 409, 413, 422}
SCRIPT = "<script>alert(7)</script><img src=x onerror=alert(7)>q{{7*7}}q${7*7}%(name)s{0}"
LONG = "Straße " * 15_000
NUMBERS = ("99999999999999999999", "9" * 5000, "-1", "1e9", "٣", "0", "NaN", "1_0", "½")
VALUES: dict[str, tuple[str, ...]] = {
    "text": (
        "\u200b\u200d\ufeff", SCRIPT,
        "😀👩‍👩‍👧🏳️‍🌈 مشروع جديد ١٢٣ \u202eneb\u202d\u2066a", "a\r\nBcc: all@example.org\r\n\r\nb\u2028a\u2029b\x85",
        "=cmd|' /C calc'!A0 '; DROP TABLE person; -- ../../etc/passwd", "\"><script>alert(7)</script>",
    ),
    "odd": ("a\x00b", "a\x07\x1b[31mb", "\ufffd", "   "),
    "number": (*NUMBERS, "viel"),
    "money": (*NUMBERS, "1.2.3,4,5", "−5", "0,001", "1,234.56", "٣٫٥", "21474836,47", "21474836,48",
              "100000000000,00"),
    "date": ("0000-00-00", "0001-01-01", "9999-12-31", "31.02.2026", "2026-02-30", "2026-W10-1", "٢٠٢٦-٠٣-٠١",
             "20260301", "heute", "2199-12-31", "1900-01-01"),
    "time": ("25:00", "24:00", "17.30", "٠٩:٣٠", "heute", "17:30:59.123456+14:00", "00:00", "23:59"),
    "choice": ("no such choice", "99999999999999999999", "-1", "", "0", "\x00", "None"),
    "mail": ("a", "a@b", "@", "a@example.org, b@example.org", "a@example.org\nBcc: b@example.org", "ä@müller.example",
             "<a@example.org>", "a" * 300 + "@example.org", '"><script>"@example.org'),
    "url": ("javascript:alert(7)", "//evil.example", "ftp://a.example", "https://", "https://a b", SCRIPT, "a" * 400),
    "file": ("empty", "text", "svg", "truncated", "picture"),
    "hidden": ("\x00", "99999999999999999999"),
}
FILES = {
    "empty": b"", "text": b"This is no picture.", "truncated": picture()[:400], "picture": picture(32, 32),
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(7)</script></svg>",
}
SENSIBLE = {
    "text": "Ein ganzer Satz mit genug Wörtern.", "number": "3", "money": "100,00", "date": "2026-08-01", "choice": "",
    "time": "18:30",
    "url": "https://example.org", "mail": "somebody.new@example.org", "password": "vier ganz kurze Wörter",
    "hidden": "",
}
BY_NAME = {"iban": "DE66999999990000000002", "bic": "", "count": "12", "base": "40", "pct": "", "year": "2025",
           "participants": "12", "milestone_remind_after": "1", "host": "anderer-server.example"}
UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f\ufffd]")
INPUT = re.compile(r"<input\b[^>]*>")
TEXTAREA = re.compile(r"<textarea\b([^>]*)>(.*?)</textarea>", re.DOTALL)
TYPED = ("text", "number", "money", "date", "mail", "url")


@dataclass
class Drawn:
    """One form as it stands on a page: where it goes, the kind of each field, and sensible answers."""

    action: str
    kinds: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    button: tuple[str, str] | None = None
    is_aside: bool = False  # a second button, such as for one more row, beside the one that sends the form

    @property
    def base(self) -> dict[str, Any]:
        return self.answers | self.pressed

    @property
    def pressed(self) -> dict[str, Any]:
        return dict([self.button]) if self.button else {}


def forms_of(page: Tag, path: str) -> Iterator[Drawn]:
    """Read the forms of a page, each once for every button of it that has a name."""
    for form in page.select("main form[method=post]"):
        drawn = Drawn(str(form.get("action") or path))
        named = groupby(sorted(form.select("[name]"), key=lambda each: each["name"]), key=lambda each: each["name"])
        buttons: list[tuple[str, str] | None] = [None] if form.select("button:not([name])") else []
        for name, group in ((str(name), list(group)) for name, group in named):
            if group[0].name == "button":
                buttons += [(name, str(each.get("value", ""))) for each in group]
            elif name not in ("csrf_token", "form_key"):
                drawn.kinds[name] = _kind(group)
                drawn.answers[name] = _sensible(group, drawn.kinds[name])
        for button in buttons or [None]:
            aside = button is not None and None in buttons
            yield Drawn(drawn.action, drawn.kinds, drawn.answers, button, aside)


def _kind(group: list[Tag]) -> str:
    first = group[0]
    kind = str(first.get("type", "text"))
    if first.name == "select" or kind == "radio" or (kind == "checkbox" and len(group) > 1):
        return "choice"
    if kind in ("checkbox", "file", "date", "time", "password", "hidden"):
        return kind
    if first["name"] in ("website", "url"):
        return "url"
    by_mode = {"decimal": "money", "numeric": "number", "email": "mail"}
    return by_mode.get(str(first.get("inputmode")), "text")


def _sensible(group: list[Tag], kind: str) -> Any:
    """Answer what is drawn, else something of the right kind."""
    first = group[0]
    if kind == "file":
        return None
    if kind == "checkbox":
        return True if first.has_attr("checked") or first.has_attr("required") else None
    if first.name == "select":
        options = [str(each.get("value", "")) for each in [*first.select("[selected]"), *first.select("option")]]
        return next((each for each in options if each not in ("", "0")), "")
    if kind == "choice":
        chosen = [each for each in group if each.has_attr("checked")] or group[:1]
        return [str(each.get("value", "")) for each in chosen]
    was = first.get_text().strip() if first.name == "textarea" else str(first.get("value", ""))
    if kind == "date" and first.get("max") and first["name"] != "on":
        return was or str(first["max"])
    if first["name"] in BY_NAME:
        return was or BY_NAME[str(first["name"])]
    return was or ("2026-02-27" if first["name"] in ("on", "signups_until", "notice_on") else SENSIBLE[kind])


def attacks(form: Drawn) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (what it is, what is sent): all bad at once, then one kind of field, with sensible answers beside it."""
    yield "sensible", form.base
    everything = list(form.kinds)
    if not everything:
        return
    yield "nothing", form.pressed
    yield "all script", dict.fromkeys(everything, SCRIPT) | form.pressed
    yield "lists", {name: ["x", *_listed(value), "\x00", SCRIPT] for name, value in form.base.items()}
    if form.is_aside:
        return
    yield "lists behind", {name: [*_listed(value), "x", "\x00"] for name, value in form.base.items()}
    yield "all empty", dict.fromkeys(everything, "") | form.pressed
    yield "other names", form.base | {f"{name}-0-{name}": "x" for name in everything} | {"costs-9999-kind": "x"}
    present = {kind: [name for name, each in form.kinds.items() if each == kind] for kind in VALUES}
    present["odd"] = present["text"]
    for kind, names in present.items():
        for value in VALUES[kind] if names else ():
            if kind == "file":
                yield f"file {value}", form.base | _files(names, value)
            elif kind in ("text", "hidden"):
                yield f"{kind} {value[:30]!r}", form.base | dict.fromkeys(names, value)
        if names and kind in ("odd", "number", "money", "date", "time", "choice", "mail", "url"):
            yield from _dealt(form, names, VALUES[kind])
    if present["text"]:
        yield "long", form.base | {present["text"][0]: LONG}


def _dealt(form: Drawn, names: list[str], values: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Deal the values out among up to three fields at a time: each value comes once."""
    step = min(len(names), 3)
    for first in range(0, len(values), step):
        bad = dict(zip(names[first % len(names):] + names, values[first:first + step], strict=False))
        yield ", ".join(f"{name} {value[:20]!r}" for name, value in bad.items()), form.base | bad


def _files(names: list[str], value: str) -> dict[str, Any]:
    return {name: (io.BytesIO(FILES[value]), "bild.jpg", "image/jpeg") for name in names}


def _listed(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else ["y" if value is True else str(value or "")]


def lost(form: Drawn, sent: dict[str, Any], text: str) -> list[str]:
    """Return the names of fields whose typed answer no longer stands on the answered page."""
    shown: dict[str, set[str]] = {}
    for name, value in [(_attribute(each, "name"), _attribute(each, "value")) for each in INPUT.findall(text)]:
        shown.setdefault(name, set()).add(value)
    for attributes, value in TEXTAREA.findall(text):
        shown.setdefault(_attribute(attributes, "name"), set()).add(_plain(unescape(value)))
    typed = [name for name, kind in form.kinds.items() if kind in TYPED and isinstance(sent.get(name), str)]
    return [name for name in typed if _plain(sent[name]) not in shown.get(name, set())]


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf' {name}="([^"]*)"', tag)
    return _plain(unescape(found[1])) if found else ""


def _plain(text: str) -> str:
    """Take away the kinds of spaces, and the signs that nobody could see again."""
    return " ".join(UNSEEN.sub("", text).split())
