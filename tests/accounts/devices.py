"""Devices that hold passkeys, made of keys in memory: they answer as real ones do, or wrongly on purpose."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import encode_cbor

PRESENT, VERIFIED, NEW_KEY = 0x01, 0x04, 0x40
ORIGIN = "http://localhost"


def text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def data(written: str) -> bytes:
    return urlsafe_b64decode(written + "=" * (-len(written) % 4))


class Device:
    """One phone; `uses` is its counter. Keywords of `create` and `sign` are what it does wrongly."""

    def __init__(self, *, counts: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential, self.counts, self.uses, self.owner = secrets.token_bytes(16), counts, 0, b""

    def create(self, options: dict[str, Any], **wrong: Any) -> str:
        """Make the passkey that a page asks for, and answer as the page's script sends it."""
        self.owner = data(options["user"]["id"])
        client = self._client("webauthn.create", options, wrong)
        made = encode_cbor({"fmt": "none", "attStmt": {}, "authData": self._authenticator(
            options["rp"]["id"], wrong, NEW_KEY) + self._credential()})
        return self._answer({"clientDataJSON": text(client), "attestationObject": text(made),
                             "transports": ["internal", "hybrid"]})

    def sign(self, options: dict[str, Any], **wrong: Any) -> str:
        """Sign what a page asks."""
        client = self._client("webauthn.get", options, wrong)
        proved = self._authenticator(options["rpId"], wrong)
        signature = self.key.sign(proved + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        signature = wrong.get("signature", signature)
        return self._answer({"clientDataJSON": text(client), "authenticatorData": text(proved),
                             "signature": text(signature), "userHandle": text(wrong.get("owner", self.owner))})

    def _client(self, kind: str, options: dict[str, Any], wrong: dict[str, Any]) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": ORIGIN, "crossOrigin": False}
        return json.dumps(said | {name: wrong[name] for name in said if name in wrong}).encode()

    def _authenticator(self, site: str, wrong: dict[str, Any], more: int = 0) -> bytes:
        self.uses += self.counts
        flags = wrong.get("flags", PRESENT | VERIFIED) | more
        uses = wrong.get("uses", self.uses)
        return hashlib.sha256(wrong.get("site", site).encode()).digest() + bytes([flags]) + uses.to_bytes(4, "big")

    def _credential(self) -> bytes:
        public = self.key.public_key().public_numbers()
        key = encode_cbor({1: 2, 3: -7, -1: 1, -2: public.x.to_bytes(32, "big"), -3: public.y.to_bytes(32, "big")})
        return bytes(16) + len(self.credential).to_bytes(2, "big") + self.credential + key

    def _answer(self, response: dict[str, Any]) -> str:
        named = text(self.credential)
        return json.dumps({"id": named, "rawId": named, "type": "public-key", "response": response})
