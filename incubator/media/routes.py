"""Public photos, for everyone and without a language; and the answers that show photos and papers elsewhere."""

from pathlib import Path
from typing import Any

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from incubator.access import public
from incubator.media import queries, store
from incubator.media.models import Paper, PaperKind

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
    return _sealed(store.place(key, small=small), mimetype="image/jpeg")


def answer_with(paper: Paper, *, small: bool = False) -> flask.Response:
    """Answer with a paper: pictures in the page, PDFs to be saved; `small` is the preview, which PDFs do not have.

    Who may see it is asked by the room whose route this is; no cache keeps it.
    """
    name = paper.file_name.rpartition(".")[0] or paper.file_name
    if paper.kind is PaperKind.PICTURE:
        path = store.place(paper.key, small=small)
        answer = _sealed(path, mimetype="image/jpeg", download_name=f"{name}.jpg")
    elif small:
        flask.abort(404)
    else:
        path = store.place(paper.key, kind=store.PDF)
        answer = _sealed(path, mimetype="application/pdf", as_attachment=True, download_name=f"{name}.pdf")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _sealed(path: Path, **how: Any) -> flask.Response:
    if not path.is_file():
        flask.abort(404)
    answer = flask.send_file(path, conditional=True, etag=True, **how)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
