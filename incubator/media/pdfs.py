"""What arrives as a PDF leaves as pages: no script, no attached file, no link, no author, no place."""

import logging
import signal
import subprocess
import sys
import threading
from pathlib import Path

from flask_babel import lazy_gettext as _l

from incubator.foundation.errors import RuleBroken
from incubator.media import scanner

log = logging.getLogger(__name__)
MAX_BYTES, SECONDS = 15 * 1024 * 1024, 40
CLEANER = Path(__file__).with_name("pdf_cleaner.py")
TOO_LARGE = _l("This PDF is larger than 15 MB. Please choose a smaller one.")
TOO_LONG = _l("This PDF has more than 50 pages. Please choose only the pages that matter.")
TOO_INTRICATE = _l("This PDF is too intricate. Please print it to a new PDF, or take a photo of it.")
LOCKED = _l("This PDF is locked with a password. Please choose one without.")
NO_PAGES = _l("This PDF has no pages. Please choose another file.")
DAMAGED = _l("This PDF is damaged. Please download or scan it again, or take a photo of it.")
SENTENCES = {b"locked": LOCKED, b"empty": NO_PAGES, b"long": TOO_LONG, b"intricate": TOO_INTRICATE}
_one_at_a_time = threading.Lock()  # one hostile file in memory is enough


def clean(data: bytes) -> tuple[bytes, int]:
    """Return the file written anew and how many pages it has; `pdf_cleaner` does it, in a process of its own.

    Refused: what is larger than 15 MB, locked, without pages, longer than fifty, not in order, or too much for the
    cleaner's time and memory.
    """
    if len(data) > MAX_BYTES:
        raise RuleBroken(TOO_LARGE)
    scanner.demand_clean(data)
    command = [sys.executable, "-I", str(CLEANER)]
    try:
        with _one_at_a_time:
            done = subprocess.run(  # noqa: S603 - our own program; what was sent goes in by a pipe
                command, input=data, capture_output=True, timeout=SECONDS, check=False
            )
    except subprocess.TimeoutExpired:
        raise RuleBroken(TOO_INTRICATE) from None
    word, _, cleaned = done.stdout.partition(b"\n")
    if done.returncode == 0 and word.startswith(b"pages "):
        return cleaned, int(word.removeprefix(b"pages "))
    if done.returncode == -signal.SIGXCPU:
        raise RuleBroken(TOO_INTRICATE)
    if done.returncode < 0:
        log.warning("a PDF brought its cleaner down, signal %s", -done.returncode)
    raise RuleBroken(SENTENCES.get(word, DAMAGED))
