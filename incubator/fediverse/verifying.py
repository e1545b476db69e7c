"""Read signatures of others, both kinds, and check them. Whatever the headers say, the answer is yes or `Unsigned`.

What was signed is made anew from what arrived: the address is ours as the settings name it, never as the request
claims. A signature that does not cover the address, the method, the body and a moment near ours is none.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa

from incubator.fediverse import rules
from incubator.foundation import fetching

LONGEST_HEADER = 8192
MOST_PARTS = 40
WEAKEST, STRONGEST = 2048, 8192  # bits of an RSA key
OLD_NEEDS = {"(request-target)", "host", "date", "digest"}
NEW_NEEDS = {"@method", "@target-uri", "content-digest"}
PAIR = re.compile(r'([a-zA-Z]+)=(?:"([^"\\]*)"|([0-9]+))')
LABELLED = re.compile(r'([a-z*][a-z0-9_.*-]*)=(\(([^()]*)\)((?:;[a-z*][a-z0-9_.*-]*(?:=(?:"[^"\\]*"|-?[0-9]+))?)*))')
PARAMETER = re.compile(r';([a-z*][a-z0-9_.*-]*)=(?:"([^"\\]*)"|(-?[0-9]+))')
COMPONENT = re.compile(r'"(@?[a-z0-9-]+)"')
SUM = re.compile(r"sha-256=:([A-Za-z0-9+/=]+):")
FIELD = re.compile(r"[a-z0-9-]+")
ALWAYS = ("date", "digest", "content-type", "content-digest", "signature", "signature-input")


class Unsigned(Exception):
    """There is no signature, or one that does not hold: why, in a word or two."""


@dataclass(frozen=True)
class Came:
    """A message as it came: `headers` by their names in lower case, `url` as our settings name our address."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    at: datetime


@dataclass(frozen=True)
class Signed:
    """What a signature claims, before anybody has looked at the key."""

    key_id: str
    base: bytes
    signature: bytes
    kind: str  # "rsa", "ed25519", or empty where the key decides


def covered(headers: Mapping[str, str]) -> dict[str, str]:
    """Choose the headers that a signature may cover: nothing else of a message is kept until it is looked at."""
    said = f"{headers.get('signature', '')} {headers.get('signature-input', '')}"[:2 * LONGEST_HEADER].lower()
    named = set(re.findall(r"[a-z][a-z0-9-]+", said)) - {"authorization", "cookie"}
    return {name: value[:LONGEST_HEADER + 1] for name, value in headers.items() if name in ALWAYS or name in named}


def parse(came: Came) -> Signed:
    """Read the signature and make anew what it was made of."""
    if any(len(value) > LONGEST_HEADER for value in came.headers.values()):
        raise Unsigned("too long")
    signed = _new(came) if "signature-input" in came.headers else _old(came)
    if not fetching.is_address(signed.key_id):
        raise Unsigned("no key")
    return signed


