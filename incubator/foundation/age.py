"""Backups that are of no use to whoever finds them: encrypted the way age does it (age-encryption.org/v1).

Encrypted for keys, the machine that makes a backup cannot open it: the key that can lies elsewhere. The programs `age`
and `rage` open such a file as well. With a passphrase everything is done in memory, so that is for small cities.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from incubator.foundation.later import later

pyrage = later("pyrage")
START = b"age-encryption.org/"
MOST_WITH_A_PASSPHRASE = 512 * 1024 * 1024
SHORTEST_PASSPHRASE = 12


class CannotOpen(Exception):
    """A sentence that says why a file cannot be opened, or not be closed."""


@dataclass(frozen=True)
class Keys:
    """What closes a file (`recipients`: age1… or ssh-…) or opens it (`identities`), or a passphrase for both."""

    recipients: Sequence[str] = ()
    identities: Sequence[str] = ()
    passphrase: str = ""


def new_key() -> tuple[str, str]:
    """Return a key that opens and the one that closes for it."""
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())


def is_sealed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(START)) == START


def seal(plain: Path, target: Path, keys: Keys) -> None:
    """Encrypt a file into another."""
    recipients = [_recipient(each) for each in keys.recipients]
    if not keys.passphrase:
        with plain.open("rb") as source, target.open("wb") as into:
            pyrage.encrypt_io(source, into, recipients)
        return
    if recipients:
        raise CannotOpen("Encrypt for keys or with a passphrase, not both.")
    if len(keys.passphrase) < SHORTEST_PASSPHRASE:
        raise CannotOpen(f"The passphrase must have {SHORTEST_PASSPHRASE} characters or more.")
    if plain.stat().st_size > MOST_WITH_A_PASSPHRASE:
        raise CannotOpen("This backup is too large for a passphrase. Encrypt it for a key: --recipient")
    target.write_bytes(pyrage.passphrase.encrypt(plain.read_bytes(), keys.passphrase))


def _recipient(text: str) -> Any:
    kind = pyrage.ssh.Recipient if text.startswith("ssh-") else pyrage.x25519.Recipient
    try:
        return kind.from_str(text)
    except pyrage.RecipientError:
        raise CannotOpen(f"This is no public key, age1… or ssh-…: {text[:80]}") from None


def _identity(text: str) -> Any:
    try:
        if "PRIVATE KEY" in text:
            return pyrage.ssh.Identity.from_buffer(text.encode())
        bare = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
        return pyrage.x25519.Identity.from_str(bare[0] if bare else "")
    except pyrage.IdentityError:
        raise CannotOpen("The file given with --identity holds no key, AGE-SECRET-KEY-1… or one of OpenSSH.") from None


def unseal(source: Path, target: Path, keys: Keys) -> None:
    """Decrypt a file into another; one that is cut or altered is refused like one for other keys."""
    if not keys.identities and not keys.passphrase:
        raise CannotOpen("This backup is encrypted. Give the key that opens it: --identity or --passphrase-file")
    try:
        if keys.passphrase:
            target.write_bytes(pyrage.passphrase.decrypt(source.read_bytes(), keys.passphrase))
            return
        with source.open("rb") as file, target.open("wb") as into:
            pyrage.decrypt_io(file, into, [_identity(each) for each in keys.identities])
    except (pyrage.DecryptError, OSError) as fault:
        raise CannotOpen(
            f"This backup does not open: the key is not the right one, or the file is cut or altered ({fault})."
        ) from None
