"""The press: content in, PDF/UA-1 out. Content reaches the templates as JSON, never as markup."""

import functools
import hashlib
import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import config
from incubator.foundation.later import later

pikepdf, typst = later("pikepdf"), later("typst")
TEMPLATES = Path(config.ROOT) / "templates" / "documents"
PUBLIC = TEMPLATES / "public"


class CannotPrint(Exception):
    """What the press said; for the log, never for people: it may quote the document."""


def pdf(kind: str, content: dict[str, Any], at: datetime) -> bytes:
    """Set a document of a kind; the same content at the same moment gives the same bytes."""
    return _set(kind, content, format="pdf", pdf_standards="ua-1", timestamp=int(at.timestamp()))


def pictures(kind: str, content: dict[str, Any], ppi: int = 80) -> list[bytes]:
    """Set the same document as one PNG per page, for eyes."""
    made: Any = _set(kind, content, format="png", ppi=ppi)
    return made if isinstance(made, list) else [made]


def _set(kind: str, content: dict[str, Any], **options: Any) -> bytes:
    try:
        return typst.compile(  # type: ignore[no-any-return]
            str(TEMPLATES / f"{kind}.typ"), root=str(TEMPLATES), font_paths=_fonts(), ignore_system_fonts=True,
            sys_inputs={"content": json.dumps(content, ensure_ascii=False)}, **options,
        )
    except typst.TypstError as fault:
        raise CannotPrint(fault.message) from fault


@functools.cache
def _fonts() -> Any:
    """Only our own fonts: a document must not look different on another machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(TEMPLATES / "fonts")])


def count_pages(data: bytes) -> int:
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
