"""What holds for devices: which services we talk to, what a subscription looks like, how long we try."""

import base64
import binascii
import json
import re
from collections.abc import Collection
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l

from incubator.follow import rules
from incubator.foundation import queue
from incubator.foundation.errors import RuleBroken

LONGEST_ENDPOINT = 600
KEY_BYTES, AUTH_BYTES = 65, 16  # RFC 8291: an uncompressed point of P-256, and a secret
KEEPS_FOR = timedelta(days=3)  # how long a service keeps what a switched-off phone has not fetched
TRIES = 8
FAILURES = 5
SHORT = re.compile(r"[A-Za-z0-9_-]+={0,2}")
STRANGE = RuleBroken(_l("This browser's answer could not be read. Please try again, or follow by mail."))


def _length(text: str) -> int | None:
    """Return how many bytes a base64url text stands for; None if it is none."""
    if not SHORT.fullmatch(text):
        return None
    try:
        return len(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError):
        return None


def is_service(endpoint: str, hosts: Collection[str]) -> bool:
    """Say whether an endpoint belongs to a push service we know: whoever subscribes chooses where we send to.

    `hosts` are names, or ends of names that begin with a dot. Only https, no other port, no name and password.
    """
    if len(endpoint) > LONGEST_ENDPOINT or not endpoint.isascii() or any(ord(each) <= 32 for each in endpoint):
        return False
    try:
        url = urlsplit(endpoint)
        host, port = url.hostname or "", url.port
    except ValueError:
        return False
    if url.scheme != "https" or "@" in url.netloc or "\\" in endpoint:
        return False
    named = f"{host}:{port}" if port not in (None, 443) else host
    return any(named == each or (each.startswith(".") and named.endswith(each)) for each in hosts)


def demand_subscription(endpoint: str, key: str, auth: str, hosts: Collection[str]) -> None:
    """Refuse what no browser would send us, and services we do not know."""
    if not is_service(endpoint, hosts):
        raise RuleBroken(_l("We do not know this browser's message service. Please follow by mail instead."))
    if _length(key) != KEY_BYTES or _length(auth) != AUTH_BYTES:
        raise STRANGE


def message(title: str, text: str, url: str, *, tag: str, language: str, direction: str) -> str:
    """Return what the device's own script shows, as JSON; short enough for every service (4,096 bytes encrypted)."""
    return json.dumps(
        {"title": title, "text": text, "url": url, "tag": tag, "lang": language, "dir": direction}, ensure_ascii=False)


def shortened(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    return rules.excerpt(text)[:longest].rsplit(None, 1)[0].rstrip(" …") + " …"


def wait(attempts: int, asked: Any) -> timedelta:
    """Return when to try again; a service may ask for more patience than ours (`Retry-After` in seconds)."""
    ours = queue.wait(attempts, 30)
    text = str(asked or "")
    theirs = timedelta(seconds=min(int(text), 86_400)) if text.isascii() and text.isdigit() and len(text) < 7 else ours
    return max(ours, theirs)
