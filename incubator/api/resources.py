"""What a kind of thing is to programs: how it is asked for, and how its answers look."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from marshmallow import Schema, fields

from incubator.api.asking import Asked, Found, asks


@dataclass(frozen=True)
class Resource:
    """A kind of thing: `name` is its list, `one` a single thing, `key` what names it in addresses.

    `item` describes it in the list, `whole` by itself. Lists page by `pages_by`: the number of a row, or a short name.
    `part` is what an address calls a number, if not by the name of the thing.
    """

    name: str
    one: str
    summary: Any
    summary_of_one: Any
    item: type[Schema]
    whole: type[Schema]
    rows: Callable[[Asked], Found]
    find: Callable[[Any, Asked], "dict[str, Any] | None"]
    key: str = "slug"
    filters: tuple[str, ...] = ()
    pages_by: str = "id"
    part: str = ""

    @property
    def place(self) -> str:
        """Return how a single thing is named in an address."""
        return f"<int:{self.part or self.one + '_id'}>" if self.key == "id" else "<string:slug>"

    @cached_property
    def asks_for_list(self) -> type[Schema]:
        return asks(f"{self.one.title()}Questions", _names(self.item), filters=self.filters, after=self.pages_by)

    @cached_property
    def asks_for_one(self) -> type[Schema]:
        return asks(f"{self.one.title()}Question", _names(self.whole))

    @cached_property
    def page(self) -> type[Schema]:
        """Describe a page of the list."""
        return Schema.from_dict({
            "items": fields.List(fields.Nested(self.item), required=True),
            "next": fields.String(required=True, allow_none=True, metadata={
                "description": "The address of the next page; null on the last one."}),
        }, name=f"{self.one.title()}Page")

    @property
    def fields_of_one(self) -> list[str]:
        return _names(self.whole)


def _names(schema: type[Schema]) -> list[str]:
    return list(schema._declared_fields)
