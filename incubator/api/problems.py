"""Errors for programs: problem+json (RFC 9457) in the reader's language, whatever went wrong and wherever."""

from collections.abc import Sequence
from typing import Any

import flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import refresh
from werkzeug.exceptions import HTTPException

from incubator.foundation import language

ROOT = "/api/v1"
TYPE = "application/problem+json"
TITLES = {
    400: _l("The request cannot be read"),
    401: _l("A key is needed"),
    403: _l("This key may not do that"),
    404: _l("There is nothing here"),
    405: _l("This cannot be done here"),
    406: _l("Here is only JSON"),
    409: _l("The same is being done just now"),
    412: _l("It was changed meanwhile"),
    413: _l("That is too long"),
    415: _l("Please send JSON"),
    422: _l("Something in it does not fit"),
    428: _l("Please say which version you have seen"),
    429: _l("That was a bit much at once"),
    500: _l("Something went wrong here"),
}
NO_SUCH = _l("There is no such thing here. Please look at the description.")
UNFIT = _l("This value does not fit. Please look at the description.")


class Problem(HTTPException):
    """What went wrong, with a sentence for people; `errors` are (name, sentence) for parts of the request."""

    def __init__(self, code: int, detail: Any = "", *, errors: Sequence[tuple[str, Any]] = (),
                 headers: dict[str, str] | None = None) -> None:
        super().__init__(str(detail))
        self.code, self.errors, self.extra = code, errors, headers or {}


def is_path_for_programs(path: str) -> bool:
    return path == ROOT or path.startswith(f"{ROOT}/")


def speak() -> None:
    """Speak what the address or the program asks for; no cookie decides."""
    request, asked = flask.request, flask.request.args.get("lang", "")
    flask.g.language = language.BY_CODE.get(asked) or language.negotiate(request.accept_languages, None)
    flask.g.language_is_guessed = False
    refresh()


def answer(error: Exception) -> flask.Response | None:
    """Return an error as programs read it; None where a person asked for a page."""
    if not is_path_for_programs(flask.request.path):
        return None
    if flask.request.blueprint != "api":
        speak()
    code = getattr(error, "code", None) or 500
    headers = {}
    if isinstance(error, HTTPException):
        kept = {name: value for name, value in error.get_headers() if name not in ("Content-Type", "Content-Length")}
        headers = kept | getattr(error, "extra", {})
    body: dict[str, Any] = {"type": "about:blank", "title": _title(code), "status": code}
    if detail := (error.description if isinstance(error, Problem) else ""):
        body["detail"] = detail
    if errors := _errors(error):
        body["errors"] = [{"field": name, "message": str(sentence)} for name, sentence in errors]
    said = flask.Response(flask.json.dumps(body, ensure_ascii=False), code, content_type=TYPE)
    said.headers.extend(headers)
    said.content_language.add(language.current().html)
    said.vary.add("Accept-Language")
    said.headers["Cache-Control"] = "no-store"
    return said


def _title(code: int) -> str:
    return str(TITLES.get(code) or _("Something went wrong"))


def _errors(error: Exception) -> Sequence[tuple[str, Any]]:
    """Name what does not fit; of a question's parts the reader of parameters says only where and that it is wrong."""
    if isinstance(error, Problem):
        return error.errors
    data = getattr(error, "data", None)
    messages = data.get("messages", {}) if isinstance(data, dict) else {}
    found = []
    for place in messages.values():
        for name, sentences in place.items() if isinstance(place, dict) else ():
            unknown = sentences == ["Unknown field."]
            found.append((str(name), NO_SUCH if unknown else UNFIT))
    return found
