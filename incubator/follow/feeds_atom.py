"""Atom (RFC 4287), written with the standard library."""

import re
from xml.etree import ElementTree

from incubator.follow.feeds import PICTURE_TYPE, Feed, Item

TYPE = "application/atom+xml"
ATOM = "http://www.w3.org/2005/Atom"
LANGUAGE = "xml:lang"
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """Take away the signs that no XML can hold."""
    return NOT_IN_XML.sub("", text)


def write(feed: Feed) -> bytes:
    root = ElementTree.Element("feed", {"xmlns": ATOM, LANGUAGE: feed.language.html})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.subtitle)
    _add(root, "updated", feed.changed_at.isoformat())
    _add(root, "link", rel="self", type=TYPE, href=feed.url)
    _add(root, "link", rel="alternate", type="text/html", hreflang=feed.language.html, href=feed.page_url)
    _add(_add(root, "author"), "name", feed.author)
    for item in feed.items:
        _add_entry(root, item)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _add_entry(root: ElementTree.Element, item: Item) -> None:
    entry = _add(root, "entry")
    entry.set(LANGUAGE, item.language)
    _add(entry, "id", item.id)
    _add(entry, "title", item.title.text, type="text", language=item.title.language)
    _add(entry, "published", item.published_at.isoformat())
    _add(entry, "updated", item.updated_at.isoformat())
    _add(entry, "link", rel="alternate", type="text/html", href=item.url)
    _add(_add(entry, "author"), "name", item.author)
    _add(entry, "category", term=item.slug, label=item.author)
    for picture in item.pictures:
        _add(entry, "link", rel="enclosure", type=PICTURE_TYPE, href=picture.url, title=picture.alt)
    _add(entry, "content", item.html, type="html", language=item.language)


def _add(
    parent: ElementTree.Element, name: str, text: str | None = None, language: str = "", **attributes: str
) -> ElementTree.Element:
    kept = {key: plain(value) for key, value in attributes.items()}
    if language:
        kept[LANGUAGE] = language
    element = ElementTree.SubElement(parent, name, kept)
    element.text = plain(text) if text is not None else None
    return element
