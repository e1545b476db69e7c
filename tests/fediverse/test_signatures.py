"""Signatures: others read ours, we read theirs, and whatever is changed about one never holds."""

import base64
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver, algorithms
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incubator.fediverse import rules, signing, verifying
from incubator.fediverse.verifying import Came, Unsigned
from incubator.foundation import clock
from tests.peers.neighbour import KEYS, WAYS, pem

NOW = datetime(2026, 3, 1, 11, 0, tzinfo=UTC)
URL, BODY = "https://stadt.example/ap/inbox", b'{"type": "Follow"}'
KEY_ID = "https://anderswo.example/users/amal#main-key"
SECRET, PUBLIC = signing.new_key()


def _came(way="cavage", *, url=URL, body=BODY, at=NOW, key=KEYS[0], key_id=KEY_ID, **changed):
    headers = {name.lower(): value for name, value in WAYS[way](url, body, key_id, key, at).items()}
    return Came("POST", URL, headers | changed, body, NOW)


def _holds(came, key=None):
    try:
        signed = verifying.parse(came)
        verifying.check(signed, key or pem(KEYS[0]))
    except Unsigned:
        return False
    return True


@pytest.mark.parametrize("way", WAYS)
def test_theirs_hold(way):
    assert _holds(_came(way)) and verifying.parse(_came(way)).key_id == KEY_ID
    assert not _holds(_came(way), pem(KEYS[1]))


@pytest.mark.parametrize("way", WAYS)
def test_what_was_signed_for_somebody_else_does_not_hold(way):
    for url in ("https://stadt.example/ap/actors/garten/inbox", "https://andere.example/ap/inbox",
                "http://stadt.example/ap/inbox"):
        came = _came(way, url=url)
        assert not _holds(came) or (way == "cavage" and url.startswith("http://")), url
    other = _came(way)
    assert not _holds(Came("GET", URL, other.headers, BODY, NOW))
    assert not _holds(Came("POST", URL, other.headers, BODY + b" ", NOW))
    assert not _holds(Came("POST", f"{URL}?a=b", other.headers, BODY, NOW))


@pytest.mark.parametrize("way", WAYS)
def test_a_signature_has_its_time(way):
    near, far = rules.FRESH - timedelta(minutes=1), rules.FRESH + timedelta(minutes=1)
    assert _holds(_came(way, at=NOW - near)) and _holds(_came(way, at=NOW + near))
    assert not _holds(_came(way, at=NOW - far)) and not _holds(_came(way, at=NOW + far))


@pytest.mark.parametrize(("way", "name", "value"), [
    ("cavage", "date", ""), ("cavage", "date", "yesterday"), ("cavage", "date", "Sun, 01 Mar 0001 11:00:00 -2400"),
    ("cavage", "digest", ""), ("cavage", "digest", "MD5=x"), ("cavage", "digest", "SHA-256=x,SHA-256=y"),
    ("cavage", "signature", ""), ("cavage", "signature", 'keyId="a",keyId="b"'), ("cavage", "signature", "\x00"),
    ("cavage", "signature", 'keyId="https://a.example/k",headers="(request-target) host date digest",signature="!"'),
    ("cavage", "signature", 'keyId="https://a.example/k",headers="date",signature="AAAA"'),
    ("cavage", "signature", f'keyId="{KEY_ID}",algorithm="hmac-sha256",headers="(request-target) host date digest",'
                            'signature="AAAA"'),
    ("cavage", "signature", "a" * 9000), ("rfc9421", "signature", ""), ("rfc9421", "signature", "sig2=:AAAA:"),
    ("rfc9421", "signature-input", ""), ("rfc9421", "signature-input", "sig1=()"),
    ("rfc9421", "signature-input", 'sig1=("@method" "@target-uri");created=1772362800;keyid="https://a.example/k"'),
    ("rfc9421", "signature-input", 'sig1=("@method" "@method" "@target-uri" "content-digest");created=1772362800'),
    ("rfc9421", "signature-input", 'sig1=("@method" "@target-uri" "content-digest";req);created=1772362800'),
    ("rfc9421", "signature-input", 'sig1=("@method" "@target-uri" "content-digest" "@evil");created=1772362800'),
    ("rfc9421", "signature-input", 'sig1=("@method" "@target-uri" "content-digest");created=99999999999999999999'),
    ("rfc9421", "signature-input", 'sig1=("@method" "@target-uri" "content-digest");alg="hmac-sha256";created=1'),
    ("rfc9421", "signature-input", 'a=("@method");created=1, b=("@method");created=1'),
    ("rfc9421", "content-digest", ""), ("rfc9421", "content-digest", "sha-512=:AAAA:"),
])
def test_odd_headers_are_no_signature(way, name, value):
    assert not _holds(_came(way, **{name: value}))


