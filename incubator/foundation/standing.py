"""Questions to the database that stand: written once, asked again and again about other rows.

To write a SELECT takes SQLAlchemy longer than to have it answered.
"""

import functools
import inspect
from collections.abc import Callable, Collection, Hashable, Sequence
from typing import Any, ParamSpec

import sqlalchemy as sa

from incubator.foundation.database import db

P = ParamSpec("P")
Select = sa.Select[*tuple[Any, ...]]


def _kind(value: Any) -> Hashable:
    """Return what of a value decides how the question is written: nothing, yes or no, one or several."""
    if value is None or isinstance(value, bool):
        return value
    return "several" if isinstance(value, Collection) and not isinstance(value, str) else "one"


def _place(name: str, kind: Hashable) -> Any:
    return kind if kind is None or isinstance(kind, bool) else sa.bindparam(name, expanding=kind == "several")


def standing(write: Callable[P, Select]) -> Callable[P, Sequence[Any]]:
    """Make of a function that writes a SELECT of columns one that returns the rows.

    It is called once for each kind of values, and gets places for them instead: nothing may be computed from a place.
    """
    parameters = inspect.signature(write).parameters
    defaults = {name: each.default for name, each in parameters.items() if each.default is not each.empty}

    @functools.cache
    def written(kinds: tuple[tuple[str, Hashable], ...]) -> Select:
        places: Any = {name: _place(name, kind) for name, kind in kinds}
        return write(**places)  # type: ignore[call-arg]

    @functools.wraps(write)
    def ask(*args: P.args, **kwargs: P.kwargs) -> Sequence[Any]:
        given = defaults | dict(zip(parameters, args, strict=False)) | kwargs
        kinds = tuple((name, _kind(value)) for name, value in given.items())
        values = {name: list(given[name]) if kind == "several" else given[name]
                  for name, kind in kinds if isinstance(kind, str)}
        db.session.flush()  # what was changed a moment ago is part of the answer
        return db.session.connection().execute(written(kinds), values).all()

    return ask
