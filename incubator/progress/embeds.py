"""A project on other people's sites: the frame they copy, and what oEmbed tells programs that make it themselves."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from markupsafe import Markup

from incubator.foundation.language import BY_CODE

WIDTH, HEIGHT = 400, 370
PROJECT = re.compile(r"/(?:(?P<language>[a-z-]+)/)?projects/(?P<slug>[^/]+)")
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Size:
    width: int = WIDTH
    height: int = HEIGHT


def size(most_width: int | None, most_height: int | None) -> Size:
    """Return the usual size, or a smaller one where there is less room."""
    return Size(min(WIDTH, most_width or WIDTH), min(HEIGHT, most_height or HEIGHT))


def project_at(url: str, base: str) -> tuple[str, str] | None:
    """Return language and short name in a project's address; the language is empty where the address has none."""
    try:
        asked, own = urlsplit(url), urlsplit(base)
    except ValueError:
        return None
    ours = asked.scheme in ("http", "https") and asked.netloc.lower() == own.netloc.lower()
    found = PROJECT.fullmatch(unquote(asked.path)) if ours else None
    if found is None or (found["language"] or "de") not in BY_CODE:
        return None
    return found["language"] or "", found["slug"]


def frame(url: str, title: str, wanted: Size) -> str:
    """Write what people copy into their own page; it runs nothing and needs nothing else."""
    code = Markup(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" style="border:0;max-width:100%"></iframe>'
    )
    return str(code.format(url, title, wanted.width, wanted.height))


def oembed(*, url: str, title: str, site: str, base: str, card: str, wanted: Size) -> dict[str, str | int]:
    """Return what oEmbed 1.0 calls a rich thing: a frame with its size, whose it is, and a picture where it fits."""
    told: dict[str, str | int] = {
        "version": "1.0", "type": "rich", "title": title, "provider_name": site, "provider_url": base + "/",
        "cache_age": 3600, "html": frame(url, title, wanted), "width": wanted.width, "height": wanted.height,
    }
    if card:
        told |= {"thumbnail_url": card, "thumbnail_width": 1200, "thumbnail_height": 630}
    return told


def as_xml(told: dict[str, str | int]) -> bytes:
    root = ElementTree.Element("oembed")
    for name, value in told.items():
        ElementTree.SubElement(root, name).text = UNWRITABLE.sub("", str(value))
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
