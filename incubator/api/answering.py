"""How an answer leaves: its language, its mark, who may read it from where, and how much may still be asked."""

from typing import Any

import flask
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from incubator.accounts.routes_frame import network
from incubator.api import limits, problems
from incubator.api.problems import Problem
from incubator.foundation import language
from incubator.foundation.addresses import asked
from incubator.foundation.headers import for_other_sites, same_for_all

JSON = "application/json"
SAFE = ("GET", "HEAD", "OPTIONS")
READABLE = "ETag, Link, Content-Language, RateLimit, RateLimit-Policy, Retry-After"
READ, WRITE = "read", "write"


class NoSession(SecureCookieSessionInterface):
    """Sessions as ever, and none for programs: a cookie that a browser sends along is not even read."""

    def open_session(self, app: flask.Flask, request: flask.Request) -> SecureCookieSession | None:
        none: SecureCookieSession = self.make_null_session(app)
        return none if problems.is_path_for_programs(request.path) else super().open_session(app, request)


def forget_cookies(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Know nobody, before anything else looks: here only a key says who somebody is."""
    flask.g._login_user = flask.current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]
    problems.speak()


def is_public() -> bool:
    view = flask.current_app.view_functions.get(flask.request.endpoint or "")
    return hasattr(view, "is_public")


def demand_room() -> None:
    """Refuse whoever reads too much; keys are counted once we know whose they are."""
    if is_public() and flask.request.method in ("GET", "HEAD"):
        limits.spend(READ, network(), flask.current_app.config["API_READS_PER_MINUTE"])


def demand_json_is_read() -> None:
    accepted = flask.request.accept_mimetypes
    if flask.request.method in ("GET", "HEAD", "POST") and accepted and not accepted.best_match([JSON, problems.TYPE]):
        raise Problem(406)


def answer(body: Any, status: int = 200, **headers: str) -> flask.Response:
    """Write JSON; what was read is marked, so that who has it already gets nothing twice."""
    said = flask.Response(flask.json.dumps(body, ensure_ascii=False), status, content_type=JSON)
    said.headers.extend(headers)
    said.content_language.add(language.current().html)
    return said


def readable(body: Any, *, next_page: str | None = None) -> flask.Response:
    """Answer what everybody may read: the same for all who ask in the same language."""
    said = answer(body)
    if next_page:
        said.headers["Link"] = f'<{next_page}>; rel="next"'
    asked("lang")
    said.vary.add("Accept")
    if flask.request.args.get("lang", "") not in language.BY_CODE:
        said.vary.add("Accept-Language")
    said.add_etag()
    said.make_conditional(flask.request)
    return same_for_all(said)


def open_to_others(response: flask.Response) -> flask.Response:
    """Let programs on other sites read what is public; what a key opens stays closed to them."""
    config = flask.current_app.config
    if is_public() and flask.request.method in SAFE:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = READABLE
        if flask.request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = ", ".join(SAFE)
            response.headers["Access-Control-Allow-Headers"] = "Accept-Language, If-None-Match"
            response.headers["Access-Control-Max-Age"] = "86400"
        limits.told(response, READ, config["API_READS_PER_MINUTE"])
        return for_other_sites(response)
    limits.told(response, WRITE, config["API_WRITES_PER_MINUTE"])
    response.headers["Cache-Control"] = "private, no-cache" if flask.request.method in SAFE else "no-store"
    return response
