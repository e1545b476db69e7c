"""Servers of others, played on this machine behind certificates of an authority that exists for one test run."""

import datetime
import ipaddress
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


def _paper(name: str, key: Any, by: str, by_key: Any, *, is_authority: bool, number: int) -> Any:
    now = datetime.datetime.now(datetime.UTC)
    said = x509.CertificateBuilder().subject_name(_called(name)).issuer_name(_called(by)).public_key(key.public_key())
    said = said.serial_number(number).not_valid_before(now - datetime.timedelta(days=800))
    said = said.not_valid_after(now + datetime.timedelta(days=800))
    said = said.add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    said = said.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    said = said.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(by_key.public_key()), critical=False)
    if not is_authority:
        names = [x509.DNSName(name), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        said = said.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return said.sign(by_key, hashes.SHA256())


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _written(key: Any) -> bytes:
    return bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def papers(folder: Path, name: str = "localhost") -> tuple[Path, Path]:
    """Write an authority and one certificate of it; return both files (the second with its key)."""
    root, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = _paper("Tests", root, "Tests", root, is_authority=True, number=1)
    paper = _paper(name, own, "Tests", root, is_authority=False, number=2)
    ca, both = folder / "authority.pem", folder / "both.pem"
    ca.write_bytes(authority.public_bytes(Encoding.PEM))
    both.write_bytes(_written(own) + paper.public_bytes(Encoding.PEM))
    return ca, both


@dataclass
class Peer:
    """One server: what was asked of it, and what it answers (`answer` takes the request and writes to it)."""

    ca: Path
    url: str = ""
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    answer: Callable[[BaseHTTPRequestHandler], None] = lambda asked: reply(asked, 202)

    @property
    def bodies(self) -> list[bytes]:
        return [each[3] for each in self.asked]


def reply(asked: BaseHTTPRequestHandler, status: int, body: bytes = b"", **headers: str) -> None:
    asked.send_response(status)
    for name, value in headers.items():
        asked.send_header(name.replace("_", "-"), value)
    asked.send_header("Content-Length", str(len(body)))
    asked.end_headers()
    asked.wfile.write(body)


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, address: Any) -> None:
        """A client that went away is no fault of the server."""


@contextmanager
def peer(folder: Path) -> Iterator[Peer]:
    """Run one until the end of the block."""
    ca, both = papers(folder)
    known = Peer(ca)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _take(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            known.asked.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            known.answer(self)

        do_GET = do_POST = _take

        def log_message(self, *said: Any) -> None:
            pass

    server = _Quiet(("127.0.0.1", 0), Handler)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(both)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    known.url = f"https://localhost:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield known
    finally:
        server.shutdown()
        server.server_close()
