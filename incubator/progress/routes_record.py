"""The record for everyone: what it is, its files, and the program that checks them."""

import json
from pathlib import Path

import flask
from flask.typing import ResponseReturnValue

from incubator.access import public
from incubator.journal import verifier
from incubator.progress import queries_record

bp = flask.Blueprint("record", __name__)


@bp.get("/record")
@public
def show():
    page = queries_record.record_page(bool(flask.current_app.config["RECORD_KEY"]))
    return flask.render_template("progress/record.html", page=page)


@bp.get("/record/record.jsonl")
@public
def entries() -> ResponseReturnValue:
    return _file("record.jsonl", "application/x-ndjson", flask.stream_with_context(queries_record.record_lines()))


@bp.get("/record/checkpoints.json")
@public
def checkpoints() -> ResponseReturnValue:
    return _file("checkpoints.json", "application/json", json.dumps(queries_record.checkpoints(), indent=1))


@bp.get("/record/verify.py")
@public
def verify() -> ResponseReturnValue:
    return _file("verify.py", "text/x-python; charset=utf-8", Path(verifier.__file__).read_bytes())


def _file(name: str, kind: str, content: object) -> flask.Response:
    answer = flask.Response(content, content_type=kind)  # type: ignore[arg-type]
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
