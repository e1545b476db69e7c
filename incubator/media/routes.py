"""Public photos, for everyone and without a language."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from incubator.access import public
from incubator.media import queries, store

bp = Blueprint("media", __name__)
blueprints = (bp,)
A_WHILE = 300  # seconds; a withdrawn photo must not live on in caches


@bp.get("/media/<string(length=32):key>.jpg")
@public
def photo(key: str) -> ResponseReturnValue:
    return _shown(key, small=False)


@bp.get("/media/<string(length=32):key>-small.jpg")
@public
def small_photo(key: str) -> ResponseReturnValue:
    return _shown(key, small=True)


def _shown(key: str, *, small: bool) -> ResponseReturnValue:
    if queries.public_photo(key) is None:
        flask.abort(404)
    answer = file_of(key, small=small)
    answer.headers["Cache-Control"] = f"public, max-age={A_WHILE}"
    return answer


def file_of(key: str, *, small: bool) -> flask.Response:
    """Answer with a stored picture and nothing a browser could run."""
    path = store.place(key, small=small)
    if not path.is_file():
        flask.abort(404)
    answer = flask.send_file(path, mimetype="image/jpeg", conditional=True, etag=True)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
