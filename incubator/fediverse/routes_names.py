"""How other servers find somebody by name (WebFinger, RFC 7033), and what kind of server this is (NodeInfo 2.1)."""

from importlib.metadata import PackageNotFoundError, version
from typing import Any

import flask

from incubator.access import public
from incubator.fediverse import queries, queries_said
from incubator.fediverse.routes_actors import found
from incubator.fediverse.routes_frame import bp, document
from incubator.fediverse.signing import TYPE
from incubator.fediverse.where import site
from incubator.foundation import clock
from incubator.foundation.addresses import asked_text

SCHEMA = "http://nodeinfo.diaspora.software/ns/schema/2.1"
LONGEST = 600


@bp.get("/.well-known/webfinger")
@public
def webfinger() -> flask.Response:
    resource = asked_text("resource", LONGEST)
    if not resource:
        flask.abort(400)
    handle = _handle(resource)
    face = queries_said.face(found(handle), site(), clock.today()) if handle else None
    if face is None:
        flask.abort(404)
    url = site().actor(handle)
    return document({
        "subject": f"acct:{site().account(handle)}", "aliases": [url, face.page],
        "links": [
            {"rel": "self", "type": TYPE, "href": url},
            {"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": face.page},
        ],
    }, "application/jrd+json")


def _handle(resource: str) -> str:
    """Return whose name or address this is; empty for somebody of another server."""
    here = site()
    if resource.startswith(f"{here.base}/ap/actors/"):
        return resource.removeprefix(f"{here.base}/ap/actors/")
    name, _, host = resource.removeprefix("acct:").removeprefix("@").rpartition("@")
    return name.lower() if host.lower() == here.host.lower() else ""


@bp.get("/.well-known/nodeinfo")
@public
def nodeinfo_links() -> flask.Response:
    return document({"links": [{"rel": SCHEMA, "href": f"{site().base}/nodeinfo/2.1"}]}, "application/json")


@bp.get("/nodeinfo/2.1")
@public
def nodeinfo() -> flask.Response:
    try:
        own = version("incubator")
    except PackageNotFoundError:
        own = "0"
    told: dict[str, Any] = {
        "version": "2.1", "software": {"name": "incubator", "version": own}, "protocols": ["activitypub"],
        "services": {"inbound": [], "outbound": ["atom1.0"]}, "openRegistrations": False,
        "usage": {"users": {"total": len(queries.actors())}, "localPosts": queries_said.number_of_notes(None)},
        "metadata": {"nodeName": site().name},
    }
    return document(told, f'application/json; profile="{SCHEMA}#"')
