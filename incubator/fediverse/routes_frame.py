"""How documents for other servers are answered; where the fediverse is off, there are none."""

import json
from typing import Any

import flask

from incubator.fediverse import said
from incubator.fediverse.signing import TYPE
from incubator.fediverse.where import is_on
from incubator.foundation.headers import for_other_sites, same_for_all

bp = flask.Blueprint("fediverse", __name__)
bp.record_once(lambda state: state.app.extensions["csrf"].exempt(bp))


@bp.before_request
def _only_where_it_is_on() -> None:
    if not is_on():
        flask.abort(404)


def document(found: dict[str, Any], kind: str = TYPE, status: int = 200) -> flask.Response:
    """Answer with what is the same for everybody."""
    answer = flask.Response(json.dumps(found, ensure_ascii=False), status, content_type=kind)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    if status == 200:
        answer.add_etag()
        answer.make_conditional(flask.request)
    return same_for_all(for_other_sites(answer))


def streams(found: dict[str, Any]) -> flask.Response:
    return document(said.whole(found), f"{TYPE}; charset=utf-8")


def tombstone(url: str, at: Any) -> flask.Response:
    """Say that something was here and is gone."""
    return document(said.whole(said.tombstone(url, at)), f"{TYPE}; charset=utf-8", 410)
