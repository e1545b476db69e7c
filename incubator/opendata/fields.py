"""What a table of the open data is made of: one description from which every format and its documentation come."""

import enum
from dataclasses import dataclass
from typing import Any

Values = dict[str, Any]


class Kind(enum.StrEnum):
    """What stands in a field; an amount is euros with two digits of cents, codes are several with spaces between."""

    TEXT = "text"
    CODE = "code"
    CODES = "codes"
    NUMBER = "number"
    AMOUNT = "amount"
    DAY = "day"
    MOMENT = "moment"
    YES_NO = "yes_no"
    ADDRESS = "address"


@dataclass(frozen=True)
class Field:
    """A column: `de` and `en` say what it means, `refers` names the table whose first field it repeats.

    Both stand in the files; the page translates the English.
    """

    name: str
    kind: Kind
    de: str
    en: str
    unit: str = ""
    refers: str = ""
    is_needed: bool = False


@dataclass(frozen=True)
class Table:
    """A table; `key` are the fields by which a row is known."""

    name: str
    de: str
    en: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        return [field.name for field in self.fields]


def _(sentence: str) -> str:
    """Mark what the page says in its reader's language; in the files it stays as it is."""
    return sentence


def text(name: str, de: str, en: str) -> Field:
    return Field(name, Kind.TEXT, de, en)


def code(name: str, de: str, en: str, *, refers: str = "") -> Field:
    return Field(name, Kind.CODE, de, en, refers=refers)


def codes(name: str, de: str, en: str) -> Field:
    return Field(name, Kind.CODES, de, en)


def number(name: str, de: str, en: str, unit: str = "") -> Field:
    return Field(name, Kind.NUMBER, de, en, unit)


def amount(name: str, de: str, en: str) -> Field:
    return Field(name, Kind.AMOUNT, de, en, "EUR")


def day(name: str, de: str, en: str) -> Field:
    return Field(name, Kind.DAY, de, en)


def moment(name: str, de: str, en: str) -> Field:
    return Field(name, Kind.MOMENT, de, en)


def yes_no(name: str, de: str, en: str) -> Field:
    return Field(name, Kind.YES_NO, de, en)


def known_by(de: str, en: str) -> Field:
    """The name by which other tables mean a row."""
    return Field("id", Kind.CODE, de, en, is_needed=True)


def of(table: str, name: str, de: str, en: str) -> Field:
    """A row of another table that this one belongs to."""
    return Field(name, Kind.CODE, de, en, refers=table, is_needed=True)


URI = Field("uri", Kind.ADDRESS, "Seite im Netz; bleibt dieselbe", _("Page on the web; stays the same"))
LANGUAGE = code("language", "Sprache der Texte dieser Zeile (BCP 47)", _("Language of this row's texts (BCP 47)"))
FICTIONAL = yes_no("is_fictional", "Erfunden, zum Ausprobieren", _("Made up, for trying the program"))
