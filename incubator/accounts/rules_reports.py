"""What of a browser's report is kept: what was refused and on which kind of page, nothing about who met it.

Whoever likes can send such reports, so each part is one of few: a directive of ours, a host, an address with its parts
left out (they may be secret).
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

KEPT = timedelta(days=90)
LONGEST = 16 * 1024
MOST_AT_ONCE = 20
MOST_KINDS = 1000
DIRECTIVE = re.compile(r"[a-z-]{4,40}")
WORDS = ("inline", "eval", "wasm-eval", "data", "blob", "self")
HOST = re.compile(r"[a-z0-9.-]{1,150}(?::[0-9]{1,5})?")


@dataclass(frozen=True)
class Refused:
    """One thing that a browser refused to load, as much of it as we keep."""

    directive: str
    blocked: str
    page: str


def read(body: bytes, hosts: tuple[str, ...], place: Callable[[str], str]) -> list[Refused] | None:
    """Return what a report says, None where it is none; `place` names the kind of page at a path.

    What extensions of a browser wanted to load is their own affair, and so is what is not about a page of ours.
    """
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict | list):
        return None
    found = []
    for page, directive, blocked in _told(said):
        where, short = _parts(page), _blocked(blocked, hosts)
        named = directive.split(" ")[0]
        if where and where[0] in hosts and short and DIRECTIVE.fullmatch(named):
            found.append(Refused(named, short, place(where[1])))
    return found[:MOST_AT_ONCE]


def _told(said: Any) -> Iterator[tuple[str, str, str]]:
    """Yield (page, directive, what was blocked), from both ways in which browsers write."""
    for each in (said if isinstance(said, list) else [said])[:MOST_AT_ONCE]:
        if not isinstance(each, dict):
            continue
        old, new = each.get("csp-report"), each.get("body")
        if isinstance(old, dict):
            yield _text(old, "document-uri"), _text(old, "effective-directive", "violated-directive"), \
                _text(old, "blocked-uri")
        elif each.get("type") == "csp-violation" and isinstance(new, dict):
            yield _text(new, "documentURL"), _text(new, "effectiveDirective"), _text(new, "blockedURL")


def _text(given: dict[str, Any], *names: str) -> str:
    return next((str(given[name])[:2000] for name in names if isinstance(given.get(name), str)), "")


def _parts(address: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return parts.netloc.lower(), parts.path


def _blocked(address: str, hosts: tuple[str, ...]) -> str:
    """Name what was to be loaded by its kind or its host alone; empty for what is none of our affair."""
    if address in WORDS:
        return address
    scheme = address.partition(":")[0].lower()
    if scheme in ("data", "blob"):
        return scheme
    parts = _parts(address) if scheme in ("http", "https", "ws", "wss") else None
    if parts is None or not HOST.fullmatch(parts[0]):
        return ""
    return "self" if parts[0] in hosts else f"{scheme}://{parts[0]}"
