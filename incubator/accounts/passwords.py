"""Passwords: Argon2id, the same work for everyone, and no more of it at once than the machine can bear."""

import functools
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

hasher = PasswordHasher()  # RFC 9106, second choice: 64 MiB, 3 passes
_places = threading.BoundedSemaphore(2)


def hash_of(password: str) -> str:
    with _places:
        return hasher.hash(password)


@functools.lru_cache(maxsize=1)
def _nobodys() -> str:
    return hash_of("nobody has this password")


def fits(stored: str | None, password: str) -> bool:
    """Say whether a password belongs to a stored hash; without a hash the same time passes and nothing fits."""
    against = stored or _nobodys()
    with _places:
        try:
            hasher.verify(against, password)
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Say whether it was hashed more weakly than today's are."""
    return hasher.check_needs_rehash(stored)
