"""Letters leave only to a mail server that proves who it is, and a password never over an open line."""

import datetime
import smtplib
import ssl
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from incubator.letters import lines
from tests.servers import free_port


@pytest.fixture(scope="module")
def unknown(tmp_path_factory):
    """A certificate for this machine that nobody vouches for, as a server and as a client see it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    paper = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("certificate") / "both.pem"
    own = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(own + paper.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture(params=["smtps", "smtp"])
def address(request, unknown):
    """A mail server behind that certificate, from the first byte on or after STARTTLS."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(unknown)
    how = {"ssl_context": context} if request.param == "smtps" else {"tls_context": context, "require_starttls": True}
    server = Controller(SimpleNamespace(), hostname="127.0.0.1", port=free_port(), **how)
    server.start()
    yield f"{request.param}://localhost:{server.port}"
    server.stop()


def test_a_server_nobody_vouches_for_gets_no_letter(address):
    with pytest.raises(ssl.SSLCertVerificationError):
        lines.connect(address)


def test_a_server_that_is_vouched_for_is_spoken_with(address, unknown, monkeypatch):
    real = ssl.create_default_context
    monkeypatch.setattr(ssl, "create_default_context", lambda: real(cafile=str(unknown)))
    lines.connect(address).quit()


def test_a_password_is_not_sent_over_an_open_line(monkeypatch):
    said = []

    class Open:
        def __init__(self, host, port, timeout):
            said.append(host)

        def has_extn(self, name):
            return False

        ehlo = close = lambda self: None

        def login(self, *_):
            said.append("password")

    monkeypatch.setattr(smtplib, "SMTP", Open)
    with pytest.raises(smtplib.SMTPNotSupportedError):
        lines.connect("smtp://user:secret@mail.example")
    lines.connect("smtp://user:secret@127.0.0.1")
    assert said == ["mail.example", "127.0.0.1", "password"]
