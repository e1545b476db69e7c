"""The statement on accessibility: what is true of the program as it is, and what the city says beyond it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.wording.queries import Passage

CHECKED_ON = date(2026, 11, 29)
STATES = {
    "fully": _l("We call them fully conformant: we know of nothing that is missing."),
    "partly": _l("We call them partly conformant: most of it is there, and what is missing stands below."),
    "not": _l("We call them not conformant yet: too much is missing. It stands below."),
}
CHECKED = {
    "self": _l("We checked them ourselves, on %(day)s: by a program on every page, by keyboard, with large letters and "
               "with the colours of the device. Nobody from outside has checked them yet."),
    "outside": _l("An expert body from outside checked them, on %(day)s."),
}
GAPS = {
    "sign_language": _l("Sign language: there is no video in German sign language (DGS) yet."),
    "easy_language": _l("Easy language: our own sentences exist in German easy language (Leichte Sprache). People who "
                        "need it have not checked them yet, and what projects write is not in easy language."),
    "texts": _l("Texts and photo descriptions by projects: people write them themselves, often in a language that is "
                "not their first one. We ask for a description of every photo, but cannot promise that each is good."),
    "translations": _l("Translations: some texts exist in one language only. The page says so, and names the language "
                       "for screen readers."),
    "screen_readers": _l("Screen readers: the pages have been tested by programs and by keyboard, but not yet by "
                         "people who use a screen reader every day."),
    "file_upload": _l("File upload: the button to choose a file speaks the language of your browser, not that of the "
                      "page."),
}


@dataclass(frozen=True)
class Statement:
    """Who says what about accessibility; `own_gaps` are the city's sentences in the language they are written in."""

    state: Any
    checked: str
    checked_on: date
    gaps: tuple[Any, ...]
    own_gaps: tuple[Passage, ...]
    operator: str
    mail: str
    phone: str
    conciliation: Mapping[str, str]


def statement(
    said: Mapping[str, Any], *, operator: Mapping[str, str], mail: str, language: tuple[str, ...], is_signed: bool
) -> Statement:
    """Return the statement for a reader of these languages; a video on this page takes the gap of sign language."""
    mended = {*said.get("mended", ()), *(("sign_language",) if is_signed else ())}
    return Statement(
        state=STATES[said.get("state", "partly")], checked=CHECKED[said.get("checked_by", "self")],
        checked_on=said.get("checked_on", CHECKED_ON),
        gaps=tuple(sentence for key, sentence in GAPS.items() if key not in mended),
        own_gaps=tuple(_passage(gap, language) for gap in said.get("gaps", ())),
        operator=operator.get("name", ""), mail=said.get("mail") or mail,
        phone=said.get("phone") or operator.get("phone", ""), conciliation=said["conciliation"],
    )


def _passage(gap: Mapping[str, str], languages: tuple[str, ...]) -> Passage:
    code = next((each for each in languages if each in gap), "de")
    return Passage(gap[code], code)
