"""The only way to machines of others whose addresses came from outside: nothing of it leads into our own network.

An address is https. Its name is resolved once, every number it stands for is looked at, and the connection goes to
one of those very numbers, while the certificate must be the name's. Nothing is followed to another machine, no proxy
of the environment is asked, an answer has an end in size and in time. What a packed answer would unpack to is never
found out: none is asked for, and none is taken.

`TEST_PEERS_CA` names a certificate authority for tests: with it, and only then, this machine itself can be reached.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from flask import current_app

CONNECT = 5.0  # seconds
WHOLE = 10.0
LARGEST = 1024 * 1024
LONGEST_ADDRESS = 600
REDIRECTS = (301, 302, 303, 307, 308)
ANSWERS_TRIED = 2  # of the numbers of a name: a machine may have one of each kind
NAT64 = ipaddress.ip_network("64:ff9b::/96")
INSIDE = tuple(map(ipaddress.ip_network, (  # set aside, though not every version of Python knows it
    "192.0.0.0/24", "192.88.99.0/24", "100.64.0.0/10", "64:ff9b:1::/48", "100::/64", "2001::/23", "3fff::/20",
    "5f00::/16",
)))
Headers = Callable[[str], Mapping[str, str]]


class Refused(Exception):
    """We do not go there, or do not take what came: said in a word or two, for the log."""


class Unreachable(Exception):
    """Nobody answered, not in time, or nobody who proves to be the one."""


@dataclass(frozen=True)
class Answer:
    """What came back; names of headers are in lower case. `url` is where it came from in the end."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


def get(url: str, headers: Headers) -> Answer:
    """Ask for a page; `headers` says what goes with it, because a signature covers where it goes.

    One step aside is followed, on the same machine.
    """
    until = time.monotonic() + WHOLE
    answer = _ask("GET", url, headers(url), b"", until)
    if answer.status in REDIRECTS and (aside := answer.headers.get("location")):
        there = urljoin(url, aside)
        if host_of(there) != host_of(url):
            raise Refused("led elsewhere")
        answer = _ask("GET", there, headers(there), b"", until)
        if answer.status in REDIRECTS:
            raise Refused("led on and on")
    return answer


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Hand over a message; nothing is followed, and an answer that goes on too long is cut."""
    return _ask("POST", url, headers, body, time.monotonic() + WHOLE)


def host_of(url: str) -> str:
    """Return the machine of an address as rows name it: in lower case, with its port where that is another one."""
    place = _place(url)
    port = "" if place.port in (None, 443) else f":{place.port}"
    return f"{place.hostname}{port}"


def is_address(url: object) -> bool:
    """Say whether this could be an address of somebody else; where it leads is found out when somebody goes there."""
    try:
        return isinstance(url, str) and bool(_place(url))
    except Refused:
        return False


def _place(url: str) -> SplitResult:
    try:
        place = urlsplit(url)
        port = place.port
    except ValueError:
        raise Refused("no address") from None
    if place.scheme != "https" or not place.hostname or place.username is not None or port == 0:
        raise Refused("no https address")
    if len(url) > LONGEST_ADDRESS or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise Refused("no plain address")
    return place


class _Line(ssl.SSLSocket):
    """A sealed connection on which everything together, however slowly it drips, ends at one moment."""

    until = float("inf")

    def _hurry(self) -> None:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError("too slow")
        self.settimeout(left)

    def recv_into(self, *given: Any, **named: Any) -> int:
        self._hurry()
        return super().recv_into(*given, **named)

    def send(self, *given: Any, **named: Any) -> int:
        self._hurry()
        return super().send(*given, **named)


def _ask(method: str, url: str, headers: Mapping[str, str], body: bytes, until: float) -> Answer:
    place = _place(url)
    target = (place.path or "/") + (f"?{place.query}" if place.query else "")
    said = {"Host": host_of(url), "Accept-Encoding": "identity", "Connection": "close", **headers}
    talk = http.client.HTTPConnection(str(place.hostname))
    try:
        talk.sock = _connect(str(place.hostname), place.port or 443, until)
        talk.request(method, target, body=body or None, headers=said)
        with talk.getresponse() as response:
            return _read(method, url, response)
    except (OSError, http.client.HTTPException, ValueError) as fault:  # also: a header that is none
        raise Unreachable(type(fault).__name__) from fault
    finally:
        talk.close()


def _read(method: str, url: str, response: http.client.HTTPResponse) -> Answer:
    body = response.read(LARGEST + 1)
    if len(body) > LARGEST:
        if method == "GET":
            raise Refused("too large")
        body = b""
    found = {name.lower(): value for name, value in response.getheaders()}
    if method == "GET" and found.get("content-encoding", "identity") != "identity":
        raise Refused("packed")
    return Answer(response.status, found, body, url)


def _connect(name: str, port: int, until: float) -> _Line:
    context = ssl.create_default_context()
    if own := current_app.config["TEST_PEERS_CA"]:
        context.load_verify_locations(own)
    context.sslsocket_class = _Line
    fault: OSError = OSError("no number")
    for number in _numbers(name, port, until)[:ANSWERS_TRIED]:
        plain = socket.socket(socket.AF_INET6 if ":" in number else socket.AF_INET, socket.SOCK_STREAM)
        try:
            plain.settimeout(_left(until))
            plain.connect((number, port))
        except OSError as missed:
            plain.close()
            fault = missed
            continue
        return _sealed(plain, context, name, until)
    raise fault


def _left(until: float) -> float:
    return min(CONNECT, max(0.1, until - time.monotonic()))


def _sealed(plain: socket.socket, context: ssl.SSLContext, name: str, until: float) -> _Line:
    try:
        plain.settimeout(_left(until))
        line = context.wrap_socket(plain, server_hostname=name)
    except (OSError, ValueError):
        plain.close()
        raise
    assert isinstance(line, _Line)
    line.until = until
    return line


def _numbers(name: str, port: int, until: float) -> list[str]:
    """Resolve a name once; one number that is not anybody's on the open net spoils them all."""
    numbers = list(dict.fromkeys(str(each[4][0]) for each in _resolved(name, port, until)))
    if not numbers:
        raise Unreachable("no number")
    if not all(_is_outside(each) for each in numbers):
        raise Refused("inside")
    return numbers


def _resolved(name: str, port: int, until: float) -> list[Any]:
    """Ask for the numbers of a name in a thread of its own: nothing else ends a name server that is silent."""
    found: list[Any] = []

    def look() -> None:
        try:
            found.extend(socket.getaddrinfo(name, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError):
            return

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    looking.join(_left(until))
    return list(found)


def _is_outside(number: str) -> bool:
    """Say whether a number belongs to the open net; what another number hides in is looked at as that number."""
    try:
        address = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        hidden = address.ipv4_mapped or address.sixtofour
        if address in NAT64:
            hidden = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if address.is_site_local:
            return False
        if hidden:
            return _is_outside(str(hidden))
    if address.is_loopback and current_app.config["TEST_PEERS_CA"]:
        return True
    if any(address in each for each in INSIDE):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved and not address.is_unspecified
