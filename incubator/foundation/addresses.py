"""What may stand in an address: numbers that a row can have, and words that a database can look for."""

import functools
import unicodedata
from collections.abc import Callable
from typing import Any

import flask
from werkzeug.routing import IntegerConverter, UnicodeConverter, ValidationError

from incubator.foundation import language

LARGEST = 2**31 - 1


class NumberConverter(IntegerConverter):
    """A row's number, in plain digits; a larger one is no page."""

    regex = "[0-9]{1,10}"

    def to_python(self, value: str) -> int:
        number = int(value)
        if number > LARGEST:
            raise ValidationError()
        return number


class WordConverter(UnicodeConverter):
    """A word without control characters; with one it is no page."""

    def to_python(self, value: str) -> str:
        if value != readable(value):
            raise ValidationError()
        return str(value)


def readable(text: str) -> str:
    """Take away the signs that no database keeps."""
    return "".join(sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cs"))


def asked(name: str) -> None:
    """Note that this page reads a name behind the question mark: with any other it is not kept in the page cache."""
    flask.g.setdefault("asked", set()).add(name)


def asked_number(name: str) -> int | None:
    """Read a number behind the question mark; what no row can have is as if it were not there."""
    asked(name)
    number = flask.request.args.get(name, type=int)
    return number if number is not None and 0 < number <= LARGEST else None


def asked_text(name: str, longest: int) -> str:
    """Read words behind the question mark, spaces of one kind, cut to so many letters."""
    asked(name)
    spaced = " ".join(flask.request.args.get(name, "").split())
    return readable(spaced)[:longest].strip()


def _remembering(app: flask.Flask) -> Callable[..., str]:
    """Return a `url_for` that builds each address within the house once; which language it leads to is part of it."""

    @functools.lru_cache(maxsize=4096, typed=True)
    def built(root: str, code: str, endpoint: str, /, **values: Any) -> str:
        return app.url_for(endpoint, **values)

    def url_for(endpoint: str, **values: Any) -> str:
        inside = flask.has_request_context() and flask.request.method == "GET" and endpoint[0] != "."
        if not inside or "_external" in values or "_scheme" in values:
            return app.url_for(endpoint, **values)
        try:
            return built(flask.request.root_path, language.current().code, endpoint, **values)
        except TypeError:  # a list among the values
            return app.url_for(endpoint, **values)

    return url_for


def set_up(app: flask.Flask) -> None:
    app.url_map.converters |= {"int": NumberConverter, "string": WordConverter, "default": WordConverter}
    app.jinja_env.globals["url_for"] = _remembering(app)
