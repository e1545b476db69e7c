"""A small site with planted faults: a scanner that finds nothing here sees nothing anywhere.

All of it lies behind a cookie, because one that loses its cookie attacks as a stranger, whoever it was meant to be.

    python -m tests.supply.faulty 8123
"""

import html
import socketserver
import sqlite3
import sys
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

START = """<!doctype html><html lang="en"><title>Faulty</title><a href="/search?q=bread">search</a>
<a href="/item?id=1">item</a> <a href="/go?to=/search">go</a> <a href="/number?n=1">number</a>
<form action="/search"><input name="q" value="bread"><button>Search</button></form></html>"""
DESCRIBED = {
    "openapi": "3.0.3", "info": {"title": "Faulty", "version": "0"},
    "paths": {f"/{path}": {"get": {"responses": {"200": {"description": "a page"}}, "parameters": [
        {"name": name, "in": "query", "required": True, "example": value, "schema": {"type": "string"}}]}}
        for path, name, value in (("search", "q", "bread"), ("item", "id", "1"), ("number", "n", "1"))},
}
COOKIE = "session=planted.and-kept"
Start = Callable[[str, list[tuple[str, str]]], Any]


def items() -> sqlite3.Connection:
    line = sqlite3.connect(":memory:", check_same_thread=False)
    line.executescript("CREATE TABLE item (id INTEGER, name TEXT); INSERT INTO item VALUES (1, 'bread'), (2, 'salt');")
    return line


ITEMS = items()


def found(id: str) -> str:
    """Planted: what was sent becomes part of the question to the database."""
    rows = ITEMS.execute("SELECT name FROM item WHERE id = " + id).fetchall()
    return "<p>" + html.escape(", ".join(str(row[0]) for row in rows)) + "</p>" if rows else "<p>nothing</p>"


def site(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    if COOKIE not in environ.get("HTTP_COOKIE", ""):
        start("401 Unauthorized", [("Content-Type", "text/html")])
        return [b"<p>sign in</p>"]
    asked = parse_qs(environ["QUERY_STRING"], keep_blank_values=True)
    path, first = environ["PATH_INFO"], {name: values[0] for name, values in asked.items()}
    try:
        if path == "/go":  # planted: anywhere
            start("302 Found", [("Location", first.get("to", "/").replace("\r", "").replace("\n", ""))])
            return [b""]
        pages = {
            "/": lambda: START,
            "/search": lambda: f"<!doctype html><p>{first.get('q', '')}</p>",  # planted: unescaped
            "/item": lambda: found(first.get("id", "1")),
            "/number": lambda: f"<p>{int(first.get('n', '1'))}</p>",  # planted: breaks on anything else
        }
        body = pages[path]()
    except KeyError:
        start("404 Not Found", [("Content-Type", "text/html")])
        return [b"<p>no such page</p>"]
    except Exception as error:  # planted: says what broke
        start("500 Internal Server Error", [("Content-Type", "text/html")])
        return [html.escape(f"{type(error).__module__}.{type(error).__name__}: {error}").encode()]
    start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [body.encode()]


class Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: a scan asks thousands of times."""


class Many(socketserver.ThreadingMixIn, WSGIServer):
    """A scanner that leaves a line open keeps no other waiting."""

    daemon_threads = True


if __name__ == "__main__":
    make_server("127.0.0.1", int(sys.argv[1]), site, server_class=Many, handler_class=Silent).serve_forever()
