"""What a migration takes away from programs of the release before, which still run while it is carried out."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.house.sources import ROOT

Schema = Mapping[str, Any]  # as tests.house.homes.schema describes it
Used = Mapping[str, list[str]]
VERSIONS = ROOT / "migrations" / "versions"
MARK = re.compile(r'^CONTRACT_AFTER = "(\d+\.\d+\.\d+)"$', re.MULTILINE)


def released() -> dict[str, Any]:
    """Return the last release: its number, its newest step, and the columns its models use."""
    found: dict[str, Any] = json.loads((ROOT / "migrations" / "released.json").read_text())
    return found


def files(after: str) -> list[Path]:
    return sorted(path for path in VERSIONS.glob("[0-9]*.py") if path.name.partition("_")[0] > after)


def mark(text: str) -> str | None:
    found = MARK.search(text)
    return found[1] if found else None


def number(release: str) -> tuple[int, ...]:
    return tuple(map(int, release.split(".")))


def taken_away(before: Schema, after: Schema, used: Used) -> Iterator[str]:
    """Name what programs that use these columns would miss, or could no longer write."""
    for table, columns in used.items():
        if table not in before:
            continue
        if table not in after:
            yield f"the table {table} is gone or has another name"
            continue
        yield from _columns(table, before[table]["columns"], after[table]["columns"], columns)
        for kind in ("uniques", "checks", "foreign keys"):
            for name, *_about in after[table][kind] - before[table][kind]:
                if all(name != other for other, *_ in before[table][kind]):
                    yield f"{table} is held to something new: {name}"


def _columns(table: str, before: Mapping[str, Any], after: Mapping[str, Any], used: list[str]) -> Iterator[str]:
    for name in used:
        if name not in before:
            continue
        if name not in after:
            yield f"{table}.{name} is gone or has another name"
        elif before[name][1] and not after[name][1]:
            yield f"{table}.{name} must not be empty any more"
        elif before[name][0] != after[name][0]:
            yield f"{table}.{name} was {before[name][0]} and is {after[name][0]}"
    for name in after.keys() - before.keys():
        _kind, may_be_empty, default = after[name]
        if not may_be_empty and default is None:
            yield f"{table}.{name} is new and must be filled in, which they do not know"


def refused(name: str, text: str, losses: list[str], release: str) -> list[str]:
    """Say why a step may not stand: what it takes away, and that it is not marked for the release that comes."""
    after = mark(text)
    if not losses or (after is not None and number(after) > number(release)):
        return []
    why = f"is marked for {after}, but {release} still uses this" if after else "is not marked as contract"
    return [f"{name}: {loss}; it {why}" for loss in losses]
