"""Ask other servers who somebody is. What comes back counts only for the machine that it came from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from incubator.fediverse import operations, queries, rules
from incubator.fediverse.models import ActorKind
from incubator.fediverse.said import Site
from incubator.foundation import at_rest, fetching
from incubator.foundation.database import db
from incubator.foundation.fetching import Refused, Unreachable

KINDS = ("application/activity+json", "application/ld+json")
ACCEPT = 'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
LATER = (401, 403, 408, 425, 429)  # a server that does not take our signature today may know us tomorrow
LONGEST_KEY = 5000


class Gone(Exception):
    """The server says that there is nobody there any more."""


@dataclass(frozen=True)
class Somebody:
    """An actor elsewhere: who it is, where it hears, and the key that it signs with."""

    uri: str
    inbox: str
    shared_inbox: str
    key_id: str
    public_key: str


def somebody(uri: str, site: Site) -> Somebody:
    """Ask who an actor is. Raises `Gone`, `Unreachable` or `Refused`."""
    return _actor(_document(uri, site), uri)


def owner_of(key_id: str, site: Site) -> Somebody:
    """Ask whose key this is: it must be the one that its owner names, and both on one machine."""
    found = _document(key_id.partition("#")[0], site)
    if "publicKeyPem" in found:  # the key has a page of its own
        owner = rules.id_of(found.get("owner"))
        if rules.host_of(owner) != rules.host_of(key_id):
            raise Refused("a key of somebody elsewhere")
        found = _document(owner, site)
    one = _actor(found, rules.id_of(found), key_id)
    if one.key_id != key_id or rules.host_of(one.uri) != rules.host_of(key_id):
        raise Refused("not their key")
    return one


def _actor(found: dict[str, Any], uri: str, key_id: str = "") -> Somebody:
    inbox, ends = rules.id_of(found.get("inbox")), found.get("endpoints")
    shared = rules.id_of(ends.get("sharedInbox")) if isinstance(ends, dict) else ""
    host = rules.host_of(uri)
    if not uri or rules.id_of(found) != uri or rules.host_of(inbox) != host:
        raise Refused("no such actor")
    keys = found.get("publicKey")
    for each in keys if isinstance(keys, list) else [keys]:
        if isinstance(each, dict) and key_id in ("", each.get("id")) and each.get("owner") == uri:
            return Somebody(uri, inbox, shared if rules.host_of(shared) == host else "", rules.id_of(each.get("id")),
                            rules.text_of(each, "publicKeyPem", LONGEST_KEY))
    raise Refused("no key")


def _signer(site: Site) -> Callable[..., dict[str, str]] | None:
    """Return who signs for the instance; without a key that can be opened most servers answer all the same."""
    instance = queries.only(ActorKind.INSTANCE)
    try:
        return operations.signer(instance, site) if instance else None
    except at_rest.Unreadable:
        return None


def _document(url: str, site: Site) -> dict[str, Any]:
    sign = _signer(site)
    db.session.rollback()  # nobody is kept waiting while somebody else is asked

    def headers(place: str) -> dict[str, str]:
        signed = sign("GET", place, b"") if sign else {}
        return {"Accept": ACCEPT, "User-Agent": f"incubator ({site.base})", **signed}

    answer = fetching.get(url, headers)
    if answer.status in (404, 410):
        raise Gone(str(answer.status))
    if answer.status >= 500 or answer.status in LATER:
        raise Unreachable(str(answer.status))
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    found = rules.read(answer.body)
    if answer.status != 200 or kind not in KINDS or found is None:
        raise Refused("no document")
    if rules.host_of(rules.id_of(found)) != rules.host_of(answer.url):
        raise Refused("a document of somebody elsewhere")
    return found