def check(signed: Signed, public_key: str) -> None:
    """Raise `Unsigned` unless the signature was made with the other half of this key."""
    try:
        key = serialization.load_pem_public_key(public_key.encode())
    except (ValueError, TypeError, UnsupportedAlgorithm, UnicodeError):
        raise Unsigned("no such key") from None
    try:
        if isinstance(key, rsa.RSAPublicKey) and signed.kind in ("", "rsa"):
            if not WEAKEST <= key.key_size <= STRONGEST:
                raise Unsigned("weak key")
            key.verify(signed.signature, signed.base, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(key, ed25519.Ed25519PublicKey) and signed.kind in ("", "ed25519"):
            key.verify(signed.signature, signed.base)
        else:
            raise Unsigned("another kind of key")
    except (InvalidSignature, ValueError):
        raise Unsigned("it does not fit") from None


def _old(came: Came) -> Signed:
    said = _pairs(came.headers.get("signature", ""))
    names = said.get("headers", "").lower().split()
    if not set(names) >= OLD_NEEDS or len(names) > MOST_PARTS or len(set(names)) < len(names):
        raise Unsigned("it covers too little")
    if said.get("algorithm", "rsa-sha256") not in ("rsa-sha256", "hs2019"):
        raise Unsigned("another algorithm")
    _demand_fresh(_date(came.headers.get("date", "")), came.at)
    _demand_sum(came.headers.get("digest", ""), came.body)
    place = urlsplit(came.url)
    known = {"(request-target)": f"{came.method.lower()} {_target(came.url)}", "host": place.netloc}
    lines = [f"{name}: {known[name] if name in known else _field(came, name)}" for name in names]
    return Signed(said.get("keyid", ""), "\n".join(lines).encode(), _bytes(said.get("signature", "")), "")


def _pairs(header: str) -> dict[str, str]:
    """Read `name="value",…`; what does not fit whole is no signature, and a name that comes twice neither."""
    found: dict[str, str] = {}
    for part in re.split(r",\s*(?=[a-zA-Z]+=)", header.strip().removeprefix("Signature ")):
        fits = PAIR.fullmatch(part.strip())
        if fits is None or fits[1].lower() in found:
            raise Unsigned("no signature")
        found[fits[1].lower()] = fits[2] if fits[2] is not None else fits[3]
    return found


def _new(came: Came) -> Signed:
    fits = LABELLED.fullmatch(came.headers["signature-input"].strip())
    if fits is None:
        raise Unsigned("no signature")
    label, said, inner, more = fits.groups()
    names = COMPONENT.findall(inner)
    given = {name: text or number for name, text, number in PARAMETER.findall(more)}
    if " ".join(f'"{name}"' for name in names) != inner or len(set(names)) < len(names) or len(names) > MOST_PARTS:
        raise Unsigned("no signature")
    if not set(names) >= NEW_NEEDS:
        raise Unsigned("it covers too little")
    kind = {"": "", "rsa-v1_5-sha256": "rsa", "ed25519": "ed25519"}.get(given.get("alg", ""))
    if kind is None:
        raise Unsigned("another algorithm")
    _demand_fresh(_moment(given.get("created", "")), came.at)
    if "expires" in given and _moment(given["expires"]) < came.at:
        raise Unsigned("too late")
    _demand_new_sum(came.headers.get("content-digest", ""), came.body)
    lines = [f'"{name}": {_component(came, name)}' for name in names]
    base = "\n".join([*lines, f'"@signature-params": {said}'])
    value = re.fullmatch(rf"{re.escape(label)}=:([A-Za-z0-9+/=]+):", came.headers.get("signature", "").strip())
    return Signed(given.get("keyid", ""), base.encode(), _bytes(value[1] if value else ""), kind)


def _component(came: Came, name: str) -> str:
    place = urlsplit(came.url)
    known = {
        "@method": came.method.upper(), "@target-uri": came.url, "@authority": place.netloc, "@scheme": place.scheme,
        "@path": place.path or "/", "@query": f"?{place.query}", "@request-target": _target(came.url),
        "host": place.netloc,
    }
    if name.startswith("@") and name not in known:
        raise Unsigned("an unknown part")
    return known[name] if name in known else _field(came, name)


def _field(came: Came, name: str) -> str:
    if not FIELD.fullmatch(name) or name not in came.headers:
        raise Unsigned("a part is missing")
    return came.headers[name].strip()


def _target(url: str) -> str:
    place = urlsplit(url)
    return (place.path or "/") + (f"?{place.query}" if place.query else "")


def _bytes(text: str) -> bytes:
    try:
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        found = b""
    if not found:
        raise Unsigned("no signature")
    return found


def _date(text: str) -> datetime:
    try:
        found = parsedate_to_datetime(text)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        raise Unsigned("no date") from None


def _moment(text: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(text), UTC)
    except (ValueError, OverflowError, OSError):
        raise Unsigned("no date") from None


def _demand_fresh(said: datetime, at: datetime) -> None:
    try:
        is_fresh = abs(said - at) <= rules.FRESH
    except OverflowError:
        is_fresh = False
    if not is_fresh:
        raise Unsigned("another time")


def _demand_sum(header: str, body: bytes) -> None:
    sums = [text for name, _, text in (part.strip().partition("=") for part in header.split(","))
            if name.upper() == "SHA-256"]
    _demand_equal(sums, body)


def _demand_new_sum(header: str, body: bytes) -> None:
    found = (SUM.fullmatch(part.strip()) for part in header.split(","))
    _demand_equal([fits[1] for fits in found if fits], body)


def _demand_equal(sums: list[str], body: bytes) -> None:
    own = hashlib.sha256(body).digest()
    if len(sums) != 1 or not hmac.compare_digest(_bytes(sums[0]), own):
        raise Unsigned("another body")
