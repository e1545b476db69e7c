"""A guide on paper: one sheet, and a code that leads to its page."""

from typing import Any

from flask_babel import gettext as _

from incubator.documents import press
from incubator.documents.writable import said
from incubator.foundation import clock, language
from incubator.guides.pages import Guide
from incubator.progress import posters
from incubator.progress.cards_png import frame


def content(guide: Guide, url: str) -> dict[str, Any]:
    """Return all that the sheet shows, in the language the guide is written in."""
    with language.in_language(guide.language) as spoken:
        return frame() | {
            "language": spoken.html.partition("-")[0], "direction": spoken.dir,
            "title": guide.title, "lead": guide.lead,
            "parts": [
                {"title": part.title, "blocks": [
                    {"kind": block.kind, "lines": [
                        [{"text": run.text, "named": run.is_named} for run in line] for line in block.lines
                    ]} for block in part.blocks
                ]} for part in guide.parts
            ],
            "qr": posters.qr(url), "qr_says": _("QR code that leads to %(address)s", address=url),
            "scan": _("Scan and read it on your phone"), "address": said(url.partition("://")[2]),
        }


def pdf(shown: dict[str, Any]) -> bytes:
    return press.pdf("public/guide", shown, clock.now())
