"""A city's directory on this machine: a small OpenID Connect server that can also be told to lie."""

import base64
import functools
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

CLIENT, SECRET = "incubator", "a secret between the two"
MAIL = "karin.muster@stadt.example.org"


@functools.cache
def key(name: str = "first") -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"})


@dataclass
class Directory:
    """Who signs in there next, and what is wrong with what it says about them."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    change: Callable[[dict[str, Any]], Any] = lambda claims: None  # of the ID token, just before it is signed
    header: dict[str, Any] = field(default_factory=lambda: {"alg": "RS256", "kid": "first"})
    key: Any = None
    says: dict[str, Any] = field(default_factory=dict)  # of itself, beside the truth
    silent: bool = False
    asked: dict[str, dict[str, str]] = field(default_factory=dict)  # what was asked, by code

    def knows(self, mail: str, **more: Any) -> None:
        self.claims = {"sub": f"subject of {mail}", "email": mail, "email_verified": True} | more

    def authorize(self, address: str) -> str:
        """Do what a person does there, and return the address that leads them back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = secrets.token_urlsafe(16)
        self.asked[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def __call__(self, environ: Any, start: Any) -> Any:
        request = Request(environ)
        answers = {"/.well-known/openid-configuration": self._about, "/keys": self._keys, "/token": self._token}
        answer = answers[request.path](request) if not self.silent else Response("", 503)
        return answer(environ, start)

    def _about(self, request: Request) -> Response:
        return _json({
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
            "jwks_uri": f"{self.issuer}/keys", "token_endpoint": f"{self.issuer}/token",
            "id_token_signing_alg_values_supported": ["RS256", "none", "HS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        } | self.says)

    def _keys(self, request: Request) -> Response:
        return _json({"keys": [key().as_dict(private=False)]})

    def _token(self, request: Request) -> Response:
        """Hand out a token for a code, once, to the client that asked, if it can show the verifier (RFC 7636)."""
        sent, basic = request.form, base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        asked = self.asked.pop(sent.get("code", ""), None)
        if asked is None or request.headers.get("Authorization") != f"Basic {basic}":
            return _json({"error": "invalid_grant"}, 400)
        fits = create_s256_code_challenge(sent.get("code_verifier", "")) == asked["code_challenge"]
        if not fits or asked["code_challenge_method"] != "S256" or sent["redirect_uri"] != asked["redirect_uri"]:
            return _json({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "auth_time": now,
                  "nonce": asked["nonce"]} | self.claims
        token = self.change(claims) or self.sign(claims)
        return _json({"access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": token})

    def sign(self, claims: dict[str, Any]) -> str:
        return jwt.encode(self.header, claims, self.key or key(), algorithms=[self.header["alg"]])


def _json(content: Any, status: int = 200) -> Response:
    return Response(json.dumps(content), status, content_type="application/json")


def _written(*parts: dict[str, Any]) -> str:
    return ".".join(_plain(json.dumps(each).encode()) for each in parts)


def _plain(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unsigned(claims: dict[str, Any]) -> str:
    """Return a token that nobody signed: “alg” is “none”."""
    return _written({"alg": "none", "kid": "first"}, claims) + "."


def signed_with_public_key(claims: dict[str, Any]) -> str:
    """Return a token signed with what everybody knows, as if the public key were a shared secret."""
    token = _written({"alg": "HS256", "kid": "first"}, claims)
    return f"{token}.{_plain(hmac.digest(key().as_pem(private=False), token.encode(), 'sha256'))}"


@contextmanager
def directory() -> Iterator[Directory]:
    """Run a directory that is asked over HTTP, as a real one."""
    served = Directory()
    server = make_server("127.0.0.1", 0, served, threaded=True)
    served.issuer = f"http://127.0.0.1:{server.port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def there(visitor: Any, served: Directory) -> str:
    """Go to the directory and sign in there; return the address that leads back."""
    sent = visitor.get("/de/sign-in/outside")
    assert sent.status == 302, sent.text
    return served.authorize(sent.location)


def come_back(visitor: Any, address: str) -> Any:
    sent = visitor.get(address)
    assert sent.status == 302, sent  # to the same address with a language
    return visitor.follow(sent)


def through(visitor: Any, served: Directory) -> Any:
    """Go there and back."""
    return come_back(visitor, there(visitor, served))


def is_in(visitor: Any) -> bool:
    return bool(visitor.get("/de/desk/me").status == 200)
