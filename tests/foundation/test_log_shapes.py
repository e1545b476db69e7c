"""The log is lines of words, or of JSON for programs that collect them; both say the same and no more."""

import json
import logging
import sys

import pytest

from config import Unsafe, settings
from incubator.foundation import log_lines, logs, request_ids
from incubator.foundation.request_ids import Asked

NUMBER = "abcdef-7"


def _record(app, message, *given, broken=None):
    token = request_ids.asked.set(Asked(NUMBER))
    try:
        return logs.MaskedRecord("somebody", logging.WARNING, "file.py", 3, message, given, broken)
    finally:
        request_ids.asked.reset(token)


def _broken():
    try:
        raise ValueError("canary@example.org")
    except ValueError:
        return sys.exc_info()


def test_a_line_of_json_is_one_line_and_says_everything(app):
    line = log_lines.JsonLine().format(_record(app, "letter %s: für\nمرحبا", 7, broken=_broken()))
    said = json.loads(line)
    assert "\n" not in line and "für" in line, "letters of every script stay readable"
    assert (said["level"], said["logger"], said["request"]) == ("warning", "somebody", NUMBER)
    assert said["message"] == "letter 7: für\\nمرحبا"
    assert said["error"].endswith("ValueError: (mail)") and "canary" not in line
    assert said["time"].endswith("Z") and "stack" not in said


def test_a_line_of_words_names_the_request_too(app):
    lines = log_lines.Words().format(_record(app, "letter %s", 7, broken=_broken())).splitlines()
    assert lines[0].endswith(f"Z WARNING somebody: letter 7 (request {NUMBER})")
    assert lines[-1] == "ValueError: (mail)"


def test_what_belongs_to_no_request_says_none(app):
    record = logs.MaskedRecord("somebody", logging.INFO, "file.py", 3, "tick", (), None)
    assert log_lines.Words().format(record).endswith("INFO somebody: tick")
    assert "request" not in json.loads(log_lines.JsonLine().format(record))


def test_other_programs_lines_look_like_ours(app, monkeypatch):
    """Granian brings handlers of its own, and logs records that others made."""
    root, handler = logging.getLogger(), logging.StreamHandler()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(logging.getLogger("granian.access"), "handlers", [handler])
    monkeypatch.setitem(app.config, "LOG_FORMAT", "json")
    monkeypatch.setattr(type(app), "testing", False)
    log_lines.set_up(app)
    log_lines.set_up(app)
    assert len(root.handlers) == 1, "set up twice, every line is still written once"
    assert isinstance(handler.formatter, log_lines.JsonLine)
    strange = logging.LogRecord("a", logging.WARNING, "f", 1, "said", (), None)
    assert json.loads(handler.formatter.format(strange))["message"] == "said"


def test_a_shape_that_does_not_exist_is_refused_with_a_sentence(monkeypatch):
    monkeypatch.setenv("LOG_FORMAT", "xml")
    with pytest.raises(Unsafe, match="LOG_FORMAT is words or json"):
        settings()
