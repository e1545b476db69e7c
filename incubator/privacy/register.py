"""The register of personal data: every column that says something about somebody, why, how long, and what goes.

A new column of any table stands either here, in the file of its subject, or in `register_rest.py`, where it says
nothing about anybody; a test asks for it.
"""

from collections.abc import Iterator

from incubator.privacy.register_money import MONEY
from incubator.privacy.register_outside import OUTSIDE
from incubator.privacy.register_people import PEOPLE
from incubator.privacy.register_projects import PROJECTS
from incubator.privacy.register_purposes import PURPOSES as PURPOSES
from incubator.privacy.register_rest import NOT_PERSONAL as NOT_PERSONAL
from incubator.privacy.register_terms import Holds as Holds
from incubator.privacy.register_terms import How as How
from incubator.privacy.register_terms import Kept as Kept
from incubator.privacy.register_terms import Purpose

REGISTER = (*PEOPLE, *PROJECTS, *MONEY, *OUTSIDE)


def entries(table: str) -> list[Kept]:
    """Return what the register says about a table."""
    return [each for each in REGISTER if each.table == table]


def of(purpose: Purpose) -> list[Kept]:
    return [each for each in REGISTER if each.purpose is purpose]


def tables() -> list[str]:
    """Return every table that holds something about somebody, in the order of the register."""
    return list(dict.fromkeys(each.table for each in REGISTER))


def named() -> Iterator[str]:
    """Say each column of the register as table.column."""
    for each in REGISTER:
        yield from (f"{each.table}.{column}" for column in each.columns)
