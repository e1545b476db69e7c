"""How an archive proves that it is whole: a sum of each file, the journal's head, and a signature over both.

`SHA256SUMS` is what `sha256sum -c` reads; `archive.json` seals it.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from incubator.journal import rules, verifier

SUMS, SEAL = "SHA256SUMS", "archive.json"
FORMAT = "incubator-site/1"
SIZE = 1 << 20
LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def sum_of(file: Path) -> str:
    whole = hashlib.sha256()
    with file.open("rb") as source:
        while part := source.read(SIZE):
            whole.update(part)
    return whole.hexdigest()


def files_in(folder: Path) -> Iterator[str]:
    """Name every file, one folder after the other."""
    for where, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            yield (Path(where) / name).relative_to(folder).as_posix()


def text_of(facts: Mapping[str, Any]) -> bytes:
    """Return what is signed: all facts but the signature itself."""
    said = {name: value for name, value in facts.items() if name != "signature"}
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def signed(facts: dict[str, Any], secret: str | None) -> dict[str, Any]:
    """Add our public key and signature; without a key the sums still show every change that nobody hid."""
    if not secret:
        return facts
    facts = facts | {"public_key": rules.public_key(secret)}
    return facts | {"signature": rules.private_key(secret).sign(text_of(facts)).hex()}


def is_signed(facts: Mapping[str, Any]) -> bool:
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(facts["public_key"]))
        key.verify(bytes.fromhex(facts["signature"]), text_of(facts))
    except (KeyError, TypeError, ValueError, InvalidSignature):
        return False
    return True


def close(folder: Path, facts: dict[str, Any], secret: str | None) -> tuple[int, int]:
    """Write the sums and the seal; return how many files there are and their bytes."""
    number = size = 0
    with (folder / SUMS).open("w", encoding="utf-8", newline="\n") as sums:
        for name in files_in(folder):
            if name != SUMS:
                sums.write(f"{sum_of(folder / name)}  {name}\n")
                number, size = number + 1, size + (folder / name).stat().st_size
    facts = {"format": FORMAT, "sums": sum_of(folder / SUMS), "files": number, "bytes": size} | facts
    written = json.dumps(signed(facts, secret), ensure_ascii=False, indent=1, sort_keys=True)
    (folder / SEAL).write_text(written + "\n", "utf-8")
    return number, size


def findings(folder: Path) -> tuple[dict[str, Any], list[str]]:
    """Read an archive; return what its seal says and a sentence for each thing that does not fit."""
    try:
        facts = json.loads((folder / SEAL).read_text("utf-8"))
        lines = (folder / SUMS).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return {}, [f"{SEAL} or {SUMS} is missing or cannot be read."]
    if not isinstance(facts, dict) or facts.get("format") != FORMAT:
        return {}, [f"{SEAL} is not of an archive that this program knows."]
    wrong = [] if facts.get("sums") == sum_of(folder / SUMS) else [f"{SUMS} was changed."]
    if "signature" in facts and not is_signed(facts):
        wrong.append(f"The signature in {SEAL} does not fit.")
    return facts, [*wrong, *_files(folder, lines), *_record(folder, facts)]


def _files(folder: Path, lines: list[str]) -> Iterator[str]:
    known = {SUMS, SEAL}
    for line in lines:
        found = LINE.fullmatch(line)
        if found is None:
            yield f"{SUMS} has a line that says nothing: {line[:80]}"
            continue
        known.add(found[2])
        file = folder / found[2]
        if not file.is_file() or not file.resolve().is_relative_to(folder.resolve()):
            yield f"{found[2]} is missing."
        elif sum_of(file) != found[1]:
            yield f"{found[2]} was changed."
    yield from (f"{name} does not belong to it." for name in files_in(folder) if name not in known)


def _record(folder: Path, facts: Mapping[str, Any]) -> Iterator[str]:
    """Check the record that lies in the archive as everybody can, and that it ends where the seal says."""
    record, points, head = folder / "record/record.jsonl", folder / "record/checkpoints.json", facts.get("journal")
    if not head:
        return
    if not record.is_file():
        yield "The record is missing."
        return
    try:
        said, holds = verifier.check(str(record), [str(points)] if points.is_file() else [])
    except verifier.Unreadable as refusal:
        yield str(refusal)
        return
    if not holds:
        yield from said
    if head_of(record) != (head.get("number"), head.get("hash")):
        yield f"The record does not end with entry {head.get('number')} as the seal says."


def head_of(record: Path) -> tuple[int, str] | None:
    """Return number and hash of the last entry of a record; None where there is none."""
    last = None
    for last in verifier.read_lines(str(record)):  # noqa: B007
        pass
    return (last.claimed, last.hash) if last else None
