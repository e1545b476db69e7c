"""The description of the whole in OpenAPI 3.1, made of the addresses themselves."""

from collections.abc import Mapping, Sequence
from typing import Any

import flask
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields

from incubator.api.bodies import Body
from incubator.api.problems import TITLES, TYPE
from incubator.foundation.language import in_language

VERSION = "1.0"
OPENAPI = "3.1.0"
KEY = "key"
WORDS = (
    "What is public in this programme, to read for everybody and without a key; and what leads and mentors write with "
    "keys of their own. Amounts are whole cents, days are those of the city, moments carry their offset."
)
READING, KEYED = (404, 406, 422, 429, 500), (401, 403)
UNCHANGED = "Nothing has changed since the answer with this mark."
ONCE = "A word of your own for this write: sent again within a day, it is answered again and not done again."
SEEN = "The version you have seen: the ETag of the milestone under `my`."
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


def _made(app: flask.Flask, bp: Blueprint, bodies: Mapping[str, Body]) -> dict[str, Any]:
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
    return _mended(api.spec.to_dict(), bodies)


def _mended(spec: dict[str, Any], bodies: Mapping[str, Body]) -> dict[str, Any]:
    """Say of every address how its errors look, what a key opens, and what is to be sent."""
    components = spec["components"]
    components.pop("headers", None)
    components["responses"] = {f"Problem{code}": _problem(str(title)) for code, title in TITLES.items()}
    for name, body in bodies.items():
        components["schemas"][_schema_of(name)] = body.schema()
    for path, operations in spec["paths"].items():
        for method, operation in operations.items():
            if method != "parameters":
                is_open = method == "get" and "/my/" not in path
                _mend(operation, READING if is_open else READING + KEYED if method == "get" else tuple(TITLES))
                if method == "get":
                    operation["responses"]["304"] = {"description": UNCHANGED}
                if not is_open:
                    operation["security"] = [{KEY: []}]
                if operation["operationId"] in bodies:
                    _add_body(operation)
    return spec


def _mend(operation: dict[str, Any], codes: Sequence[int]) -> None:
    answers = {code: each for code, each in operation["responses"].items() if code.startswith("2")}
    for each in answers.values():
        each["headers"] = {name: {"schema": {"type": "string"}, "description": words}
                           for name, words in HEADERS.items()}
    operation["responses"] = answers | {
        str(code): {"$ref": f"#/components/responses/Problem{code}"} for code in codes}


def _add_body(operation: dict[str, Any]) -> None:
    name = operation["operationId"]
    operation["requestBody"] = {"required": True, "content": {
        "application/json": {"schema": {"$ref": f"#/components/schemas/{_schema_of(name)}"}}}}
    sent = operation.setdefault("parameters", [])
    sent.append({"in": "header", "name": "Idempotency-Key", "description": ONCE, "schema": {
        "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"}})
    if name == "report_milestone":
        sent.append({"in": "header", "name": "If-Match", "required": True, "description": SEEN, "schema": {
            "type": "string", "pattern": '^(\\*|"[0-9]{1,10}")$'}})


def _schema_of(name: str) -> str:
    """Name the schema of what is sent, such as ReportMilestone."""
    return "".join(word.title() for word in name.split("_"))


def _problem(title: str) -> dict[str, Any]:
    return {"description": title, "content": {TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


def of(app: flask.Flask, bp: Blueprint, bodies: Mapping[str, Body]) -> dict[str, Any]:
    """Return the description; it is made when somebody asks for it first, in English."""
    known = app.extensions.get("api_description")
    if known is None:
        with in_language("en"):
            known = flask.json.loads(flask.json.dumps(_made(app, bp, bodies)))
        app.extensions["api_description"] = known
    return dict(known)
