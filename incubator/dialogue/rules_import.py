"""How a list of findings is read: lines of a CSV file, each taken or refused with a sentence."""

import base64
import binascii
import csv
import io
import re
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.dialogue import rules, rules_evidence
from incubator.dialogue.models import EvidenceKind
from incubator.foundation.digits import western
from incubator.foundation.errors import RuleBroken
from incubator.foundation.language import BY_CODE
from incubator.foundation.validators import refuse_controls

COLUMNS = ("kind", "statement", "language", "indicator", "count", "base", "pct", "year", "source", "licence", "theme",
           "district", "languages")
NEEDED = ("kind", "statement", "year", "source", "theme")
NUMBERS = ("count", "base", "pct", "year")
MOST_BYTES, MOST_LINES = 500_000, 2000
LARGEST = 9  # digits that a number of people can have
NO_CSV = _l("This is no CSV file. In your table program choose “Save as” and then “CSV UTF-8”.")


@dataclass(frozen=True)
class Places:
    """Themes and districts by every name they have, in small letters."""

    themes: Mapping[str, int] = field(default_factory=dict)
    districts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One line of the file: what stands there, and what is stored of it or why it is refused, and in which column."""

    number: int
    said: Mapping[str, str]
    fields: dict[str, Any] | None = None
    column: str = ""
    reason: Any = ""


def text_of(data: bytes) -> str:
    """Return what a file says, in UTF-8 or as older programs for Windows write it."""
    if len(data) > MOST_BYTES:
        raise RuleBroken(_l("The file is too large: at most 500 kB fit. Please split it."), "file")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise RuleBroken(NO_CSV, "file")


def packed(text: str) -> str:
    """Return a text small enough to wait in a page until somebody says yes."""
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode()


def unpacked(carried: str) -> str:
    """Return what `packed` made; anything else is refused."""
    try:
        unpack = zlib.decompressobj()
        data = unpack.decompress(base64.urlsafe_b64decode(carried.encode()), 3 * MOST_BYTES)
        if not unpack.eof:
            raise ValueError("cut off, or larger than any file we took")
        return data.decode()
    except (ValueError, binascii.Error, zlib.error):
        raise RuleBroken(_l("The file did not arrive whole. Please choose it again.")) from None


def read(text: str, places: Places, known: Collection[tuple[Any, ...]], this_year: int) -> list[Line]:
    """Return all lines of a file; `known` are the findings that are written down already."""
    seen: dict[tuple[Any, ...], int] = {same: 0 for same in known}
    lines = []
    for number, said in _rows(text):
        try:
            fields = _fields(said, places, this_year)
            _demand_new(fields, number, seen)
        except RuleBroken as broken:
            column = (broken.field or "").removesuffix("_id")
            lines.append(Line(number, said, None, column, broken.sentence))
        else:
            lines.append(Line(number, said, fields))
    return lines


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each line's number and its cells by the name of their column; empty lines are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    columns: list[str] = []
    taken, number = 0, 1
    try:
        for cells in reader:
            at, number = number, reader.line_num + 1
            if not columns:
                columns = _header(cells)
            elif any(cell.strip() for cell in cells):
                taken += 1
                if taken > MOST_LINES:
                    raise RuleBroken(_l("The file has too many lines: at most 2,000 fit. Please split it."), "file")
                known = zip(columns, cells, strict=False)
                yield at, {name: " ".join(cell.split()) for name, cell in known if name in COLUMNS}
    except csv.Error:
        raise RuleBroken(NO_CSV, "file") from None
    if not taken:
        raise RuleBroken(_l("There is no finding in this file: only the first line with the names of the columns, "
                            "or nothing at all."), "file")


def _delimiter(text: str) -> str:
    first = text.lstrip().partition("\n")[0]
    return max(";,\t", key=first.count)


def _header(cells: list[str]) -> list[str]:
    columns = [cell.strip().casefold() for cell in cells]
    if missing := [name for name in NEEDED if name not in columns]:
        raise RuleBroken(_l("The first line must name the columns. These are missing: %(names)s",
                            names=", ".join(missing)), "file")
    return columns


def _fields(said: Mapping[str, str], places: Places, this_year: int) -> dict[str, Any]:
    """Return one line as the fields of a finding."""
    for name, text in said.items():
        try:
            refuse_controls(text)
        except ValueError as broken:
            raise RuleBroken(broken.args[0], name) from None
    cell = dict.fromkeys(COLUMNS, "") | dict(said)
    return rules_evidence.checked({
        **{name: cell[name] for name in ("statement", "indicator", "source", "licence")},
        **{name: _number(cell[name], name) for name in NUMBERS},
        "kind": _kind(cell["kind"]),
        "language": _language(cell["language"]),
        "languages": _languages(cell["languages"]),
        "theme_id": _place(cell["theme"], places.themes, "theme", _l("There is no theme with this key or name.")),
        "district_id": _place(cell["district"], places.districts, "district",
                              _l("There is no district with this number or name.")) if cell["district"] else None,
    }, this_year)


def _number(text: str, column: str) -> int | None:
    text = western(text)
    plain = text.removesuffix("%").strip() if column == "pct" else text
    if not plain:
        return None
    if not plain.isdecimal() or len(plain) > LARGEST:
        raise RuleBroken(_l("Please write a whole number."), column)
    return int(plain)


def _kind(text: str) -> EvidenceKind:
    asked = text.casefold()
    for kind in EvidenceKind:
        if asked in (kind.value, str(kind.label).casefold()):
            return kind
    raise RuleBroken(_l("This kind is not known. There are: %(kinds)s", kinds=", ".join(EvidenceKind)), "kind")


def _language(text: str) -> str:
    """Return the language of the statement; German where nothing is said."""
    code = text.casefold() or "de"
    if code not in BY_CODE:
        raise RuleBroken(_l("This language is not known. There are: %(codes)s", codes=", ".join(BY_CODE)), "language")
    return code


def _languages(text: str) -> list[str]:
    codes = [code for code in re.split(r"[\s,;|/+]+", text.casefold()) if code]
    if any(code not in rules.SPOKEN for code in codes):
        raise RuleBroken(_l("This language is not known. There are: %(codes)s", codes=", ".join(rules.SPOKEN)),
                         "languages")
    return codes


def _place(text: str, known: Mapping[str, int], column: str, sentence: Any) -> int:
    found = known.get(text.casefold())
    if found is None:
        raise RuleBroken(sentence, column)
    return found


def _demand_new(fields: dict[str, Any], number: int, seen: dict[tuple[Any, ...], int]) -> None:
    """Refuse what was written down before, or stands further up in the same file."""
    before = seen.setdefault(rules_evidence.sameness(fields), number)
    if before == 0:
        raise RuleBroken(_l("This finding is written down already."), "statement")
    if before != number:
        raise RuleBroken(_l("Line %(number)s says the same.", number=before), "statement")
