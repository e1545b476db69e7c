"""The description of the whole in OpenAPI 3.1, made of the addresses themselves."""

from typing import Any

import flask
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields

from incubator.api.problems import TITLES, TYPE
from incubator.foundation.language import in_language

VERSION = "1.0"
OPENAPI = "3.1.0"
KEY = "key"
WORDS = (
    "What is public in this programme, to read for everybody and without a key; and what leads and mentors write with "
    "keys of their own. Amounts are whole cents, days are those of the city, moments carry their offset."
)
HEADERS = {
    "ETag": "The mark of this answer: send it back in `If-None-Match`.",
    "Content-Language": "The language that texts were looked for in.",
    "Link": "`rel=next` leads to the next page.",
}


class Fault(Schema):
    """One part of the request that does not fit."""

    field = fields.String(required=True)
    message = fields.String(required=True)


class Problem(Schema):
    """What went wrong (RFC 9457)."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    errors = fields.List(fields.Nested(Fault))


class _Description(Api):  # type: ignore[misc]
    """The library's own, without its handlers and pages: errors are answered by the house."""

    def _register_error_handlers(self) -> None:
        pass

    def _register_doc_blueprint(self) -> None:
        pass


def _made(app: flask.Flask, bp: Blueprint) -> dict[str, Any]:
    api = _Description(spec_kwargs={
        "title": f"{app.config['SITE_NAME']} – API", "version": VERSION, "openapi_version": OPENAPI,
        "info": {"description": WORDS}, "servers": [{"url": app.config["BASE_URL"]}],
    })
    commands = dict(app.cli.commands)
    api.init_app(app)
    app.cli.commands = commands  # the library's own commands are not the program's
    api.spec.components.security_scheme(KEY, {
        "type": "http", "scheme": "bearer", "description": "A personal key; it is made on the page of one's account."})
    api.spec.components.schema("Problem", schema=Problem)
    bp.register_views_in_doc(api, app, api.spec, name=bp.name, parameters=None)
    return _mended(api.spec.to_dict())


def _mended(spec: dict[str, Any]) -> dict[str, Any]:
    """Say of every address how its errors look, and name its operations."""
    components = spec["components"]
    components.pop("headers", None)
    components["responses"] = {f"Problem{code}": _problem(str(title)) for code, title in TITLES.items()}
    for path, operations in spec["paths"].items():
        for method, operation in operations.items():
            if method == "parameters":
                continue
            codes = [404, 406, 422, 429, 500] if method == "get" else list(TITLES)
            answers = {code: each for code, each in operation["responses"].items() if code.startswith("2")}
            for each in answers.values():
                each["headers"] = {name: {"schema": {"type": "string"}, "description": words}
                                   for name, words in HEADERS.items()}
            if method == "get":
                answers["304"] = {"description": "Nothing has changed since the answer with this mark."}
            answers |= {str(code): {"$ref": f"#/components/responses/Problem{code}"} for code in codes}
            operation["responses"] = answers
            operation.setdefault("operationId", _name(method, path))
    return spec


def _problem(title: str) -> dict[str, Any]:
    return {"description": title, "content": {TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


def _name(method: str, path: str) -> str:
    words = [part.strip("{}").replace(".", "_") for part in path.split("/")[3:] if part]
    return "_".join([method, *words]) if words else f"{method}_index"


def of(app: flask.Flask, bp: Blueprint) -> dict[str, Any]:
    """Return the description; it is made when somebody asks for it first, in English."""
    known = app.extensions.get("api_description")
    if known is None:
        with in_language("en"):
            known = flask.json.loads(flask.json.dumps(_made(app, bp)))
        app.extensions["api_description"] = known
    return dict(known)
