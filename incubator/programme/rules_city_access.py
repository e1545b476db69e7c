"""What the file of a city may say about accessibility, and of which pages it may have videos in sign language."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from config import CONCILIATION
from incubator.foundation.language import BY_CODE

SIGNED: Mapping[str, str] = {  # pages that can have a video in sign language, by the name of its file
    "home": "progress.home", "projects": "progress.projects", "districts": "progress.districts",
    "themes": "themes.every", "needs": "voices.needs", "workshops": "voices.workshops", "ideas": "voices.ideas",
    "give-idea": "giving.new", "follow": "follow.start", "search": "search.show", "sign-in": "accounts.sign_in",
    "accessibility": "progress.accessibility", "report": "barriers.report", "privacy": "privacy.notice",
    "imprint": "progress.imprint",
}
STATES = ("fully", "partly", "not")
GAPS = ("sign_language", "easy_language", "texts", "translations", "screen_readers", "file_upload")
KNOWN = ("state", "checked_on", "checked_by", "mail", "phone", "mended", "gaps", "conciliation")
CHECKERS = ("self", "outside")
MOST_GAPS, LONGEST_GAP, LONGEST_LINE = 30, 600, 300


def access_faults(found: Any) -> Iterator[str]:
    """Return what is wrong in [accessibility], one sentence for each."""
    if not isinstance(found, dict):
        yield "“accessibility” is a table of its own: [accessibility]"
        return
    for name in sorted(set(found) - set(KNOWN)):
        yield f"[accessibility] has no “{name}”. Known are: {', '.join(KNOWN)}."
    yield from _one_of(found, "state", STATES)
    yield from _one_of(found, "checked_by", CHECKERS)
    day = found.get("checked_on", date.min)
    if not isinstance(day, date) or hasattr(day, "hour"):
        yield "[accessibility] checked_on is a day without quotes: 2026-11-29"
    for name in ("mail", "phone"):
        yield from _line(found.get(name, ""), f"[accessibility] {name}")
    mended = found.get("mended", [])
    if not isinstance(mended, list) or not all(each in GAPS for each in mended):
        yield f"[accessibility] mended is a list of: {', '.join(GAPS)}."
    yield from _gap_faults(found.get("gaps", []))
    yield from _body_faults(found.get("conciliation", {}))


def _one_of(found: dict[str, Any], name: str, known: tuple[str, ...]) -> Iterator[str]:
    if found.get(name, known[0]) not in known:
        yield f"[accessibility] {name} is one of: {', '.join(known)}."


def _line(text: Any, where: str) -> Iterator[str]:
    if not isinstance(text, str) or len(text) > LONGEST_LINE or not text.isprintable():
        yield f"{where} must be one line of at most {LONGEST_LINE} letters."


def _gap_faults(gaps: Any) -> Iterator[str]:
    if not isinstance(gaps, list) or len(gaps) > MOST_GAPS or not all(isinstance(each, dict) for each in gaps):
        yield f"At most {MOST_GAPS} gaps, each a table of its own: [[accessibility.gaps]] with de."
        return
    for number, gap in enumerate(gaps, 1):
        if "de" not in gap:
            yield f"Gap {number}: the German sentence “de” is missing; it stands in for every other language."
        for code, text in gap.items():
            if code not in BY_CODE:
                yield f"Gap {number}: “{code}” is no language of the program. It speaks {', '.join(BY_CODE)}."
            elif not isinstance(text, str) or not text.strip() or len(text) > LONGEST_GAP:
                yield f"Gap {number}: the sentence in “{code}” must be a text of at most {LONGEST_GAP} letters."


def _body_faults(body: Any) -> Iterator[str]:
    if not isinstance(body, dict):
        yield "“conciliation” is a table of its own: [accessibility.conciliation]"
        return
    for name, text in body.items():
        if name not in CONCILIATION:
            yield f"[accessibility.conciliation] has no “{name}”. Known are: {', '.join(CONCILIATION)}."
        else:
            yield from _line(text, f"[accessibility.conciliation] {name}")
    link = body.get("link", "")
    if isinstance(link, str) and link and not link.startswith("https://"):
        yield "[accessibility.conciliation] link begins with https://"


def sign_faults(pages: Any) -> Iterator[str]:
    if not isinstance(pages, list) or not all(isinstance(each, str) and each in SIGNED for each in pages):
        yield f"“sign_language” is a list of pages: {', '.join(SIGNED)}."
