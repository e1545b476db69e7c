"""Readers nobody knows, and what they are told."""

from itertools import zip_longest
from typing import Any

import flask
from werkzeug.test import Client

from incubator.foundation.pagecache import PageCache

OTHER_WAYS = ("Content-Length", "Cache-Control", "ETag", "Vary", "X-Request-Id", "Date")


class Stranger:
    """A browser nobody knows and that keeps no cookie; every request has a context of its own, as behind a server."""

    def __init__(self, app: flask.Flask, inner: Any = None) -> None:
        self.app, self.inner = app, inner or app

    def get(self, path: str, **options: Any) -> Any:
        with self.app.app_context():
            answer = Client(self.inner, self.app.response_class).get(path, **options)
            answer.get_data()
        return answer


def told(answer: Any) -> tuple[int, str, dict[str, str]]:
    """Return what a reader is told, without what says how it came."""
    headers = {name: value for name, value in answer.headers if name not in OTHER_WAYS}
    return answer.status_code, answer.get_data(as_text=answer.mimetype.startswith("text/")), headers


def is_kept(cache: PageCache, path: str) -> bool:
    path, _, query = path.partition("?")
    return any(key[2:] == (path, query) for key in cache.pages)


def differences(ours: Any, theirs: Any) -> list[tuple[str, str]]:
    """Return the lines that are not the same, headers last."""
    lines = [[str(status), *text.splitlines(), *sorted(map(str, headers.items()))]
             for status, text, headers in (ours, theirs)]
    return [(one, other) for one, other in zip_longest(*lines, fillvalue="") if one != other][:5]
