"""Sign what leaves: as most servers know it (draft-cavage-12), and as the standard has it (RFC 9421)."""

import base64
import functools
import hashlib
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from incubator.foundation.fetching import host_of

TYPE = "application/activity+json"
BITS = 2048


def new_key() -> tuple[str, str]:
    """Make a key, which takes a moment: the secret part and the public one, both as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return secret.decode(), public.decode()


@functools.lru_cache(maxsize=32)
def _loaded(secret: str) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(secret.encode(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


def _signed(secret: str, lines: list[str]) -> str:
    signature = _loaded(secret).sign("\n".join(lines).encode(), padding.PKCS1v15(), hashes.SHA256())
    return base64.b64encode(signature).decode()


def _sum(body: bytes) -> str:
    return base64.b64encode(hashlib.sha256(body).digest()).decode()


def old(method: str, url: str, body: bytes, *, key_id: str, secret: str, now: datetime) -> dict[str, str]:
    """Return the headers of draft-cavage-12: what is asked, of whom, when, and the sum of the body."""
    place = urlsplit(url)
    target = (place.path or "/") + (f"?{place.query}" if place.query else "")
    headers = {"Host": host_of(url), "Date": format_datetime(now, usegmt=True)}
    if body:
        headers |= {"Digest": f"SHA-256={_sum(body)}", "Content-Type": TYPE}
    names = ["(request-target)", *(name.lower() for name in headers)]
    lines = [f"(request-target): {method.lower()} {target}", *(f"{k.lower()}: {v}" for k, v in headers.items())]
    signature = _signed(secret, lines)
    headers["Signature"] = (
        f'keyId="{key_id}",algorithm="rsa-sha256",headers="{" ".join(names)}",signature="{signature}"')
    return headers


def new(method: str, url: str, body: bytes, *, key_id: str, secret: str, now: datetime) -> dict[str, str]:
    """Return the headers of RFC 9421, with the parts that Mastodon demands."""
    headers = {"Host": host_of(url), "Date": format_datetime(now, usegmt=True)}
    parts = {"@method": method.upper(), "@target-uri": url}
    if body:
        headers |= {"Content-Digest": f"sha-256=:{_sum(body)}:", "Content-Type": TYPE}
        parts |= {"content-digest": headers["Content-Digest"], "content-type": TYPE}
    names = " ".join(f'"{name}"' for name in parts)
    said = f'({names});created={int(now.timestamp())};keyid="{key_id}";alg="rsa-v1_5-sha256"'
    lines = [*(f'"{name}": {value}' for name, value in parts.items()), f'"@signature-params": {said}']
    headers["Signature-Input"] = f"sig1={said}"
    headers["Signature"] = f"sig1=:{_signed(secret, lines)}:"
    return headers
