"""Public photos, for everyone and without a language; and the answers that show photos and papers elsewhere."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from incubator.access import public
from incubator.foundation import folders
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
    return folders.send(store.place(key, small=small), mimetype="image/jpeg")


def answer_with(paper: Paper, *, small: bool = False) -> flask.Response:
    """Answer with a paper: pictures in the page, PDFs to be saved; `small` is the preview, which PDFs do not have.

    Who may see it is asked by the room whose route this is; no cache keeps it.
    """
    name = paper.file_name.rpartition(".")[0] or paper.file_name
    if paper.kind is PaperKind.PICTURE:
        path = store.place(paper.key, small=small)
        answer = folders.send(path, mimetype="image/jpeg", download_name=f"{name}.jpg")
    elif small:
        flask.abort(404)
    else:
        path = store.place(paper.key, kind=store.PDF)
        answer = folders.send(path, mimetype="application/pdf", as_attachment=True, download_name=f"{name}.pdf")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
