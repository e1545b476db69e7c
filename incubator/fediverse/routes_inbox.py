"""What other servers send is taken at the door: nothing is fetched, nothing is checked, while somebody waits."""

import flask
from flask.typing import ResponseReturnValue

from incubator.access import public
from incubator.fediverse import operations_inbox, queries, rules
from incubator.fediverse.models import Actor
from incubator.fediverse.routes_actors import ADDRESS, found
from incubator.fediverse.routes_frame import bp
from incubator.fediverse.where import site
from incubator.foundation.origin import from_anywhere
from incubator.foundation.transaction import transaction


@bp.post("/ap/inbox")
@public
@from_anywhere
def shared_inbox() -> ResponseReturnValue:
    return _take(None)


@bp.post(f"{ADDRESS}/inbox")
@public
@from_anywhere
def inbox(handle: str) -> ResponseReturnValue:
    return _take(found(handle))


def _take(actor: Actor | None) -> ResponseReturnValue:
    request = flask.request
    request.max_content_length = rules.LARGEST
    body = request.get_data(cache=False)
    activity = rules.read(body)
    if activity is None:
        return "", 400
    if "signature" not in request.headers:
        return "", 401
    if _concerns_us(activity):
        if queries.number_arrived() >= rules.MOST_ARRIVED:
            return "", 503, {"Retry-After": "600"}
        with transaction():
            operations_inbox.arrive(_url(), {k.lower(): v for k, v in request.headers.items()}, body, actor)
    return "", 202


def _concerns_us(activity: dict[str, object]) -> bool:
    """Say whether a message is kept: servers tell everybody of each account that goes, and of much else."""
    if not rules.is_worth_a_look(activity, site().base):
        return False
    speaker = str(activity["actor"])
    if queries.is_blocked(rules.host_of(speaker)):
        return False
    is_only_named = activity["type"] == "Undo" and rules.is_only_named(activity["object"])
    return (activity["type"] in ("Follow", "Undo", "Create") and not is_only_named) or queries.is_known(speaker)


def _url() -> str:
    """Return where this was sent, as our settings name us; what the request says of our name counts for nothing."""
    query = flask.request.query_string.decode("ascii", "replace")
    return (site().base + flask.request.path + (f"?{query}" if query else ""))[:600]
