"""JSON Feed 1.1."""

import json
from typing import Any

from incubator.follow.feeds import PICTURE_TYPE, Feed, Item

TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def write(feed: Feed) -> bytes:
    written = {
        "version": VERSION,
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.page_url,
        "feed_url": feed.url,
        "language": feed.language.html,
        "authors": [{"name": feed.author}],
        "items": [_item(item) for item in feed.items],
    }
    return json.dumps(written, ensure_ascii=False, indent=1).encode()


def _item(item: Item) -> dict[str, Any]:
    written: dict[str, Any] = {
        "id": item.id,
        "url": item.url,
        "title": item.title.text,
        "content_html": item.html,
        "language": item.language,
        "date_published": item.published_at.isoformat(),
        "date_modified": item.updated_at.isoformat(),
        "authors": [{"name": item.author}],
        "tags": [item.author],
    }
    if item.pictures:
        written["image"] = item.pictures[0].url
        written["attachments"] = [
            {"url": each.url, "mime_type": PICTURE_TYPE, "title": each.alt} for each in item.pictures
        ]
    return written
