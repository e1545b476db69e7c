"""How an entry becomes part of the chain, how people are kept out of it, and how the whole chain is checked.

What a stranger needs for the same check stands in verifier.py, which they can download; this file builds on it, so
that both say the same.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from incubator.journal import verifier
from incubator.journal.verifier import Finding, Line, Walk, against, content_of, hash_of, sha

__all__ = ["Finding", "Findings", "content_of", "facts_of", "hash_of", "mark", "new_salt", "seal"]


def new_salt() -> str:
    """Return 16 random bytes in hex: without them nobody can guess what a hash was made of."""
    return secrets.token_hex(16)


def seal(salt: str, public_id: str) -> str:
    """Return what the journal calls a person; once the salt is gone nobody can say whom it means."""
    return sha(f"{salt}{public_id}")


def mark(salt: str, text: str) -> str:
    """Bind a text that stands elsewhere: changed afterwards, it no longer gives this mark."""
    return sha(f"{salt}{text}")


def facts_of(row: Any, number: int) -> list[Any]:
    """Return the canonical list of an entry: it can be shown with the salt and still does not say who did it."""
    moment = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    actor_mark = None if row.actor is None else mark(row.salt, row.actor)
    return [number, moment, row.action, actor_mark, row.subject_type, row.subject_id, row.project_id, row.data]


@dataclass(frozen=True)
class Findings:
    """What a walk through the chain and its checkpoints found."""

    count: int
    checkpoints: int
    found: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        return not self.found

    @property
    def sentences(self) -> list[str]:
        return [each.sentence() for each in self.found]


def _line(place: int, row: Any) -> Line:
    def fits(number: int) -> bool:
        return content_of(row.salt, facts_of(row, number)) == str(row.content)

    return Line(place, row.id, row.previous, row.content, row.hash, fits)


def check(rows: Iterable[Any], last: int, points: Iterable[verifier.Checkpoint], own_key: str | None) -> Findings:
    """Walk through rows in the order of their numbers, of which `last` is the highest; only one is held at a time.

    `own_key` is our public key: what another key signed after the first of ours does not come from us.
    """
    points = list(points)
    walk = Walk(last, [point.number for point in points])
    found = walk.through(_line(place, row) for place, row in enumerate(rows, 1))
    since = min((point.made_at for point in points if point.public_key == own_key), default=None)

    def is_ours(point: verifier.Checkpoint) -> bool:
        is_strange = since is not None and point.made_at >= since and point.public_key != own_key
        return not is_strange and is_signed(point)

    return Findings(walk.count, len(points), (*found, *against(points, walk, found, is_ours)))


def is_signed(point: verifier.Checkpoint) -> bool:
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(point.public_key))
        key.verify(bytes.fromhex(point.signature), point.text)
    except (ValueError, InvalidSignature):
        return False
    return True


def against_backup(noted: Mapping[str, Any] | None, newest: tuple[int, str] | None) -> list[str]:
    """Say what does not fit between what a backup says of its journal and the newest entry that came back."""
    if noted is None:
        return [] if newest is None else ["The backup says that its journal was empty, and it is not."]
    wrong = []
    if newest != (noted["number"], noted["hash"]):
        wrong.append(f"The journal does not end with entry {noted['number']} as the backup says.")
    if "signature" in noted and not is_signed(verifier.Checkpoint(**noted)):
        wrong.append("The signature under the backup's journal is forged.")
    return wrong


def private_key(secret: str) -> Ed25519PrivateKey:
    """Make the signing key of what the operator gave: 32 bytes in hex, or any other long secret."""
    try:
        seed = bytes.fromhex(secret)
    except ValueError:
        seed = b""
    return Ed25519PrivateKey.from_private_bytes(seed if len(seed) == 32 else hashlib.sha256(secret.encode()).digest())


def public_key(secret: str) -> str:
    return private_key(secret).public_key().public_bytes_raw().hex()


def sign(secret: str, *, site: str, number: int, hash: str, made_at: str) -> verifier.Checkpoint:
    bare = verifier.Checkpoint(site, number, hash, made_at, public_key(secret), "")
    return bare._replace(signature=private_key(secret).sign(bare.text).hex())


def moment_text(moment: datetime) -> str:
    """Write a moment as checkpoints do: UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
