"""Who can be followed, what they said, and how many follow: read by other servers."""

from typing import Any

import flask

from incubator.access import public
from incubator.fediverse import queries, queries_said, said
from incubator.fediverse.models import Actor, ActorKind, Note
from incubator.fediverse.routes_frame import bp, streams, tombstone
from incubator.fediverse.said import Told
from incubator.fediverse.where import site
from incubator.foundation import clock
from incubator.foundation.addresses import asked, asked_number

ADDRESS = "/ap/actors/<string:handle>"


def found(handle: str) -> Actor:
    actor = queries.actor(handle)
    if actor is None:
        flask.abort(404)
    if actor.gone_at is not None:
        flask.abort(tombstone(site().actor(handle), actor.gone_at))
    return actor


@bp.get(ADDRESS)
@public
def actor(handle: str) -> flask.Response:
    face = queries_said.face(found(handle), site(), clock.today())
    if face is None:
        flask.abort(404)
    return streams(said.actor(face, site()))


@bp.get(f"{ADDRESS}/followers")
@public
def followers(handle: str) -> flask.Response:
    """Say how many they are; who they are is nobody's business."""
    number = queries.number_of_followers(found(handle).id)
    return streams({"id": f"{site().actor(handle)}/followers", "type": "OrderedCollection", "totalItems": number})


@bp.get(f"{ADDRESS}/outbox")
@public
def outbox(handle: str) -> flask.Response:
    one, url = found(handle), f"{site().actor(handle)}/outbox"
    of = None if one.kind is ActorKind.PROGRAMME else one.id
    asked("page")
    if "page" not in flask.request.args:
        number = queries_said.number_of_notes(of)
        return streams({"id": url, "type": "OrderedCollection", "totalItems": number, "first": f"{url}?page=true"})
    before = asked_number("before")
    notes = queries_said.notes(of, before)
    told = queries_said.told([each.update_id for each in notes], site(), clock.today())
    items = [_item(one, each, told[each.update_id]) for each in notes if each.update_id in told]
    page: dict[str, Any] = {
        "id": f"{url}?page=true" + (f"&before={before}" if before else ""), "type": "OrderedCollectionPage",
        "partOf": url, "orderedItems": items}
    if len(notes) == queries_said.IN_OUTBOX:
        page["next"] = f"{url}?page=true&before={notes[-1].id}"
    return streams(page)


def _item(one: Actor, note: Note, told: Told) -> dict[str, Any]:
    if one.kind is ActorKind.PROGRAMME:
        return said.boost(site().note(note.id), note.published_at, one.handle, site())
    return said.creation(said.note(told, note.id, one.handle, site(), note.updated_at), one.handle, site())


@bp.get("/ap/notes/<int:number>")
@public
def note(number: int) -> flask.Response:
    one = queries_said.note(number)
    if one is None:
        flask.abort(404)
    told = queries_said.told([one.update_id], site(), clock.today()).get(one.update_id)
    if one.withdrawn_at is not None or told is None:
        return tombstone(site().note(number), one.withdrawn_at or one.published_at)
    return streams(said.note(told, one.id, one.actor.handle, site(), one.updated_at))
