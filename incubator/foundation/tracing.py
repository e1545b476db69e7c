"""Traces of requests, questions to the database and jobs, for cities that collect them (OpenTelemetry).

Off unless OTEL_EXPORTER_OTLP_ENDPOINT says where they go; then nothing of it is loaded.
"""

import importlib
import importlib.util
import logging

import flask

log = logging.getLogger(__name__)
NEEDED = ("opentelemetry.sdk", "opentelemetry.exporter.otlp.proto.http")


def _is_there(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def set_up(app: flask.Flask) -> None:
    if not app.config["OTLP_ENDPOINT"]:
        return
    if not all(map(_is_there, NEEDED)):
        log.warning("OTEL_EXPORTER_OTLP_ENDPOINT is set, but its packages are missing: install requirements/otel.txt")
        return
    importlib.import_module("incubator.foundation.tracing_on").set_up(app)
