"""How a copy is written for people: fields by words they know, values as pages write them."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from incubator.dialogue.models import Workshop
from incubator.foundation import language, rendering
from incubator.foundation.database import db
from incubator.organisations.models import Organisation
from incubator.privacy.gathering import Part
from incubator.privacy.rules_copy import HIDDEN
from incubator.programme.models import Round
from incubator.projects.models import Project

WORDS = {
    "mail": _l("Mail address"), "address": _l("Mail address"), "given_name": _l("First name"),
    "family_name": _l("Family name"), "name": _l("Name"), "title": _l("Title"), "text": _l("Text"),
    "language": _l("Language"), "languages": _l("Languages"), "state": _l("State"), "status": _l("State"),
    "reason": _l("Reason"), "answer": _l("Answer"), "place": _l("Place"), "kind": _l("Kind"), "role": _l("Role"),
    "device": _l("Device"), "payee": _l("Payee"), "number": _l("Number"), "question": _l("Question"),
    "points": _l("Points"), "minutes": _l("Minutes"), "pages": _l("Pages"), "file_name": _l("File"),
    "amount_cents": _l("Amount"), "since": _l("Since"), "until": _l("Until"), "due_on": _l("By when"),
    "what": _l("What"), "who": _l("Who"), "at": _l("Date"), "action": _l("Step"), "project_id": _l("Project"),
    "organisation_id": _l("Organisation"), "workshop_id": _l("Workshop"), "round_id": _l("Round"),
    "subject": _l("Subject"), "id": _l("Number"),
}
NAMED: Mapping[str, Any] = {
    "project_id": Project.title, "organisation_id": Organisation.name, "workshop_id": Workshop.title,
    "round_id": Round.name,
}
LONG = 120  # what is longer than a line stands below its name


@dataclass(frozen=True)
class Field:
    name: str
    value: str
    is_long: bool


@dataclass(frozen=True)
class Chapter:
    """One kind of thing with all its rows."""

    purpose: str
    what: str
    rows: Sequence[Sequence[Field]]


def chapters(parts: Sequence[Part]) -> list[Chapter]:
    """Write parts in the language spoken now; what says nothing is left out."""
    names = _names(parts)
    return [Chapter(str(part.kept.purpose.title), str(part.kept.what), [_fields(part, row, names)
                                                                        for row in part.rows.values()])
            for part in parts]


def _fields(part: Part, row: Mapping[str, Any], names: Mapping[tuple[str, Any], str]) -> list[Field]:
    own = [name for name in row if name in part.kept.columns and row[name] not in (None, "", [], {})]
    named = {name: names[name, row[name]] for name in own if name in NAMED and (name, row[name]) in names}
    written = ((name, named.get(name) or write(name, row[name])) for name in own)
    return [Field(word(name), value, len(value) > LONG or "\n" in value) for name, value in written]


def word(name: str) -> str:
    """Name a column in words; those that only programs need keep the name they have in the file for programs."""
    return str(WORDS.get(name, name.removesuffix("_id").removesuffix("_cents").replace("_", " ")))


def write(name: str, value: Any) -> str:
    if value == HIDDEN:
        return _("kept, but not shown: with it somebody could get in")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, enum.Enum):
        return str(getattr(value, "label", value.value))
    if isinstance(value, datetime):
        return rendering.moment(value)
    if isinstance(value, date):
        return rendering.day(value)
    if name.endswith("_cents"):
        return rendering.amount(value)
    if name in ("language", "answer_language", "alt_language"):
        return language.name_of(str(value), language.current().babel.partition("@")[0])
    if isinstance(value, list):
        return language.current().comma.join(str(each) for each in value)
    return value.hex() if isinstance(value, bytes) else str(value)


def _names(parts: Sequence[Part]) -> dict[tuple[str, Any], str]:
    """Return the names of what rows point to by a number, one question each."""
    found: dict[tuple[str, Any], str] = {}
    for name, column in NAMED.items():
        numbers = {row[name] for part in parts for row in part.rows.values() if row.get(name) is not None}
        if numbers:
            key = column.class_.id
            found |= {(name, number): text for number, text in db.session.execute(
                sa.select(key, column).where(key.in_(numbers)))}
    return found
