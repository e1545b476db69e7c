"""Names, and which messages from elsewhere are worth a look."""

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from markupsafe import escape

from incubator.foundation import fetching
from incubator.foundation.fetching import Refused

LONGEST_HANDLE = 30
LARGEST = 1024 * 1024
AGAIN = ("Follow", "Delete")  # whoever left may come, and go, again: some servers call it by the same name each time
ACTIVITIES = ("Follow", "Undo", "Delete", "Update", "Create")  # of others (Move, Like, …) nothing follows
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
FRESH = timedelta(hours=12)  # how far the clock of somebody who signs may be from ours
SEEN_FOR = timedelta(days=2)  # longer than any signature that we take could still be fresh
WAITS = tuple(timedelta(minutes=each) for each in (1, 5, 30, 120))  # until a key that nobody gave is given up
LONGEST_REPLY = 5000
MOST_ARRIVED = 2000
MOST_REPLIES = 300  # to one note
ANNOUNCED = timedelta(days=7)  # older news is there to be read, but nobody is told of it
SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def handle_of(words: str) -> str:
    """Make a name such as others allow it: small letters, digits, low lines."""
    plain = unicodedata.normalize("NFKD", words.lower().translate(SPELLED)).encode("ascii", "ignore").decode()
    found = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    if len(found) > LONGEST_HANDLE:  # whole words, as many as fit
        found = found[:LONGEST_HANDLE + 1].rpartition("_")[0] or found[:LONGEST_HANDLE]
    return found.rstrip("_") or "project"


def numbered(handle: str) -> Iterator[str]:
    """Return the name, and further ones where it is taken."""
    yield handle
    for number in range(2, 1000):
        yield f"{handle[:LONGEST_HANDLE - 4]}_{number}"


def html_of(text: str) -> str:
    """Put plain words into the few elements that other servers keep."""
    parts = [part for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    return "".join(f"<p>{'<br>'.join(str(escape(line.strip())) for line in part.splitlines())}</p>" for part in parts)


def link_of(url: str, words: str) -> str:
    return f'<p><a href="{escape(url)}">{escape(words)}</a></p>'


def read(body: bytes) -> dict[str, Any] | None:
    """Read a message; None for what is none, however deep or odd it is."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def id_of(thing: Any) -> str:
    """Return the address of a thing that is named by it, or holds it; empty where there is none."""
    named = thing.get("id") if isinstance(thing, dict) else thing
    return named if isinstance(named, str) and fetching.is_address(named) else ""


def text_of(thing: Any, name: str, longest: int) -> str:
    found = thing.get(name) if isinstance(thing, dict) else None
    return found[:longest] if isinstance(found, str) else ""


def host_of(url: str) -> str:
    """Return the machine of an address; empty for what is none."""
    try:
        return fetching.host_of(url)
    except Refused:
        return ""


def is_of(host: str, blocked: str) -> bool:
    """Say whether a machine is one, or stands below its name; ports do not matter."""
    name = host.partition(":")[0]
    return name == blocked or name.endswith(f".{blocked}")


def is_own_end(activity: dict[str, Any]) -> bool:
    """Say whether somebody says of themselves that they are gone."""
    return activity.get("type") == "Delete" and id_of(activity.get("object")) == activity.get("actor")


def is_only_named(about: Any) -> bool:
    """Say whether what is undone is named by its address alone: it may be a follow, or something we never heard of."""
    return not isinstance(about, dict) or not about.keys() & {"type", "object"}


def is_worth_a_look(activity: dict[str, Any], base: str) -> bool:
    """Say whether a message could concern us; the mass of others costs nothing."""
    kind, about = activity.get("type"), activity.get("object")
    if kind not in ACTIVITIES or not id_of(activity.get("actor")):
        return False
    if kind == "Follow":
        return id_of(about).startswith(f"{base}/ap/actors/")
    if kind == "Undo":
        if is_only_named(about):
            return host_of(id_of(about)) == host_of(id_of(activity["actor"]))
        whom = id_of(about.get("object")) if isinstance(about, dict) and about.get("type") == "Follow" else ""
        return whom.startswith(f"{base}/ap/actors/")
    if kind == "Create":
        return isinstance(about, dict) and id_of(about.get("inReplyTo")).startswith(f"{base}/ap/notes/")
    return bool(id_of(about))
