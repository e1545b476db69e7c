"""Copies of everything about somebody."""

from pathlib import Path
from typing import Any

from incubator.foundation.transaction import transaction
from incubator.journal import record
from incubator.privacy import operations_erasure, queries_copy, store
from incubator.privacy.rules_copy import Copy


def one_that_is_there(person: Any) -> Copy:
    """A copy that was made, as far as addresses are concerned; its file holds nothing."""
    with transaction():
        asked = record(queries_copy.ASKED, person, person, language="de")
        record(queries_copy.MADE, None, person, asked=asked.id, size=4)
    copy = queries_copy.copy(asked.id)
    store.write(copy.key, _almost_nothing)
    return copy


def one_of_each(owner: Any, leaving: Any) -> dict[str, int]:
    """A copy that one person asked for, and the wish of another to be forgotten, by the parts of their addresses."""
    with transaction():
        wish = operations_erasure.ask(leaving, leaving)
    return {"copy_id": one_that_is_there(owner).id, "erasure_id": wish.id}


def _almost_nothing(path: Path) -> None:
    path.write_bytes(b"PK\5\6")
