"""The only code that talks to push services: one encrypted message to one address (RFC 8030, 8291, 8292)."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import requests
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid, VapidException
from pywebpush import WebPushException, webpush

from incubator.follow.rules_push import KEEPS_FOR

TIMEOUT = 10
GONE = (404, 410)
OURS_TO_MEND = (401, 403)  # the service does not take our key; the device is as good as before
LATER = (408, 425, 429, *OURS_TO_MEND)


class _Line(requests.Session):
    """A connection that goes nowhere but where it was sent: an answer must not lead us into our own network."""

    def post(self, url: Any, data: Any = None, json: Any = None, **given: Any) -> requests.Response:
        return super().post(url, data=data, json=json, **(given | {"allow_redirects": False}))


@dataclass(frozen=True)
class Answer:
    """What became of a message; `is_gone` means that the device wants none any more."""

    error: str = ""
    is_gone: bool = False
    is_for_good: bool = False
    retry_after: str = ""


class Sender:
    """Keeps the connections to the services open while many are told; `key` is our private VAPID key.

    A service that does not answer is not asked again by this sender: the others, and all other work, would wait.
    """

    def __init__(self, key: str, contact: str) -> None:
        self.key, self.contact, self.line = key, contact, _Line()
        self.silent: set[str] = set()

    def send(self, subscription: Mapping[str, Any], message: str) -> Answer:
        service = urlsplit(subscription["endpoint"]).netloc
        if service in self.silent:
            return Answer("silent")
        try:
            webpush(
                dict(subscription), message, vapid_private_key=self.key, vapid_claims={"sub": self.contact},
                ttl=int(KEEPS_FOR.total_seconds()), timeout=TIMEOUT, requests_session=self.line,
            )
        except WebPushException as refused:
            return _refused(refused.response)
        except (requests.RequestException, OSError) as fault:
            self.silent.add(service)
            return Answer(type(fault).__name__)
        except ValueError as fault:  # keys that lie on no curve
            return Answer(type(fault).__name__, is_for_good=True)
        return Answer()

    def close(self) -> None:
        self.line.close()


def _refused(response: Any) -> Answer:
    if response is None:
        return Answer("refused")
    code = response.status_code
    return Answer(
        str(code), is_gone=code in GONE, is_for_good=300 <= code < 500 and code not in LATER,
        retry_after=response.headers.get("Retry-After", ""))


@lru_cache(maxsize=8)
def public_key(key: str) -> str:
    """Return the public part of our key, as browsers want it; ValueError for what is no key."""
    try:
        point = Vapid.from_string(key).public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    except (VapidException, ValueError, TypeError) as fault:
        raise ValueError("VAPID_KEY is no private key of P-256; `flask push make-key` makes one") from fault
    return base64.urlsafe_b64encode(point).decode().rstrip("=")


def new_key() -> str:
    """Make a private key: 32 bytes in base64url."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).decode().rstrip("=")
