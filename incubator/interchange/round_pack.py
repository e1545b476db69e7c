"""Packs a round into one signed file: rows, files, and the journal it comes from."""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from incubator.documents import store as documents
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.interchange import round_plan as plan
from incubator.interchange.round_plan import People
from incubator.interchange.round_rows import Rows
from incubator.interchange.site_seal import signed
from incubator.journal import queries as journal
from incubator.journal import rules, verifier
from incubator.journal.models import Entry
from incubator.media import store
from incubator.programme.models import Round

PART = 1 << 16


class _Pack:
    """Writes members and remembers size and SHA-256 of each."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.members: dict[str, dict[str, Any]] = {}

    def add(self, name: str, parts: Iterable[bytes]) -> None:
        whole, size = hashlib.sha256(), 0
        with self.archive.open(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), "w", force_zip64=True) as member:
            for part in parts:
                member.write(part)
                whole.update(part)
                size += len(part)
        self.members[name] = {"size": size, "sha256": whole.hexdigest()}


def pack(target: Path, round_: Round, people: People, *, secret: str, site: str) -> dict[str, Any]:
    """Write the archive beside its place first, readable by its owner alone; return what its manifest says."""
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.compression = zipfile.ZIP_DEFLATED
            manifest = _fill(_Pack(archive), round_, people, secret=secret, site=site)
            archive.writestr(plan.MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    return manifest


def _fill(pack_: _Pack, round_: Round, people: People, *, secret: str, site: str) -> dict[str, Any]:
    rows, counts, keys = Rows(round_, people), {}, []
    for name, lines in rows.all():
        number = 0

        def parts(lines: Iterator[str] = lines, name: str = name) -> Iterator[bytes]:
            nonlocal number
            for line in lines:
                number += 1
                if name in (plan.PHOTO, plan.PAPER, plan.DOCUMENT):
                    keys.append((name, json.loads(line)))
                yield f"{line}\n".encode()

        pack_.add(f"rows/{name}.jsonl", parts())
        counts[name] = number
    for name, row in keys:
        for file, place in files_of(name, row):
            if people is People.NAMES or (name == plan.PHOTO and row["is_public"]):
                _add_file(pack_, file, place)
    head = _add_journal(pack_, rows.numbers)
    return signed({
        "format": plan.FORMAT, "kind": "incubator-round", "site": site, "round": round_.slug, "name": round_.name,
        "made_at": rules.moment_text(clock.now()), "people": people.value, "rows": counts, "journal": head,
        "members": pack_.members,
    }, secret)


def files_of(kind: str, row: dict[str, Any]) -> list[tuple[str, Path]]:
    """Return (name in the archive, place in the house) of the files that belong to a row."""
    key = row["key"]
    if key is None:
        return []
    if kind == plan.DOCUMENT:
        return [(f"files/document-{key}.pdf", documents.place(key))]
    if kind == plan.PAPER and row["kind"] == "pdf":
        return [(f"files/paper-{key}.pdf", store.place(key, kind=store.PDF))]
    return [(f"files/{kind}-{key}{end}.jpg", store.place(key, small=bool(end))) for end in ("", "-small")]


def _add_file(pack_: _Pack, name: str, place: Path) -> None:
    try:
        data = place.read_bytes()
    except FileNotFoundError:
        return  # swept or never made: the row says so as well
    pack_.add(name, [data])


def _add_journal(pack_: _Pack, numbers: dict[str, set[int]]) -> dict[str, Any] | None:
    """Add the whole chain as seals, and of this round's entries what they say, so that it can be checked anywhere."""
    last: dict[str, Any] = {}
    own = {name: numbers.get(name, set()) for name in ("round", *(table for table, _column in plan.OF_ROUND))}

    def lines() -> Iterator[bytes]:
        for row in db.session.execute(sa.select(Entry.__table__).order_by(Entry.id).execution_options(yield_per=1000)):
            line = {"number": row.id, "previous": row.previous, "content": row.content, "hash": row.hash}
            last.update(number=row.id, hash=row.hash)
            if row.project_id in own["project"] or row.subject_id in own.get(row.subject_type, ()):
                line["open"] = {"salt": row.salt, "entry": rules.facts_of(row, row.id)}
            yield f"{json.dumps(line, ensure_ascii=False, separators=(',', ':'))}\n".encode()

    points = {"format": "incubator-checkpoint/1", "checkpoints": [
        point._asdict() for point in journal.signed_checkpoints()]}
    pack_.add("journal/checkpoints.json", [json.dumps(points).encode()])
    pack_.add("journal/record.jsonl", lines())
    pack_.add("journal/verify.py", [Path(verifier.__file__).read_bytes()])
    return last or None
