"""What is said on the fediverse, as ActivityStreams 2.0: names of things, and their documents."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from incubator.fediverse.rules import PUBLIC, html_of
from incubator.foundation.database import fingerprint

STREAMS = "https://www.w3.org/ns/activitystreams"
CONTEXT = [
    STREAMS, "https://w3id.org/security/v1",
    {"toot": "http://joinmastodon.org/ns#", "discoverable": "toot:discoverable",
     "manuallyApprovesFollowers": "as:manuallyApprovesFollowers", "schema": "http://schema.org#",
     "PropertyValue": "schema:PropertyValue", "value": "schema:value"},
]
TYPES = {"instance": "Application", "programme": "Service", "project": "Service"}


@dataclass(frozen=True)
class Site:
    """Where we are: `base` is the address that never changes, `name` what the programme is called."""

    base: str
    name: str

    @property
    def host(self) -> str:
        return self.base.partition("://")[2]

    def actor(self, handle: str) -> str:
        return f"{self.base}/ap/actors/{handle}"

    def key(self, handle: str) -> str:
        return f"{self.actor(handle)}#main-key"

    def note(self, note_id: int) -> str:
        return f"{self.base}/ap/notes/{note_id}"

    def account(self, handle: str) -> str:
        return f"{handle}@{self.host}"


@dataclass(frozen=True)
class Face:
    """An actor as others see it: `rows` are pairs of a label and plain words, `page` the address for people."""

    kind: str
    handle: str
    public_key: str
    made_at: datetime
    name: str
    summary: str
    page: str
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Photo:
    url: str
    alt: str
    alt_language: str
    width: int
    height: int


@dataclass(frozen=True)
class Told:
    """A published update: its words as HTML by language, first the one it was written in."""

    update_id: int
    page: str
    language: str
    published_at: datetime
    contents: Mapping[str, str]
    photos: tuple[Photo, ...] = field(default=())

    @property
    def mark(self) -> str:
        """Return what changes when anything of it does."""
        return fingerprint(json.dumps(
            [self.page, self.language, dict(self.contents), [vars(each) for each in self.photos]], sort_keys=True))


def moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def whole(document: dict[str, Any]) -> dict[str, Any]:
    return {"@context": CONTEXT, **document}


def written(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def actor(face: Face, site: Site) -> dict[str, Any]:
    url = site.actor(face.handle)
    document: dict[str, Any] = {
        "id": url, "type": TYPES[face.kind], "preferredUsername": face.handle, "name": face.name,
        "summary": html_of(face.summary), "url": face.page, "published": moment(face.made_at),
        "inbox": f"{url}/inbox", "outbox": f"{url}/outbox", "followers": f"{url}/followers",
        "endpoints": {"sharedInbox": f"{site.base}/ap/inbox"},
        "manuallyApprovesFollowers": face.kind == "instance", "discoverable": face.kind != "instance",
        "publicKey": {"id": site.key(face.handle), "owner": url, "publicKeyPem": face.public_key},
        "icon": {"type": "Image", "mediaType": "image/png", "url": f"{site.base}/static/icons/icon-512.png"},
    }
    if face.rows:
        document["attachment"] = [
            {"type": "PropertyValue", "name": label, "value": html_of(value)[3:-4]} for label, value in face.rows]
    return document


def note(told: Told, note_id: int, handle: str, site: Site, updated_at: datetime | None = None) -> dict[str, Any]:
    actor_url = site.actor(handle)
    document: dict[str, Any] = {
        "id": site.note(note_id), "type": "Note", "attributedTo": actor_url, "url": told.page,
        "published": moment(told.published_at), "to": [PUBLIC], "cc": [f"{actor_url}/followers"],
        "content": told.contents[told.language], "contentMap": dict(told.contents), "sensitive": False,
    }
    if updated_at:
        document["updated"] = moment(updated_at)
    if told.photos:
        document["attachment"] = [
            {"type": "Document", "mediaType": "image/jpeg", "url": site.base + each.url, "name": each.alt,
             "nameMap": {each.alt_language: each.alt}, "width": each.width, "height": each.height}
            for each in told.photos]
    return document


def activity(kind: str, name: str, handle: str, thing: Any, site: Site) -> dict[str, Any]:
    """Wrap a thing into what its actor does with it, for everybody; `name` is the activity's own address."""
    url = site.actor(handle)
    return {"id": name, "type": kind, "actor": url, "to": [PUBLIC], "cc": [f"{url}/followers"], "object": thing}


def creation(document: dict[str, Any], handle: str, site: Site) -> dict[str, Any]:
    wrapped = activity("Create", f"{document['id']}#create", handle, document, site)
    return wrapped | {"published": document["published"]}


def boost(note_url: str, at: datetime, handle: str, site: Site) -> dict[str, Any]:
    return activity("Announce", f"{note_url}#announce", handle, note_url, site) | {"published": moment(at)}


def tombstone(url: str, at: datetime) -> dict[str, Any]:
    return {"id": url, "type": "Tombstone", "deleted": moment(at)}
