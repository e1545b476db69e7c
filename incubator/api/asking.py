"""What programs ask for: parameters behind the question mark, and the parts of an answer they want."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import Schema, ValidationError, fields, validate
from webargs.fields import DelimitedList

from incubator.foundation.addresses import LARGEST, readable
from incubator.foundation.clock import CITY
from incubator.foundation.language import BY_CODE

LONGEST = 80
USUAL, MOST = 20, 100


class Word(fields.String):
    """A word as databases keep it: spaces of one kind, no control characters."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validate=validate.Length(max=LONGEST), **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> str:
        given = str(super()._deserialize(value, attr, data, **more))
        if len(given) > LONGEST:  # as it was sent, before anything is taken away
            raise ValidationError("too long")
        return readable(" ".join(given.split()))


class Day(fields.Date):
    """A day in a year that a calendar shows."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> date:
        day: date = super()._deserialize(value, attr, data, **more)
        if not 1900 <= day.year <= 2199:
            raise ValidationError("out of range")
        return day


SENTENCES: dict[str, Any] = {
    "lang": _l("The language of texts, where there are words in it. Without it your Accept-Language counts."),
    "fields": _l("The parts you need, with commas between them. What names the thing always comes."),
    "limit": _l("How many at once: 20 if you do not say, 100 at most."),
    "after": _l("Where the page before ended. Take it from the link to the next page."),
    "round": _l("Only what belongs to the round with this short name."),
    "theme": _l("Only what belongs to the theme with this short name."),
    "district": _l("Only what belongs to the district with this short name, or “citywide”."),
    "project": _l("Only what belongs to the project with this short name."),
    "stage": _l("Only projects on this stage, and what belongs to them."),
    "state": _l("Only ideas in this state."),
    "since": _l("Only what is of this day or later."),
    "until": _l("Only what is of this day or earlier."),
}
EVERYWHERE = ("lang", "fields", "limit", "after")


def _said(name: str) -> dict[str, Any]:
    return {"description": SENTENCES[name]}


FILTERS: dict[str, Callable[[], fields.Field]] = {
    **{name: functools.partial(Word, metadata=_said(name))
       for name in ("round", "theme", "district", "project", "state")},
    "stage": lambda: fields.String(
        validate=validate.OneOf(["budget", "milestones", "closing"]), metadata=_said("stage")),
    **{name: functools.partial(Day, metadata=_said(name)) for name in ("since", "until")},
}


@dataclass(frozen=True)
class Asked:
    """A question, read: `after` is where the page before ended, `wants` are parts that are needed, or none for all."""

    language: str
    today: date
    limit: int = USUAL
    after: Any = None
    wants: tuple[str, ...] = ()
    filters: dict[str, Any] | None = None

    def get(self, name: str) -> Any:
        return (self.filters or {}).get(name)

    def word(self, name: str) -> str:
        return str(self.get(name) or "")


@dataclass(frozen=True)
class Found:
    """Some of a list, and the key after which the next ones begin."""

    items: Sequence[dict[str, Any]]
    after: Any = None


def asks(name: str, names: Sequence[str], *, filters: Sequence[str] = (), after: str | None = None) -> type[Schema]:
    """Describe what may stand behind the question mark; `after` is the kind of key a list pages by."""
    known: dict[str, Any] = {
        "lang": fields.String(validate=validate.OneOf(sorted(BY_CODE)), metadata=_said("lang")),
        "fields": DelimitedList(fields.String(validate=validate.OneOf(list(names))), metadata=_said("fields")),
    }
    if after is not None:
        known |= {
            "limit": fields.Integer(load_default=USUAL, validate=validate.Range(1, MOST), metadata=_said("limit")),
            "after": (fields.Integer(validate=validate.Range(1, LARGEST), metadata=_said("after")) if after == "id"
                      else Word(metadata=_said("after"))),
        }
    known |= {each: FILTERS[each]() for each in filters}
    return Schema.from_dict(known, name=name)


def part(whole: dict[str, Any], key: str, wants: Sequence[str]) -> dict[str, Any]:
    return {name: value for name, value in whole.items() if name == key or name in wants} if wants else whole


def moment(day: date) -> datetime:
    """Return when a day begins in the city."""
    return datetime.combine(day, time.min, CITY)
