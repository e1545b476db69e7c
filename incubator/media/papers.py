"""Papers as they are sent, by phone or scanner: read, cleaned and made ready to be kept."""

import hashlib
import unicodedata
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation.errors import RuleBroken
from incubator.media import images, pdfs
from incubator.media.models import PaperKind

LONG_SIDE = 2400  # pixels: the small print of an A4 sheet can be read at two hundred dots an inch
LONGEST_NAME = 120
FORMATS = (*images.FORMATS, images.SCANNED)
UNREADABLE = _l("This file cannot be read. Please take a photo of the paper or choose a PDF.")
EMPTY = _l("This file is empty. Please choose it again.")
NAMELESS = {PaperKind.PDF: "paper.pdf", PaperKind.PICTURE: "paper.jpg"}
SPACE_BEFORE = b"\xef\xbb\xbf \t\r\n"


@dataclass(frozen=True)
class ReadPaper:
    """A paper ready to be stored; `small` is its preview, which only pictures have."""

    kind: PaperKind
    data: bytes
    small: bytes | None
    pages: int
    original_sha256: str
    file_name: str


def read(data: bytes, name: str, field: str | None = "files") -> ReadPaper:
    """Make a paper of a file: JPEG, PNG, WebP, HEIC and TIFF as pixels, PDF without anything active.

    What begins like a PDF is one; whatever stands behind or before the pages is lost in both. Refused, with the
    file's name where it has one: what is empty, damaged, locked, too large, too long, or neither picture nor PDF.
    """
    try:
        return _read(data, name)
    except RuleBroken as broken:
        raise RuleBroken(_named(clean_name(name), broken.sentence), field) from None


def is_pdf(data: bytes) -> bool:
    return data[:64].lstrip(SPACE_BEFORE).startswith(b"%PDF-")


def _read(data: bytes, name: str) -> ReadPaper:
    if not data:
        raise RuleBroken(EMPTY)
    original = hashlib.sha256(data).hexdigest()
    if is_pdf(data):
        cleaned, pages = pdfs.clean(data)
        return ReadPaper(PaperKind.PDF, cleaned, None, pages, original, clean_name(name) or NAMELESS[PaperKind.PDF])
    try:
        picture = images.read(data, long_side=LONG_SIDE, formats=FORMATS)
    except RuleBroken as broken:
        raise RuleBroken(UNREADABLE if broken.sentence is images.NOT_A_PICTURE else broken.sentence) from None
    shown = clean_name(name) or NAMELESS[PaperKind.PICTURE]
    return ReadPaper(PaperKind.PICTURE, picture.large, picture.small, 1, original, shown)


def _named(name: str, sentence: Any) -> Any:
    """Several files are sent at once: say which one is meant, in a direction of its own."""
    if not name:
        return sentence
    return _l("%(name)s: %(sentence)s", name=f"\u2068{name}\u2069", sentence=sentence)


def clean_name(name: str) -> str:
    """Return a file's name without folders, signs nobody sees, or more than 120 letters; its ending stays.

    It may hold a person's name or an illness: it is shown only where the paper is, and never journalled.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    spaced = " ".join("".join(" " if sign.isspace() else sign for sign in last).split())
    seen = "".join(sign for sign in spaced if unicodedata.category(sign)[0] != "C" and sign != "\ufffd").strip(". ")
    if len(seen) <= LONGEST_NAME:
        return seen
    stem, dot, ending = seen.rpartition(".")
    if not dot or len(ending) > 8:
        return seen[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
