"""Takes the rows of an archive in: under new numbers, merged with what is the same here, in one transaction."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.foundation import folders
from incubator.foundation.database import db, is_sqlite
from incubator.foundation.errors import RuleBroken
from incubator.foundation.slugs import slug_of
from incubator.interchange import round_plan as plan
from incubator.interchange.round_open import Opened, changed
from incubator.interchange.round_values import row_of
from incubator.journal.rules import new_salt, seal

AT_ONCE = 500
UNIQUE = {"round": ("slug", "name"), "project": ("slug", "notice_number"), "workshop": ("slug",), "board": ("code",)}
STORED = (plan.PHOTO, plan.PAPER, plan.DOCUMENT)


@dataclass
class Report:
    """What became of an archive: how many rows of each kind, what was the same here, what bears another name now."""

    round_slug: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    merged: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    added: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    renamed: list[tuple[str, str]] = field(default_factory=list)
    without_mail: int = 0


class Taking:
    """`numbers` leads from each table's numbers there to ours; `keys` from a file's key there to the one here."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.report = Report()
        self.numbers: dict[str, dict[int, int]] = defaultdict(dict)
        self.people: dict[str, str] = {}
        self.keys: dict[tuple[str, str], str] = {}

    def all(self) -> None:
        unknown = {name for name in self.opened.manifest["members"] if name.startswith("rows/")} - {
            f"rows/{name}.jsonl" for name in plan.CARRIED}
        if unknown:
            raise RuleBroken(changed(min(unknown)))
        for name in plan.CARRIED:
            self.report.counts[name] = self._table(name)

    def _table(self, name: str) -> int:
        rows = [row_of(name, given) for given in self.opened.rows(name)]
        if name in plan.MERGED:
            rows = self._without_known(name, rows)
        elif name == "need_evidence":
            rows = self._without_same_evidence(rows)
        if "id" in plan.table(name).columns:
            self._number(name, rows)
        ready = [self._ours(name, row) for row in _those_first_that_others_name(name, rows)]
        table = plan.table(name)
        for start in range(0, len(ready), AT_ONCE):
            db.session.execute(table.insert(), ready[start:start + AT_ONCE])
        return len(ready)

    def _number(self, name: str, rows: list[dict[str, Any]]) -> None:
        for row, number in zip(rows, _free_numbers(name, len(rows)), strict=True):
            if row["id"] in self.numbers[name]:
                raise RuleBroken(changed(f"rows/{name}.jsonl"))
            self.numbers[name][row["id"]] = number

    def _without_known(self, name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Leave out what is here already by its short name or its name, and say so."""
        table, fresh = plan.table(name), []
        for row in rows:
            same = [table.c[each] == row[each] for each in plan.MERGED[name]]
            found = db.session.scalar(sa.select(table.c.id).where(sa.or_(*same)).order_by(table.c.id).limit(1))
            title = str(row.get("name") or row["slug"])
            if found is None:
                fresh.append(row)
                self.report.added[name].append(title)
            else:
                self.numbers[name][row["id"]] = found
                self.report.merged[name].append(title)
        return fresh

    def _without_same_evidence(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        table, fresh = plan.table("need_evidence"), []
        for row in rows:
            same = [table.c[each] == row[each] for each in ("statement", "source", "year", "language")]
            found = db.session.scalar(sa.select(table.c.id).where(*same).order_by(table.c.id).limit(1))
            if found is None:
                fresh.append(row)
            else:
                self.numbers["need_evidence"][row["id"]] = found
        return fresh

    def _ours(self, name: str, row: dict[str, Any]) -> dict[str, Any]:
        """Lead every number to ours, and see that what must be the only one of its kind here still is."""
        here = {name: None, **plan.leads_to(name)}
        for column, target in here.items():
            if column in row and target is not None:
                row[column] = self._led(name, column, target, row[column])
        if "id" in row:
            row["id"] = self.numbers[name][row["id"]]
        for (table, column), target in plan.LOOSE.items():
            if table == name:
                row[column] = self.numbers[target].get(row[column])
        for table, column in plan.PEOPLE:
            if table == name:
                row[column] = self.people.get(row[column]) if row[column] else None
        for (table, column), value in plan.NEVER.items():
            if table == name:
                row[column] = value
        self._by_kind(name, row)
        return row

    def _led(self, name: str, column: str, target: str, given: Any) -> int | None:
        """Find our number for what a row speaks of; what did not come along is forgotten where that may be."""
        if given is None:
            return None
        found = self.numbers[target].get(given)
        if found is None and not plan.table(name).columns[column].nullable:
            raise RuleBroken(changed(f"rows/{name}.jsonl"))
        return found

    def _by_kind(self, name: str, row: dict[str, Any]) -> None:
        if name == "person":
            self._person(row)
        elif name == "translation":
            owner = self.numbers.get(row["owner_type"], {}).get(row["owner_id"])
            if row["owner_type"] not in plan.CARRIED or owner is None:
                raise RuleBroken(changed("rows/translation.jsonl"))
            row["owner_id"] = owner
        elif name == plan.DOCUMENT and row["about_type"] is not None:
            row["about_id"] = self.numbers.get(row["about_type"], {}).get(row["about_id"])
            row["about_type"] = row["about_type"] if row["about_id"] is not None else None
        elif name == "idea" and row["state"] == "merged" and row["merged_into_id"] is None:
            row["state"] = type(row["state"])("parked")  # the other one belongs to a round that stays there
        if name in STORED and row["key"] is not None:
            row["key"] = self._key(name, row["key"])
        for column in UNIQUE.get(name, ()):
            if row[column] is not None:
                row[column] = self._only_one(name, column, row[column])
        if name == "round":
            self.report.round_slug = row["slug"]

    def _person(self, row: dict[str, Any]) -> None:
        """Nobody can sign in as they, and nobody here is taken for them: a mail address that is known here is left."""
        there, row["public_id"] = row["public_id"], str(uuid4())
        self.people[there] = row["public_id"]
        row["seal_salt"] = new_salt()
        row["seal"] = seal(row["seal_salt"], row["public_id"])
        if row["mail"] and self._is_taken("person", "mail", row["mail"]):
            row["mail"] = None
            self.report.without_mail += 1

    def _key(self, name: str, there: str) -> str:
        if not folders.KEY.fullmatch(there):
            raise RuleBroken(changed(f"rows/{name}.jsonl"))
        here = folders.new_key() if self._is_taken(name, "key", there) else there
        self.keys[name, there] = here
        return here

    def _is_taken(self, name: str, column: str, value: str) -> bool:
        table = plan.table(name)
        return db.session.execute(sa.select(table.c[column]).where(table.c[column] == value)).first() is not None

    def _only_one(self, name: str, column: str, value: str) -> str:
        if not self._is_taken(name, column, value):
            return value
        longest = getattr(plan.table(name).c[column].type, "length", None) or 200
        if column == "slug":
            new = slug_of(value, lambda slug: self._is_taken(name, "slug", slug))
        else:
            new = next(tried for number in range(2, 1000) if not self._is_taken(
                name, column, tried := f"{value[:longest - 6]} ({number})"))
        self.report.renamed.append((value, new))
        return new


def _those_first_that_others_name(name: str, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Put each row behind the ones of its own table that it names."""
    own = [column for column, target in plan.leads_to(name).items() if target == name]
    if not own:
        yield from rows
        return
    by_id, done = {row["id"]: row for row in rows}, set[int]()
    for row in rows:
        chain, known = [row], {row["id"]}
        while named := [by_id[chain[-1][each]] for each in own if chain[-1][each] in by_id.keys() - done]:
            if named[0]["id"] in known:
                raise RuleBroken(changed(f"rows/{name}.jsonl"))
            known.add(named[0]["id"])
            chain.append(named[0])
        for each in reversed(chain):
            if each["id"] not in done:
                done.add(each["id"])
                yield dict(each)


def _free_numbers(name: str, many: int) -> Iterable[int]:
    """Reserve numbers that nobody has and nobody gets."""
    table = plan.table(name)
    if is_sqlite():
        first = (db.session.execute(sa.select(sa.func.max(table.c.id))).scalar() or 0) + 1
        return range(first, first + many)
    sequence = sa.func.nextval(sa.func.pg_get_serial_sequence(f'"{name}"', "id"))
    return db.session.execute(sa.select(sequence).select_from(sa.func.generate_series(1, many))).scalars().all()


REFUSED = _l("The archive does not fit into this database: something in it contradicts a rule. Nothing was taken in.")
