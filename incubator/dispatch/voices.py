"""Who signs which kind of message, and who hears what became of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from incubator.dispatch.models import PostKind

Sign = Callable[[Any, bool], Mapping[str, str] | None]


def _nobody(message: Any) -> None:
    """Nobody wants to hear."""


@dataclass(frozen=True)
class Voice:
    """`knows_two_ways` says that a machine which answers 401 is spoken to once more with the other signature.

    `ends` are the answers with which a message is given up at once: asking again would not help.
    """

    sign: Sign
    heard: Callable[[Any], None] = _nobody
    given_up: Callable[[Any], None] = _nobody
    gone: Callable[[Any], None] = _nobody
    knows_two_ways: bool = False
    ends: frozenset[int] = frozenset()


voices: dict[PostKind, Voice] = {}


def speak(kind: PostKind, voice: Voice) -> None:
    voices[kind] = voice
