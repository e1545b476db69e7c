"""A push service and browsers that subscribe with it: what arrives is decrypted as a browser would do it."""

import base64
import contextlib
import ipaddress
import json
import os
import ssl
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import http_ece
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from py_vapid import Vapid02

from incubator.follow import push_services

KEY = push_services.new_key()


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@dataclass
class Browser:
    """A browser's subscription: only it can read what is sent to its address."""

    endpoint: str
    private: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def answers(self) -> dict[str, str]:
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.endpoint, "key": _text(point), "auth": _text(self.secret)}

    def read(self, sent: "Sent") -> dict[str, Any]:
        assert sent.headers["content-encoding"] == "aes128gcm"
        told = json.loads(http_ece.decrypt(sent.body, private_key=self.private, auth_secret=self.secret))
        assert isinstance(told, dict)
        return told


@dataclass(frozen=True)
class Sent:
    path: str
    headers: dict[str, str]
    body: bytes

    def is_signed_by(self, public_key: str, audience: str) -> bool:
        """Say whether the sender is who it says, with whom, and for at most a day (RFC 8292)."""
        scheme, _, rest = self.headers["authorization"].partition(" ")
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        claims = json.loads(base64.urlsafe_b64decode(parts["t"].split(".")[1] + "=="))
        within = 0 < claims["exp"] - datetime.now(UTC).timestamp() <= 86_400
        return (scheme == "vapid" and parts["k"] == public_key and claims["aud"] == audience and within
                and claims["sub"].startswith("mailto:") and Vapid02.verify(self.headers["authorization"]))


class PushService:
    """Keeps what it got; `answers` says by path with which code it refuses."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.answers: dict[str, int] = {}
        self.host = ""
        self.retry_after = ""

    def browser(self, name: str = "a") -> Browser:
        return Browser(f"https://{self.host}/{name}")

    def to(self, browser: Browser) -> list[dict[str, Any]]:
        return [browser.read(each) for each in self.sent if browser.endpoint.endswith(each.path)]


def _handler(service: PushService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            code = service.answers.get(self.path, 201)
            if code == 201:
                headers = {name.lower(): value for name, value in self.headers.items()}
                service.sent.append(Sent(self.path, headers, body))
            self.send_response(code)
            if 300 <= code < 400:
                self.send_header("Location", f"https://{service.host}/elsewhere")
            if service.retry_after:
                self.send_header("Retry-After", service.retry_after)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler


def _certificate(folder: Path) -> Path:
    """Make a certificate for this machine that lasts a day."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=True)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "service.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private + made.public_bytes(Encoding.PEM))
    return path


@contextlib.contextmanager
def push_service() -> Iterator[tuple[PushService, Path]]:
    """Run a service and hand it out with the certificate that has to be trusted."""
    with tempfile.TemporaryDirectory() as folder:
        certificate, service = _certificate(Path(folder)), PushService()
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(service))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        service.host = f"127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield service, certificate
        finally:
            server.shutdown()
            server.server_close()
