"""A virus scanner for tests: speaks as clamd does and knows one virus, the harmless one that all scanners know."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CLEAN, FOUND = b"stream: OK\0", b"stream: Eicar-Test-Signature FOUND\0"


class Clamd:
    """`seen` are the files it was asked about; `says` what it answers whatever comes, None for the truth."""

    def __init__(self) -> None:
        self.seen: list[bytes] = []
        self.says: bytes | None = None

    def answer(self, file: Any) -> bytes:
        if file.read(10) != b"zINSTREAM\0":
            return b"UNKNOWN COMMAND\0"
        data = b""
        while length := struct.unpack("!L", file.read(4))[0]:
            data += file.read(length)
        self.seen.append(data)
        return self.says if self.says is not None else FOUND if EICAR in data else CLEAN


@contextmanager
def clamd(place: Path | None = None) -> Iterator[tuple[Clamd, str]]:
    """Serve one on loopback, or at a path, and return it with its address."""
    scanner = Clamd()

    class Asked(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(scanner.answer(self.rfile))

    server: socketserver.BaseServer = (socketserver.ThreadingUnixStreamServer(str(place), Asked) if place
                                       else socketserver.ThreadingTCPServer(("127.0.0.1", 0), Asked))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield scanner, str(place) if place else f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
