"""A program that takes its time, for the end of a web server that is asked for it."""

import time
from collections.abc import Callable
from typing import Any

SECONDS = 2.0


def app(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    if environ["PATH_INFO"] == "/slow":
        time.sleep(SECONDS)
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"done"]
