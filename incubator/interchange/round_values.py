"""Turns what stands in an archive into values of our columns; whatever no form of ours could have made is refused."""

import json
import re
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from incubator.foundation.database import UtcDateTime
from incubator.foundation.errors import RuleBroken
from incubator.interchange import round_plan as plan
from incubator.interchange.round_open import changed

SLUG = re.compile("[a-z0-9-]+")
SMALL, LARGE = 2**31 - 1, 2**63 - 1


class Strange(Exception):
    """A value that this column cannot hold."""


def row_of(name: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return a row of a table, every column of which must be there and no other."""
    columns = plan.table(name).columns
    try:
        if set(given) != set(columns.keys()):
            raise Strange("columns")
        return {column.name: _value(column, given[column.name]) for column in columns}
    except (Strange, ValueError, TypeError, OverflowError, RecursionError):
        raise RuleBroken(changed(f"rows/{name}.jsonl")) from None


def _value(column: sa.Column[Any], given: Any) -> Any:
    if given is None:
        if column.nullable:
            return None
        raise Strange(column.name)
    kind = column.type
    if isinstance(kind, sa.Enum):
        return kind.enum_class(given) if kind.enum_class else _text(column, given)
    if isinstance(kind, sa.JSON):
        _storable(json.dumps(given, ensure_ascii=False))
        return given
    if isinstance(kind, sa.Boolean):
        return _exactly(bool, given)
    if isinstance(kind, sa.Integer):
        return _number(kind, given)
    if isinstance(kind, sa.Date):
        return date.fromisoformat(_exactly(str, given))
    if isinstance(kind, UtcDateTime):
        return _moment(given)
    if isinstance(kind, sa.String):
        return _text(column, given)
    raise Strange(column.name)


def _exactly(kind: type, given: Any) -> Any:
    if type(given) is not kind:
        raise Strange(kind.__name__)
    return given


def _number(kind: sa.Integer, given: Any) -> int:
    number: int = _exactly(int, given)
    if abs(number) > (LARGE if isinstance(kind, sa.BigInteger) else SMALL):
        raise Strange("number")
    return number


def _moment(given: Any) -> datetime:
    moment = datetime.fromisoformat(_exactly(str, given))
    if moment.tzinfo is None:
        raise Strange("zone")
    return moment


def _text(column: sa.Column[Any], given: Any) -> str:
    text: str = _exactly(str, given)
    longest = getattr(column.type, "length", None)
    if longest is not None and len(text) > longest:
        raise Strange("length")
    if plan.ADDRESSES.fullmatch(column.name) and text and not text.startswith(("https://", "http://")):
        raise Strange("address")
    if column.name == "slug" and not SLUG.fullmatch(text):
        raise Strange("slug")
    return _storable(text)


def _storable(text: str) -> str:
    text.encode()  # lone halves of a sign are no text
    if "\x00" in text or "\\u0000" in text:
        raise Strange("sign")
    return text
