"""How a line of the log looks: words for people, or JSON for programs that collect lines (`LOG_FORMAT=json`)."""

import json
import logging
import sys
import time
from typing import TextIO

import flask

MOMENT = "%Y-%m-%dT%H:%M:%S"
GRANIAN = ("_granian", "granian.access")  # it writes with handlers of its own


class _Line(logging.Formatter):
    converter = time.gmtime  # type: ignore[assignment]

    def moment(self, record: logging.LogRecord) -> str:
        return f"{self.formatTime(record, MOMENT)}.{int(record.msecs):03d}Z"


class Words(_Line):
    """One line of words, and below it the error that comes with it."""

    def format(self, record: logging.LogRecord) -> str:
        number = getattr(record, "request", "")
        line = f"{self.moment(record)} {record.levelname} {record.name}: {record.getMessage()}"
        parts = [f"{line} (request {number})" if number else line, record.exc_text, record.stack_info]
        return "\n".join(part for part in parts if part)


class JsonLine(_Line):
    """One object on one line; what is not known is left out."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "time": self.moment(record), "level": record.levelname.lower(), "logger": record.name,
            "message": record.getMessage(), "request": getattr(record, "request", ""),
            "error": record.exc_text, "stack": record.stack_info, "process": record.process,
        }
        return json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False)


class _StandardError(logging.StreamHandler[TextIO]):
    """Writes to what standard error is at that moment: some programs put another in its place."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        return sys.stderr


SHAPES: dict[str, type[_Line]] = {"words": Words, "json": JsonLine}


def set_up(app: flask.Flask) -> None:
    """Write whatever this process logs to standard error, in the shape that was asked for.

    Tests catch what is logged by themselves.
    """
    if app.testing:
        return
    shape = SHAPES[app.config["LOG_FORMAT"]]()
    root = logging.getLogger()
    ours = next((each for each in root.handlers if isinstance(each.formatter, _Line)), None)
    if ours is None:
        ours = _StandardError()
        root.addHandler(ours)
    for each in (ours, *(handler for name in GRANIAN for handler in logging.getLogger(name).handlers)):
        each.setFormatter(shape)
