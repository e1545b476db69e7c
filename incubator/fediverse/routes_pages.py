"""Pages for people know their twin on the fediverse: they name it, and lead there whoever asks for that kind.

The twin has an address of its own, so that no cache ever holds two things under one. The page cache lets such
askers through (`pagecache.key_of`), and other caches are told that the answer depends on what is asked for.
"""

from dataclasses import dataclass

import flask

from incubator.fediverse import queries
from incubator.fediverse.models import ActorKind
from incubator.fediverse.routes_frame import bp
from incubator.fediverse.where import is_on, site
from incubator.foundation.pagecache import wants_streams

PAGES = ("progress.project", "progress.home", "news.show")


@dataclass(frozen=True)
class Twin:
    """What a page says of itself: the whole name, and the address for programs."""

    account: str
    url: str


def twin(slug: str = "") -> Twin | None:
    """Return the twin of a project, of the programme without one; None where nobody can be followed."""
    if not is_on():
        return None
    programme = None if slug else queries.only(ActorKind.PROGRAMME)
    handle = queries.handle_at(slug) if slug else programme.handle if programme else ""
    return Twin(f"@{site().account(handle)}", site().actor(handle)) if handle else None


def here() -> str:
    """Return the address under which this very page is to be had in the other kind; empty where there is none.

    It leads on to the twin, whose name need not be looked up for everybody who only reads.
    """
    return site().base + flask.request.path if is_on() else ""


@bp.app_context_processor
def _names() -> dict[str, object]:
    return {"fediverse": twin, "fediverse_here": here}


@bp.before_app_request
def _lead_there() -> flask.typing.ResponseReturnValue | None:
    request = flask.request
    if request.endpoint not in PAGES or request.method not in ("GET", "HEAD") or not is_on():
        return None
    if not wants_streams(request.headers.get("Accept", "")):
        return None
    values = request.view_args or {}
    there = twin(values.get("slug", ""))
    url = there.url if there else ""
    if there and request.endpoint == "news.show":
        number = queries.note_of(values["slug"], values["update_id"])
        url = site().note(number) if number else ""
    if not url:
        return "", 404, {"Cache-Control": "no-store", "Vary": "Accept"}
    return "", 303, {"Location": url, "Cache-Control": "no-store", "Vary": "Accept"}


@bp.after_app_request
def _tell_caches(response: flask.Response) -> flask.Response:
    if flask.request.endpoint in PAGES and is_on():
        response.vary.add("Accept")
    return response
