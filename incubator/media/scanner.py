"""Asks the city's virus scanner (ClamAV) about what people send, before anything else opens it; off without one.

It is asked over a connection of its own for each file, by `INSTREAM`: pieces with their length before them, then an
empty one. A scanner that is set up and does not answer lets nothing in.
"""

import logging
import socket
import struct

from flask import current_app
from flask_babel import lazy_gettext as _l

from incubator.foundation.errors import RuleBroken

log = logging.getLogger(__name__)
SECONDS = 30
PIECE = 64 * 1024
LONGEST_ANSWER = 4096
NOT_TAKEN = _l("We cannot take this file. Please make it anew, for example as a photo of the paper, or choose another.")
AGAIN_LATER = _l("Files cannot be checked just now, so this one was not taken. Please try again a little later.")


def demand_clean(data: bytes, field: str | None = None) -> None:
    """Refuse a file in which the scanner finds something, and every file while it does not answer."""
    where = current_app.config.get("CLAMAV", "") if current_app else ""
    if not where or not data:
        return
    try:
        answer = _asked(where, data)
    except OSError as problem:
        answer = f"no answer: {problem}"
    if answer == "stream: OK":
        return
    if answer.endswith(" FOUND"):
        log.warning("a file was turned away, the virus scanner says: %s", answer)
        raise RuleBroken(NOT_TAKEN, field)
    log.error("files are turned away, the virus scanner at %s says: %s", where, answer or "nothing")
    raise RuleBroken(AGAIN_LATER, field)


def _asked(where: str, data: bytes) -> str:
    with _connected(where) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), PIECE):
            piece = data[start:start + PIECE]
            line.sendall(struct.pack("!L", len(piece)) + piece)
        line.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER and (more := line.recv(LONGEST_ANSWER)):
            answer += more
    return answer.decode("utf-8", "replace").strip("\0\n ")


def _connected(where: str) -> socket.socket:
    if not where.startswith("/"):
        host, _, port = where.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(SECONDS)
    try:
        line.connect(where)
    except OSError:
        line.close()
        raise
    return line
