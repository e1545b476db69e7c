"""Opens an archive that came from elsewhere and believes nothing: every name, size, hash and signature is checked."""

import hashlib
import json
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation.errors import RuleBroken
from incubator.interchange import round_plan as plan
from incubator.interchange.site_seal import head_of, is_signed, sum_of
from incubator.journal import verifier
from incubator.media import scanner

NAME = re.compile(
    r"rows/[a-z_]{1,40}\.jsonl|journal/(?:record\.jsonl|checkpoints\.json|verify\.py)"
    r"|files/(?:photo|paper|document)-[0-9a-f]{32}(?:-small)?\.(?:jpg|pdf)")
MOST_MEMBERS, MOST_BYTES, LARGEST_MANIFEST = 50_000, 4 * 1024**3, 32 * 1024**2
LONGEST_LINE = 4 * 1024**2
PART = 1 << 16
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
NO_ARCHIVE = _l("This file is no archive of a round, or it is damaged.")


@dataclass(frozen=True)
class Opened:
    """An archive that holds; `hash` is of the whole file."""

    archive: zipfile.ZipFile
    manifest: dict[str, Any]
    hash: str

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        name = f"rows/{table}.jsonl"
        if name not in self.manifest["members"]:
            return
        with self.archive.open(name) as lines:
            while line := lines.readline(LONGEST_LINE + 1):
                row = _read_json(line) if len(line) <= LONGEST_LINE else None
                if not isinstance(row, dict):
                    raise RuleBroken(changed(name))
                yield row

    def file(self, name: str) -> bytes | None:
        return self.archive.read(name) if name in self.manifest["members"] else None


def changed(name: str) -> Any:
    return _l("The archive was changed or damaged: “%(name)s” does not fit. Nothing was taken in.", name=name)


@contextmanager
def opened(file: Path) -> Iterator[Opened]:
    """Open an archive and see that it is whole and says nothing that was not signed."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = _members(archive)
            manifest = _manifest(archive)
            _demand_kind(manifest, members)
            for name, said in manifest["members"].items():
                _demand_whole(archive, name, said)
            _demand_journal(archive, manifest)
            yield Opened(archive, manifest, sum_of(file))
    except DAMAGED as fault:
        raise RuleBroken(NO_ARCHIVE) from fault


def _members(archive: zipfile.ZipFile) -> set[str]:
    """Return the names; what is too much, bears a strange name or stands there twice is refused before it is read."""
    known = archive.infolist()
    names = [each.filename for each in known]
    if len(known) > MOST_MEMBERS or sum(each.file_size for each in known) > MOST_BYTES:
        raise RuleBroken(_l("This archive is larger than this program takes in."))
    for each in known:
        if (each.filename != plan.MANIFEST and not NAME.fullmatch(each.filename)) or each.flag_bits & 1:
            raise RuleBroken(changed(each.filename[:80]))
    if len(set(names)) < len(names):
        raise RuleBroken(NO_ARCHIVE)
    return set(names) - {plan.MANIFEST}


def _read_json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        about = archive.getinfo(plan.MANIFEST)
    except KeyError:
        raise RuleBroken(NO_ARCHIVE) from None
    if about.file_size > LARGEST_MANIFEST:
        raise RuleBroken(changed(plan.MANIFEST))
    with archive.open(about) as member:
        manifest = _read_json(member.read(LARGEST_MANIFEST))
    if not isinstance(manifest, dict) or manifest.get("kind") != "incubator-round":
        raise RuleBroken(NO_ARCHIVE)
    return manifest


def _demand_kind(manifest: dict[str, Any], members: set[str]) -> None:
    if type(manifest.get("format")) is not int or manifest["format"] > plan.FORMAT:
        raise RuleBroken(_l("This archive was made by a newer version of the program. Update this one first."))
    if not is_signed(manifest):
        raise RuleBroken(_l("The archive is not signed, or its signature does not fit. Nothing was taken in."))
    words = ("site", "round", "name", "made_at", "public_key", "people")
    if not all(isinstance(manifest.get(each), str) and len(manifest[each]) <= 200 for each in words):
        raise RuleBroken(changed(plan.MANIFEST))
    said = manifest.get("members")
    if not isinstance(said, dict) or set(said) != members:
        raise RuleBroken(changed(plan.MANIFEST))


def _demand_whole(archive: zipfile.ZipFile, name: str, said: Any) -> None:
    """Read a member to its end, and not one byte more than it says it has."""
    if not isinstance(said, dict) or archive.getinfo(name).file_size != said.get("size"):
        raise RuleBroken(changed(name))
    whole, left, shown = hashlib.sha256(), said["size"], bytearray()
    with archive.open(name) as member:
        while part := member.read(PART):
            left -= len(part)
            if left < 0:
                raise RuleBroken(changed(name))
            whole.update(part)
            if name.startswith("files/"):
                shown += part
    if left or whole.hexdigest() != said.get("sha256"):
        raise RuleBroken(changed(name))
    scanner.demand_clean(bytes(shown))


def _demand_journal(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Check the journal that came along as everybody can, and that it ends where the manifest says."""
    with tempfile.TemporaryDirectory() as scratch:
        places = [Path(scratch) / name for name in ("record.jsonl", "checkpoints.json")]
        for place in places:
            if f"journal/{place.name}" not in manifest["members"]:
                raise RuleBroken(changed(f"journal/{place.name}"))
            with archive.open(f"journal/{place.name}") as member, place.open("wb") as target:
                while part := member.read(PART):
                    target.write(part)
        if said := journal_faults(places[0], places[1], manifest.get("journal")):
            raise RuleBroken(_l("The journal in the archive does not hold: %(sentence)s", sentence=said[0]))


def journal_faults(record: Path, points: Path, head: Any) -> list[str]:
    try:
        said, holds = verifier.check(str(record), [str(points)])
        last = head_of(record)
    except verifier.Unreadable as refusal:
        return [str(refusal)]
    wanted = (head.get("number"), head.get("hash")) if isinstance(head, dict) else None
    return ([] if holds else said) or ([] if last == wanted else ["It does not end where the manifest says."])
