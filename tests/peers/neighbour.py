"""A server of the fediverse, played: people with keys, an inbox that remembers, and a signer of its own making."""

import base64
import hashlib
import json
from dataclasses import dataclass, field
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from incubator.foundation import clock
from tests.peers.sealed import Peer, reply

AP = "application/activity+json"
KEYS = [rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2)]


def pem(key: Any) -> str:
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def _sum(body: bytes) -> str:
    return base64.b64encode(hashlib.sha256(body).digest()).decode()


def _sign(key: Any, text: str) -> str:
    return base64.b64encode(key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())).decode()


def cavage(url: str, body: bytes, key_id: str, key: Any, at: Any, method: str = "post") -> dict[str, str]:
    place = urlsplit(url)
    date, digest = format_datetime(at, usegmt=True), f"SHA-256={_sum(body)}"
    text = (f"(request-target): {method} {place.path}\nhost: {place.netloc}\ndate: {date}\n"
            f"digest: {digest}\ncontent-type: {AP}")
    return {
        "Host": place.netloc, "Date": date, "Digest": digest, "Content-Type": AP,
        "Signature": f'keyId="{key_id}",algorithm="rsa-sha256",headers="(request-target) host date digest '
                     f'content-type",signature="{_sign(key, text)}"',
    }


def rfc9421(url: str, body: bytes, key_id: str, key: Any, at: Any, method: str = "POST") -> dict[str, str]:
    place, digest = urlsplit(url), f"sha-256=:{_sum(body)}:"
    said = (f'("@method" "@target-uri" "@authority" "content-digest");created={int(at.timestamp())};'
            f'keyid="{key_id}";alg="rsa-v1_5-sha256"')
    text = (f'"@method": {method}\n"@target-uri": {url}\n"@authority": {place.netloc}\n"content-digest": {digest}\n'
            f'"@signature-params": {said}')
    return {"Host": place.netloc, "Content-Type": AP, "Content-Digest": digest, "Signature-Input": f"sig1={said}",
            "Signature": f"sig1=:{_sign(key, text)}:"}


WAYS = {"cavage": cavage, "rfc9421": rfc9421}


@dataclass
class Neighbour:
    """`gone` people are answered with 410; `strange` replaces documents by path; `wants_new` refuses the old way."""

    peer: Peer
    key: Any = field(default_factory=lambda: KEYS[0])
    shared: bool = True
    wants_new: bool = False
    gone: set[str] = field(default_factory=set)
    strange: dict[str, Any] = field(default_factory=dict)
    kind: str = AP
    number: int = 0
    last: Any = None

    def __post_init__(self) -> None:
        self.peer.asked.clear()
        self.peer.answer = self._answer

    def uri(self, name: str = "amal") -> str:
        return f"{self.peer.url}/users/{name}"

    def key_id(self, name: str = "amal") -> str:
        return f"{self.uri(name)}#main-key"

    def person(self, name: str) -> dict[str, Any]:
        uri = self.uri(name)
        ends = {"endpoints": {"sharedInbox": f"{self.peer.url}/inbox"}} if self.shared else {}
        return {"@context": "https://www.w3.org/ns/activitystreams", "id": uri, "type": "Person",
                "preferredUsername": name, "inbox": f"{uri}/inbox", **ends,
                "publicKey": {"id": self.key_id(name), "owner": uri, "publicKeyPem": pem(self.key)}}

    def _answer(self, asked: Any) -> None:
        path = asked.path
        if asked.command == "POST":
            is_new = "Signature-Input" in asked.headers
            reply(asked, 401 if self.wants_new and not is_new else 202)
        elif path in self.strange:
            found = self.strange[path]
            reply(asked, *(found if isinstance(found, tuple) else (200, json.dumps(found).encode())),
                  Content_Type=self.kind)
        elif path.startswith("/users/") and (name := path.removeprefix("/users/")):
            reply(asked, 410 if name in self.gone else 200, json.dumps(self.person(name)).encode(),
                  Content_Type=self.kind)
        else:
            reply(asked, 404)

    @property
    def heard(self) -> list[dict[str, Any]]:
        """What was sent to its inboxes."""
        return [json.loads(body) for method, _, _, body in self.peer.asked if method == "POST"]

    def activity(self, kind: str, thing: Any, name: str = "amal", **more: Any) -> dict[str, Any]:
        self.number += 1
        return {"@context": "https://www.w3.org/ns/activitystreams", "id": f"{self.peer.url}/activities/{self.number}",
                "type": kind, "actor": self.uri(name), "object": thing, **more}

    def send(self, visit: Any, activity: dict[str, Any], *, to: str, base: str, way: str = "cavage", key: Any = None,
             key_id: str = "", at: Any = None, body: bytes | None = None, change: Any = None) -> int:
        """Send to an inbox of ours (a path), signed for the name that `base` gives us; return the status."""
        body = json.dumps(activity).encode() if body is None else body
        name = activity["actor"].rpartition("/")[2] if isinstance(activity.get("actor"), str) else "amal"
        headers = WAYS[way](base + to, body, key_id or self.key_id(name), key or self.key, at or clock.now())
        headers.pop("Host")
        if change:
            headers, body = change(headers, body)
        self.last = headers, body
        return visit().client.post(to, data=body, headers=headers).status_code
