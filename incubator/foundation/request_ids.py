"""The number of a request: in its answer, in every line of the log that it causes, and in the work that it wakes."""

import itertools
import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

HEADER = "X-Request-Id"
GIVEN = "HTTP_X_REQUEST_ID"
SHAPE = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)
_begin, _count = secrets.token_hex(6), itertools.count(1)


def _begin_anew() -> None:
    """Begin the numbers of a copied process with something else."""
    global _begin
    _begin = secrets.token_hex(6)


os.register_at_fork(after_in_child=_begin_anew)


class Asked:
    """One request, or work that one has woken: its number, and the name of the page once Flask knows it."""

    __slots__ = ("number", "route")

    def __init__(self, number: str) -> None:
        self.number = number
        self.route: str | None = None


asked: ContextVar[Asked | None] = ContextVar("asked", default=None)
added: list[Callable[[dict[str, str]], None]] = []  # who else gives something to a wake-up: traces, where they are on
around: list[Callable[[str, dict[str, Any]], AbstractContextManager[None]]] = []


def taken(environ: dict[str, Any], *, is_trusted: bool) -> str:
    """Take the number that a proxy of ours has given, if it looks like one; else make a new one."""
    given = environ.get(GIVEN)
    if is_trusted and given and SHAPE.fullmatch(given):
        return str(given)
    return f"{_begin}-{next(_count):x}"


def current() -> str:
    """Return the number of what is done now; empty for what the clock does."""
    now = asked.get()
    return now.number if now else ""


def handed_on() -> dict[str, str]:
    """Return what a wake-up takes along."""
    number = current()
    meta = {"request": number} if number else {}
    for add in added:
        add(meta)
    return meta


@contextmanager
def woken_by(meta: dict[str, Any], work: str = "") -> Iterator[None]:
    """Do work under the number of the request that woke us."""
    number = meta.get("request")
    is_known = isinstance(number, str) and SHAPE.fullmatch(number)
    token = asked.set(Asked(str(number)) if is_known else None)
    try:
        with ExitStack() as opened:
            for begin in around:
                opened.enter_context(begin(work, meta))
            yield
    finally:
        asked.reset(token)
