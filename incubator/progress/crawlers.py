"""What search engines ask for first: which pages there are, in which languages, and where not to look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
CLOSED = ("desk/", "sign-in", "invitation/", "follow/", "embed/", "poster.pdf", "projects/*/poster.pdf")


@dataclass(frozen=True)
class Place:
    """A public page: an endpoint, the short name or number in its address, and the day it last changed."""

    endpoint: str
    key: str = ""
    changed_on: date | None = None


@dataclass(frozen=True)
class Address:
    """One page in all its languages: language to absolute address, with `x-default` for readers of none of them."""

    urls: Mapping[str, str]
    changed_on: date | None


def sitemap(addresses: Sequence[Address]) -> bytes:
    """Write one entry for each page and language; each names all the others, as search engines demand."""
    root = ElementTree.Element("urlset", {"xmlns": SITEMAP, "xmlns:xhtml": XHTML})
    for address in addresses:
        for language, url in address.urls.items():
            if language != "x-default":
                _add(root, url, address)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _add(root: ElementTree.Element, url: str, address: Address) -> None:
    entry = ElementTree.SubElement(root, "url")
    ElementTree.SubElement(entry, "loc").text = url
    if address.changed_on:
        ElementTree.SubElement(entry, "lastmod").text = address.changed_on.isoformat()
    for language, other in address.urls.items():
        ElementTree.SubElement(entry, "xhtml:link", {"rel": "alternate", "hreflang": language, "href": other})


def index(urls: Sequence[str]) -> bytes:
    """Name the parts of a map that is too long for one file."""
    root = ElementTree.Element("sitemapindex", {"xmlns": SITEMAP})
    for url in urls:
        ElementTree.SubElement(ElementTree.SubElement(root, "sitemap"), "loc").text = url
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def robots(languages: Sequence[str], sitemap_url: str) -> str:
    """Keep machines away from what is behind a sign-in or a secret link; everything else is for all."""
    closed = [f"Disallow: /{language}/{part}" for language in languages for part in CLOSED]
    return "\n".join(["User-agent: *", *closed, "", f"Sitemap: {sitemap_url}", ""])