def test_a_weak_key_and_another_kind_of_key_hold_nothing():
    weak = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    assert not _holds(_came(key=weak), pem(weak))
    assert not _holds(_came(), pem(ec.generate_private_key(ec.SECP256R1())))
    for text in ("", "-----BEGIN PUBLIC KEY-----\nx\n-----END PUBLIC KEY-----", "\x00", "ä"):
        assert not _holds(_came(), text or "no key")


def test_the_newer_kind_of_key_holds():
    key = ed25519.Ed25519PrivateKey.generate()
    came = _came("rfc9421")
    said = came.headers["signature-input"].partition("=")[2].replace("rsa-v1_5-sha256", "ed25519")
    parts = {"@method": "POST", "@target-uri": URL, "@authority": "stadt.example",
             "content-digest": came.headers["content-digest"]}
    base = "\n".join([*(f'"{name}": {value}' for name, value in parts.items()), f'"@signature-params": {said}'])
    headers = dict(came.headers) | {
        "signature-input": f"s={said}", "signature": f"s=:{base64.b64encode(key.sign(base.encode())).decode()}:"}
    assert _holds(Came("POST", URL, headers, BODY, NOW), pem(key))
    assert not _holds(Came("POST", URL, headers, BODY, NOW))


class _Ours(HTTPSignatureKeyResolver):
    def resolve_public_key(self, key_id):
        return serialization.load_pem_public_key(PUBLIC.encode())


def test_others_read_ours_as_the_standard_has_it():
    now = datetime.now(UTC)
    headers = signing.new("POST", URL, BODY, key_id=KEY_ID, secret=SECRET, now=now)
    verifier = HTTPMessageVerifier(signature_algorithm=algorithms.RSA_V1_5_SHA256, key_resolver=_Ours())
    asked = SimpleNamespace(method="POST", url=URL, headers=headers, body=BODY)
    (found,) = verifier.verify(asked, max_age=timedelta(hours=1))
    assert set(found.covered_components) >= {'"@method"', '"@target-uri"', '"content-digest"'}
    assert found.parameters["keyid"] == KEY_ID


def test_others_read_ours_as_they_are_used_to():
    headers = signing.old("POST", f"{URL}?a=b", BODY, key_id=KEY_ID, secret=SECRET, now=NOW)
    said = dict(part.split("=", 1) for part in headers["Signature"].split(","))
    known = {"(request-target)": "post /ap/inbox?a=b"} | {k.lower(): v for k, v in headers.items()}
    base = "\n".join(f"{name}: {known[name]}" for name in said["headers"].strip('"').split())
    key = serialization.load_pem_public_key(PUBLIC.encode())
    key.verify(base64.b64decode(said["signature"].strip('"')), base.encode(), padding.PKCS1v15(), hashes.SHA256())
    assert headers["Date"] == "Sun, 01 Mar 2026 11:00:00 GMT" and "digest" in said["headers"]


@pytest.mark.parametrize("how", [signing.old, signing.new])
def test_we_read_our_own(how):
    headers = how("POST", URL, BODY, key_id=KEY_ID, secret=SECRET, now=NOW)
    assert _holds(Came("POST", URL, {k.lower(): v for k, v in headers.items()}, BODY, NOW), PUBLIC)


NAMES = ("signature", "signature-input", "date", "digest", "content-digest", "content-type", "host")


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(way=st.sampled_from(list(WAYS)), name=st.sampled_from(NAMES), cut=st.floats(0, 1), put=st.text(max_size=20),
       length=st.integers(0, 12))
def test_what_is_changed_about_a_signature_never_holds(way, name, cut, put, length):
    """What is not covered may change; where it holds, what was signed is the same, to the letter."""
    came = _came(way)
    value = came.headers.get(name, "")
    place = int(cut * len(value))
    changed = value[:place] + put + value[place + length:]
    other = Came("POST", URL, dict(came.headers) | {name: changed}, BODY, NOW)
    if changed != value and _holds(other):
        signed = verifying.parse(other)  # under another name another key is found
        assert signed.key_id != KEY_ID or signed.base == verifying.parse(came).base


@settings(max_examples=300, deadline=None)
@given(headers=st.dictionaries(st.sampled_from(NAMES), st.text(max_size=200)), body=st.binary(max_size=50))
def test_nothing_that_is_said_in_headers_is_a_fault(headers, body):
    assert not _holds(Came("POST", URL, headers, body, NOW))
    assert set(verifying.covered(headers)) <= set(headers)


def test_only_what_a_signature_covers_is_kept_of_the_headers():
    headers = {"host": "x", "date": "now", "cookie": "secret", "authorization": "secret", "user-agent": "Mastodon",
               "signature": 'keyId="k",headers="(request-target) host date user-agent cookie",signature="x"'}
    assert set(verifying.covered(headers)) == {"host", "date", "user-agent", "signature"}


def test_the_clock_that_counts_is_that_of_the_arrival():
    clock.set(datetime(2026, 3, 9, tzinfo=UTC))
    assert _holds(_came())
