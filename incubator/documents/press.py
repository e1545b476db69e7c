"""The press: content in, PDF/UA-1 out, by `typesetter`. Content reaches the templates as JSON, never as markup."""

import functools
import hashlib
import io
import itertools
import json
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import config
from incubator.foundation.later import later

pikepdf = later("pikepdf")
TEMPLATES = Path(config.ROOT) / "templates" / "documents"
PUBLIC = TEMPLATES / "public"
PAGES_FIRST = re.compile(rb"%PDF-[^\n]+\n%[^\n]+\n+1 0 obj\n<</Type/Pages/Count (\d+)/")  # as Typst writes them
SETTER, SECONDS = Path(__file__).with_name("typesetter.py"), 60


class CannotPrint(Exception):
    """What the press said; for the log, never for people: it may quote the document."""


def pdf(kind: str, content: dict[str, Any], at: datetime) -> bytes:
    """Set a document of a kind; the same content at the same moment gives the same bytes."""
    made: Any = _set(kind, content, format="pdf", pdf_standards="ua-1", timestamp=int(at.timestamp()))
    return bytes(made)


def pictures(kind: str, content: dict[str, Any], ppi: int = 80) -> list[bytes]:
    """Set the same document as one PNG per page, for eyes."""
    made: Any = _set(kind, content, format="png", ppi=ppi)
    return made if isinstance(made, list) else [made]


def _set(kind: str, content: dict[str, Any], **options: Any) -> bytes | list[bytes]:
    given = {
        "template": str(TEMPLATES / f"{kind}.typ"), "root": str(TEMPLATES), "fonts": str(TEMPLATES / "fonts"),
        "content": json.dumps(content, ensure_ascii=False), "options": options,
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own program; what people wrote goes in by a pipe
            [sys.executable, "-I", str(SETTER)], input=json.dumps(given).encode(), capture_output=True, check=True,
            timeout=SECONDS,
        )
    except subprocess.CalledProcessError as fault:
        raise CannotPrint(fault.stderr.decode()) from None
    except subprocess.TimeoutExpired:
        raise CannotPrint(f"took longer than {SECONDS} seconds") from None
    lengths, _, parts = done.stdout.partition(b"\n")
    pages = _parted(parts, json.loads(lengths))
    return pages if len(pages) > 1 else pages[0]


def _parted(data: bytes, lengths: list[int]) -> list[bytes]:
    ends = list(itertools.accumulate(lengths))
    return [data[end - length:end] for end, length in zip(ends, lengths, strict=True)]


def count_pages(data: bytes) -> int:
    """Count what we set ourselves; whoever reads any PDF takes five megabytes, which the worker would keep."""
    if known := PAGES_FIRST.match(data):
        return int(known[1])
    with pikepdf.Pdf.open(io.BytesIO(data)) as file:
        return len(file.pages)


@functools.cache
def edition(public: bool = False) -> str:
    """Return the fingerprint of all templates: new wording makes new documents when somebody asks for them.

    What is printed for everyone has one of its own, so that a new poster makes no new notices.
    """
    seen, ours = hashlib.sha256(), [path for path in TEMPLATES.rglob("*.*") if path.suffix in (".typ", ".svg")]
    for path in sorted(path for path in ours if (PUBLIC in path.parents) is public):
        seen.update(path.relative_to(TEMPLATES).as_posix().encode() + b"\0" + path.read_bytes())
    return seen.hexdigest()
