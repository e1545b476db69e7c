"""A poster for the wall: one sheet, one to three languages, and a code that leads to the page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from incubator.documents import press
from incubator.documents.writable import said
from incubator.foundation import clock, language
from incubator.foundation.later import later
from incubator.progress.cards_png import frame, kicker, place, written
from incubator.progress.pages import Card
from incubator.wording.queries import Passage

segno = later("segno")

INK = "#16292d"
LONGEST_TITLE = 150
LONGEST_SUMMARY = {1: 420, 2: 260, 3: 190}


@dataclass(frozen=True)
class Told:
    """What a poster says in one language; spoken while that language is."""

    title: Passage
    summary: Passage
    kicker: str


def of_project(card: Card) -> Told:
    return Told(card.title, card.summary, kicker(card.theme, place(card.district, card.is_citywide)))


def of_programme() -> Told:
    here, city = language.current().code, current_app.config["CITY_NAME"]
    told = _(
        "People who came to %(city)s from elsewhere and their neighbours turn ideas into projects: with money from "
        "the city, a mentor at their side and partners, and everyone can see what becomes of it.", city=city)
    return Told(Passage(_("Ideas for %(city)s become projects", city=city), here), Passage(told, here), "")


def content(paper: str, codes: Sequence[str], url: str, tell: Callable[[str], Told]) -> dict[str, Any]:
    """Return all that a poster shows; `tell` says it in the language with this code."""
    longest, blocks = LONGEST_SUMMARY[len(codes)], []
    for code in codes:
        with language.in_language(code) as spoken:
            blocks.append(_block(spoken, tell(code), longest))
    with language.in_language(codes[0]):
        shown = frame() | {"qr_says": _("QR code that leads to %(address)s", address=url)}
    name = blocks[0]["title"]["text"]
    return shown | {
        "paper": paper, "name": name, "blocks": _each_once(blocks), "qr": qr(url),
        "address": said(url.partition("://")[2]),
    }


def _block(spoken: language.Language, told: Told, longest: int) -> dict[str, Any]:
    return {
        "language": spoken.html, "direction": spoken.dir, "kicker": told.kicker,
        "title": written(told.title, LONGEST_TITLE), "summary": written(told.summary, longest),
        "scan": _("Scan and see how it goes on"),
    }


def _each_once(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out what already stands above: words that nobody has translated are said once."""
    seen: set[str] = set()
    for block in blocks:
        for part in ("title", "summary"):
            text = block[part]["text"]
            block[part] = None if not text or text in seen else block[part]
            seen.add(text)
    return blocks


def pdf(shown: dict[str, Any]) -> bytes:
    return press.pdf("public/poster", shown, clock.now())


def qr(url: str) -> str:
    """Draw the code as SVG; `m` leaves it readable with a scratch or a drop of rain."""
    drawn: str = segno.make(url, error="m", micro=False).svg_inline(border=0, dark=INK, omitsize=True)
    return drawn


def qr_file(url: str) -> str:
    """Draw the code for a file of its own: with the quiet margin and the ground that scanners need."""
    drawn: str = segno.make(url, error="m", micro=False).svg_inline(border=4, dark=INK, light="#fff", omitsize=True)
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1) if "xmlns=" not in drawn else drawn
