"""What there is: the description for programs, and where to begin."""

from typing import Any

import flask
from flask_babel import lazy_gettext as _l
from marshmallow import Schema, fields

from incubator.api import description
from incubator.api.answering import readable
from incubator.api.problems import ROOT
from incubator.api.routes_read import RESOURCES, add, bp
from incubator.api.routes_write import BODIES

BEGIN = _l("Where to begin")
DESCRIPTION = _l("This description, as OpenAPI 3.1")
Index: Any = Schema.from_dict({
    name: fields.String(required=True) for name in ("openapi", "programme", *(each.name for each in RESOURCES))
}, name="Index")


def _index() -> flask.Response:
    base = flask.current_app.config["BASE_URL"] + ROOT
    names = ("programme", *(resource.name for resource in RESOURCES))
    return readable({"openapi": f"{base}/openapi.json"} | {name: f"{base}/{name}" for name in names})


def _openapi() -> flask.Response:
    return readable(description.of(flask.current_app, bp, BODIES))


add("/", "index", _index, BEGIN, Index)
add("/openapi.json", "openapi", _openapi, DESCRIPTION, Schema.from_dict({}, name="Description"))
