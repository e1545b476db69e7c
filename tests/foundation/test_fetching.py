"""Addresses from outside lead outside, over a sealed line, and to an end."""

import socket
import threading

import pytest

from incubator.foundation import fetching
from incubator.foundation.fetching import Refused, Unreachable
from tests.peers.sealed import papers, reply

LONGER_THAN_ANYBODY_WAITS = 1200  # steps of a twentieth of a second


@pytest.fixture
def there(there):
    there.answer = lambda asked: reply(asked, 200, b"{}", Content_Type="application/json")
    return there


def _none(url):
    return {}


def _called(monkeypatch, *numbers):
    real = socket.getaddrinfo

    def resolve(name, port, **given):
        if name != "elsewhere.example":
            return real(name, port, **given)
        kind = [socket.AF_INET6 if ":" in each else socket.AF_INET for each in numbers]
        return [(each, socket.SOCK_STREAM, 6, "", (number, port)) for each, number in zip(kind, numbers, strict=True)]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


def test_a_page_elsewhere_is_read(there):
    answer = fetching.get(f"{there.url}/a?b=c", lambda url: {"Accept": "text/x"})
    assert (answer.status, answer.body, answer.headers["content-type"]) == (200, b"{}", "application/json")
    method, path, headers, _ = there.asked[0]
    assert (method, path, headers["accept"], headers["accept-encoding"]) == ("GET", "/a?b=c", "text/x", "identity")
    assert f"https://{headers['host']}" == there.url


def test_a_message_is_handed_over(there):
    there.answer = lambda asked: reply(asked, 302, Location=f"{there.url}/other")
    assert fetching.post(f"{there.url}/inbox", b"words", {"X-Own": "1"}).status == 302
    assert there.bodies == [b"words"], "nothing is followed"


def test_without_the_setting_of_tests_this_machine_is_out_of_reach(app, there):
    app.config["TEST_PEERS_CA"] = ""
    for url in (there.url, there.url.replace("localhost", "127.0.0.1"), there.url.replace("localhost", "[::1]")):
        with pytest.raises(Refused, match="inside"):
            fetching.get(url, _none)
    assert there.asked == []


@pytest.mark.parametrize("number", [
    "10.0.0.1", "172.16.3.4", "192.168.1.1", "100.64.0.1", "169.254.169.254", "0.0.0.0", "192.0.0.8", "198.18.0.1",
    "224.0.0.1", "255.255.255.255", "240.0.0.1", "127.0.0.1", "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1",
    "fec0::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "2002:7f00:1::", "2002:a00:1::", "64:ff9b::10.0.0.1",
    "64:ff9b::127.0.0.1", "64:ff9b:1::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1", "::127.0.0.1",
    "fe80::1%eth0",
])
def test_a_name_that_means_something_inside_is_not_asked(app, monkeypatch, number):
    _called(monkeypatch, number)
    with pytest.raises(Refused, match="inside"):
        fetching.get("https://elsewhere.example/", _none)


@pytest.mark.parametrize("number", ["93.184.215.14", "2606:4700:4700::1111", "64:ff9b::93.184.215.14"])
def test_a_number_of_the_open_net_is_asked(app, number):
    assert fetching._is_outside(number)


def test_one_number_inside_spoils_the_name(app, monkeypatch):
    _called(monkeypatch, "93.184.215.14", "10.0.0.1")
    with pytest.raises(Refused, match="inside"):
        fetching.get("https://elsewhere.example/", _none)


def test_a_name_is_resolved_once_and_what_was_looked_at_is_what_is_spoken_to(app, monkeypatch):
    """A name server that answers otherwise the second time is not asked a second time."""
    asked, spoken = [], []

    def resolve(name, port, **given):
        asked.append(name)
        number = "93.184.215.14" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port))]

    def connect(line, address):
        spoken.append(address)
        raise OSError("far away")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(Unreachable):
        fetching.get("https://elsewhere.example/", _none)
    assert (asked, spoken) == (["elsewhere.example"], [("93.184.215.14", 443)])


def test_the_certificate_must_be_of_the_name(there, monkeypatch):
    _called(monkeypatch, "127.0.0.1")
    with pytest.raises(Unreachable, match="SSLCertVerificationError"):
        fetching.get(there.url.replace("localhost", "elsewhere.example"), _none)
    assert there.asked == []


def test_whom_nobody_vouches_for_is_not_spoken_with(app, there, tmp_path):
    app.config["TEST_PEERS_CA"] = str(papers(tmp_path)[0])
    with pytest.raises(Unreachable, match="SSLCertVerificationError"):
        fetching.get(there.url, _none)


