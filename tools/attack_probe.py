"""What scanners do not ask: bodies with two lengths, methods nobody needs, folders and files beside the pages."""

import socket
from urllib.parse import urlsplit

from tools.attack_scan import Finding, Target

SECOND = b"GET /de/nowhere-smuggled HTTP/1.1\r\nHost: %s\r\n\r\n"
BESIDE = (
    "/.git/config", "/.git/HEAD", "/.env", "/config.py", "/wsgi.py", "/pyproject.toml", "/instance/incubator.db",
    "/instance/secret_key", "/static/", "/static/js/", "/static/../config.py", "/static/%2e%2e/config.py",
    "/static/..%2f..%2fetc%2fpasswd", "/media/", "/media/..%2fincubator.db", "/server-status", "/console", "/debug",
)


def spoken(base: str, request: bytes, patience: float = 10) -> bytes:
    """Send bytes as they are and return everything that comes back until the line is silent or closed."""
    place = urlsplit(base)
    heard = b""
    with socket.create_connection((place.hostname or "", place.port or 80), patience) as line:
        try:
            line.sendall(request)
            while part := line.recv(65536):
                heard += part
        except OSError:  # silent, or closed on us
            pass
    return heard


def status_of(heard: bytes) -> int:
    first = heard.split(b"\r\n", 1)[0].split(b" ")
    return int(first[1]) if len(first) > 1 and first[1].isdigit() else 0


def answers(heard: bytes) -> int:
    return heard.count(b"HTTP/1.1 ") + heard.count(b"HTTP/1.0 ")


def lengths(base: str) -> dict[str, bytes]:
    """Return requests whose end two programs in a row could see in two places."""
    host = urlsplit(base).netloc.encode()
    hidden = SECOND % host
    start = b"POST /de/sign-in HTTP/1.1\r\nHost: " + host + b"\r\n"
    return {
        "both lengths": start + b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" % (5 + len(hidden))
        + hidden,  # were the length to count, the line would stay open
        "two lengths": start + b"Content-Length: 0\r\nContent-Length: %d\r\n\r\n" % len(hidden) + hidden,
        "an odd length": start + b"Content-Length: +0\r\n\r\n" + hidden,
        "an unknown coding": start + b"Content-Length: %d\r\nTransfer-Encoding: xchunked\r\n\r\n" % len(hidden)
        + hidden,
        "a space before the colon": start + b"Content-Length : %d\r\n\r\n" % len(hidden) + hidden,
    }


def smuggled(base: str) -> list[tuple[str, str]]:
    """Right is a refusal, or that the coding counts, the length does not, and the line is closed (RFC 9112, 6.1)."""
    found = []
    for name, request in lengths(base).items():
        heard = spoken(base, request)
        refused = status_of(heard) in (0, 400, 411, 501) and b"text/html" not in heard  # by the server itself
        closed = name == "both lengths" and answers(heard) == 1 and b"connection: close" in heard.lower()
        if not refused and not closed:
            found.append((name, f"answered {status_of(heard)}, {answers(heard)} answers"))
    return found


def probe(target: Target, seconds: int) -> list[Finding]:
    """Ask all of it once, as a stranger: who asks makes no difference here; `seconds` is for the others."""
    if target.role not in ("stranger", "planted"):
        return []
    base, host = target.base, urlsplit(target.base).netloc
    found = [("two ends of a body", name, what) for name, what in smuggled(base)] if target.role != "planted" else []
    trace = f"TRACE /de/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nCookie: a=secret\r\n\r\n"
    heard = spoken(base, trace.encode())
    if status_of(heard) not in (400, 405, 501) or b"a=secret" in heard:
        found.append(("TRACE is answered", "/de/", f"answered {status_of(heard)}"))
    for path in BESIDE:
        heard = spoken(base, f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        if status_of(heard) not in (302, 400, 404):
            found.append(("something lies beside the pages", path, f"answered {status_of(heard)}"))
    many = b"".join(b"X-Field-%d: %s\r\n" % (number, b"y" * 500) for number in range(400))
    heard = spoken(base, f"GET /de/ HTTP/1.1\r\nHost: {host}\r\n".encode() + many + b"Connection: close\r\n\r\n")
    if status_of(heard) >= 500:
        found.append(("too many headers break it", "/de/", f"answered {status_of(heard)}"))
    return [Finding("probe", target.role, kind, where, what) for kind, where, what in found]
