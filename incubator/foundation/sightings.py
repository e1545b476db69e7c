"""When something was last seen: the worker alive, a backup made, the journal walked; the newest of each kind only.

They are no part of what people keep: a file each in the instance folder, and beside it Redis, for houses whose worker
and web server do not share a folder. Whoever cannot write one down goes on with their work.
"""

import json
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import redis
from flask import current_app
from redis.backoff import NoBackoff
from redis.retry import Retry

from incubator.foundation import clock, queue
from incubator.foundation.folders import renew

log = logging.getLogger(__name__)
FOLDER = "seen"
PREFIX = "incubator:seen:"
AT_ONCE = Retry(NoBackoff(), 0)  # a dead Redis is asked once


@dataclass(frozen=True)
class Sighting:
    """What was seen, and when."""

    at: datetime
    facts: dict[str, Any]

    @property
    def age(self) -> float:
        """Return how many seconds ago it was; a clock that was set back makes nothing younger than now."""
        return max(0.0, (clock.now() - self.at).total_seconds())


def note(kind: str, **facts: Any) -> None:
    """Write down that something was seen just now; `facts` are plain numbers and words."""
    text = json.dumps({"at": clock.now().isoformat(), **facts})
    try:
        _write(Path(current_app.config["INSTANCE"]) / FOLDER, kind, text)
    except OSError as fault:
        log.warning("could not write down %s: %s", kind, fault.strerror)
    if current_app.config["REDIS_URL"]:
        with suppress(redis.RedisError):
            queue.connection(retry=AT_ONCE).set(f"{PREFIX}{kind}", text)


def _write(folder: Path, kind: str, text: str) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    renew(folder / f"{kind}.json", text.encode())


def seen(*kinds: str) -> dict[str, Sighting]:
    """Return the newest sighting of each kind that there is one of."""
    found: dict[str, Sighting] = {}
    folder = Path(current_app.config["INSTANCE"]) / FOLDER
    for kind, texts in zip(kinds, zip(_files(folder, kinds), _remembered(kinds), strict=True), strict=True):
        read = [each for each in map(_read, texts) if each]
        if read:
            found[kind] = max(read, key=lambda each: each.at)
    return found


def _files(folder: Path, kinds: Sequence[str]) -> list[str]:
    texts = []
    for kind in kinds:
        try:
            texts.append((folder / f"{kind}.json").read_text())
        except OSError:
            texts.append("")
    return texts


def _remembered(kinds: Sequence[str]) -> list[str]:
    if not current_app.config["REDIS_URL"]:
        return [""] * len(kinds)
    try:
        texts: Any = queue.connection(retry=AT_ONCE).mget([f"{PREFIX}{kind}" for kind in kinds])
    except redis.RedisError:
        return [""] * len(kinds)
    return [text.decode() if text else "" for text in texts]


def _read(text: str) -> Sighting | None:
    """Read what somebody wrote; what cannot be read was not seen."""
    try:
        facts = json.loads(text)
        return Sighting(datetime.fromisoformat(facts.pop("at")), facts)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