@pytest.mark.parametrize("url", [
    "http://example.org/", "ftp://example.org/", "file:///etc/passwd", "https://", "https:///a", "https://a:b@example.org/",
    "https://example.org:0/", "https://example.org:99999/", "https://example.org:x/", "//example.org/", "", "x",
    "https://exämple.org/", "https://example.org/a b", "https://example.org/\r\nX: y", "https://[::1", "https://a\\b/",
    "https://example.org/" + "a" * 700, "javascript:alert(1)",
])
def test_what_is_no_plain_https_address_is_refused(app, url):
    with pytest.raises(Refused):
        fetching.get(url, _none)
    assert not fetching.is_address(url)


@pytest.mark.parametrize("thing", [None, 5, ["https://example.org/"], {"id": "https://example.org/"}, b"https://e.org/"])
def test_a_thing_is_no_address(thing):
    assert not fetching.is_address(thing)


def test_one_step_aside_on_the_same_machine_is_followed(there):
    def aside(asked):
        reply(asked, 301, Location="/new") if asked.path == "/old" else reply(asked, 200, b"here")

    there.answer, signed = aside, []
    answer = fetching.get(f"{there.url}/old", lambda url: signed.append(url) or {})
    assert (answer.body, answer.url) == (b"here", f"{there.url}/new")
    assert signed == [f"{there.url}/old", f"{there.url}/new"], "a signature covers where it goes"


@pytest.mark.parametrize(("aside", "reason"), [
    ("https://elsewhere.example/", "elsewhere"), ("/again", "on and on"), ("http://localhost/", "no https"),
    ("https://127.0.0.1/", "elsewhere"), ("//elsewhere.example/x", "elsewhere"), ("file:///etc/passwd", "no https"),
])
def test_nobody_is_led_elsewhere(there, aside, reason):
    there.answer = lambda asked: reply(asked, 302, Location=aside)
    with pytest.raises(Refused, match=reason):
        fetching.get(f"{there.url}/", _none)


@pytest.mark.parametrize("is_said", [True, False])
def test_a_huge_answer_is_refused(there, is_said):
    def pour(asked):
        asked.send_response(200)
        asked.send_header(*(("Content-Length", str(64 << 20)) if is_said else ("Connection", "close")))
        asked.end_headers()
        for _ in range(64):
            asked.wfile.write(b"x" * (1 << 20))
        asked.close_connection = True

    there.answer = pour
    with pytest.raises(Refused, match="too large"):
        fetching.get(f"{there.url}/", _none)


def test_a_packed_answer_is_refused(there):
    there.answer = lambda asked: reply(asked, 200, b"\x1f\x8b", Content_Encoding="gzip")
    with pytest.raises(Refused, match="packed"):
        fetching.get(f"{there.url}/", _none)


@pytest.mark.parametrize("where", ["head", "body", "nothing"])
def test_who_drips_is_left_in_time(there, monkeypatch, where):
    monkeypatch.setattr(fetching, "WHOLE", 1.0)

    over, at_the_end = threading.Event(), []

    def drip(asked):
        start = b"HTTP/1.1 200 OK\r\n" + (b"Content-Length: 5000\r\n\r\n" if where == "body" else b"X-Slow: ")
        asked.wfile.write(b"" if where == "nothing" else start)
        for _ in range(LONGER_THAN_ANYBODY_WAITS):
            if over.wait(0.05):
                return
            if where != "nothing":
                asked.wfile.write(b"x")
        at_the_end.append(where)

    there.answer = drip
    with pytest.raises(Unreachable, match="TimeoutError"):
        fetching.get(f"{there.url}/", _none)
    over.set()
    assert not at_the_end


def test_a_silent_name_server_is_left_in_time(app, monkeypatch):
    over, at_the_end = threading.Event(), []

    def silent(*given, **named):
        if not over.wait(60):
            at_the_end.append("silent")
        return []

    monkeypatch.setattr(fetching, "CONNECT", 0.3)
    monkeypatch.setattr(socket, "getaddrinfo", silent)
    with pytest.raises(Unreachable, match="no number"):
        fetching.get("https://elsewhere.example/", _none)
    over.set()
    assert not at_the_end


@pytest.mark.parametrize("said", [
    b"", b"garbage\r\n\r\n", b"HTTP/1.1 999999 X\r\n\r\n", b"HTTP/1.1 200 OK\r\nA" * 9000,
])
def test_what_is_no_answer_is_nobody(there, said):
    def babble(asked):
        asked.wfile.write(said)
        asked.close_connection = True

    there.answer = babble
    with pytest.raises(Unreachable):
        fetching.get(f"{there.url}/", _none)


def test_a_proxy_of_the_environment_is_not_asked(there, monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetching.get(there.url, _none).status == 200


def test_a_machine_is_named_the_same_however_it_is_written():
    assert fetching.host_of("https://Example.ORG/a") == fetching.host_of("https://example.org:443/") == "example.org"
    assert fetching.host_of("https://example.org:8443/") == "example.org:8443"
