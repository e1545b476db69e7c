"""The files of editions, and the catalogue that lists them: what machines read, which has no language."""

from typing import Any

import flask
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import ServiceUnavailable

from incubator.access import public
from incubator.foundation import clock, folders, queue
from incubator.foundation.headers import for_other_sites
from incubator.opendata import catalogue, queries, store
from incubator.opendata.about import about
from incubator.opendata.models import EditionState
from incubator.opendata.values import dumped

bp = flask.Blueprint("data_files", __name__)
A_DAY = "public, max-age=86400, immutable"  # what was taken back may be in caches no longer than that
SOON = 30  # seconds
TYPES = {"ttl": "text/turtle", "rdf": "application/rdf+xml", "jsonld": "application/ld+json"}
MANY = ("tables.xlsx", "tables.ods", "360giving.json", "360giving.xlsx", "all.zip")


@bp.get("/opendata/<string:subject>/latest/<string:name>")
@public
def latest(subject: str, name: str) -> ResponseReturnValue:
    answer = _send(subject, None, name)
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@bp.get("/opendata/<string:subject>/<int:number>/<string:name>")
@public
def numbered(subject: str, number: int, name: str) -> ResponseReturnValue:
    answer = _send(subject, number, name)
    answer.headers["Cache-Control"] = A_DAY
    return answer


def _send(subject: str, number: int | None, name: str) -> flask.Response:
    found = queries.file(subject, number, name)
    if found is None:
        flask.abort(404)
    if found.state is not EditionState.KEPT:
        flask.abort(410)
    if found.position < queries.taken_back_at():
        raise ServiceUnavailable(retry_after=SOON)
    said = f"{subject}-{found.number}-{name}" if name in MANY else name
    answer = folders.send(store.place(found.place), mimetype=found.media_type, as_attachment=True, download_name=said,
                          etag=found.sha256)
    answer.headers["Content-Location"] = flask.url_for(
        "data_files.numbered", subject=subject, number=found.number, name=name)
    return _open(answer)


def _open(answer: flask.Response) -> flask.Response:
    """Let scripts on any page read it: it is public, and holds nothing of who asks."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return for_other_sites(answer)


@bp.get("/opendata/<string:subject>/editions.json")
@public
def editions(subject: str) -> ResponseReturnValue:
    """Tell the history of a subject, with the checksum of every file there ever was."""
    rows = queries.history(subject)
    if not rows:
        flask.abort(404)
    told = [{
        "number": row.number, "made_at": row.made_at.isoformat(timespec="seconds"), "state": row.state.value,
        "rows": row.numbers, "added_changed_removed": row.changes,
        "files": [{"name": file.name, "bytes": file.size, "sha256": file.sha256} for file in row.files
                  if file.name != queries.ROWS],
    } for row in rows]
    return _open(_conditional(dumped({"subject": subject, "editions": told}).encode(), "application/json"))


@bp.get("/opendata/catalogue")
@public
def catalogue_as_asked() -> ResponseReturnValue:
    wanted = flask.request.accept_mimetypes.best_match(list(TYPES.values()), TYPES["ttl"])
    answer = _catalogue(next(each for each, kind in TYPES.items() if kind == wanted))
    answer.vary.add("Accept")
    return answer


@bp.get("/opendata/catalogue.<any(ttl, rdf, jsonld):syntax>")
@public
def catalogue_file(syntax: str) -> ResponseReturnValue:
    return _catalogue(syntax)


def _catalogue(syntax: str) -> flask.Response:
    config = flask.current_app.config
    listed: list[Any] = []
    for shelf in queries.shelves():
        if shelf.newest and not shelf.is_held_back:
            listed.append((about(config, shelf.subject.name, shelf.subject.round), shelf.newest))
    site = about(config, "all")
    known = {"contributor": config["OPENDATA_CONTRIBUTOR"], "area": config["OPENDATA_AREA"], "day": clock.today()}
    written = catalogue.written(site, listed, syntax, **known)
    return _open(_conditional(written, TYPES[syntax]))


def _conditional(content: bytes, kind: str) -> flask.Response:
    answer = flask.Response(content, content_type=f"{kind}; charset=utf-8")
    answer.add_etag()
    answer.make_conditional(flask.request)
    return answer


def wake() -> None:
    """Ask the worker for what is missing; without one it is made within seconds anyway."""
    queue.wake("incubator.opendata.jobs.wake")
