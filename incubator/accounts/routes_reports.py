"""Browsers tell what they refused because our policy forbids it; administrators read it."""

import re
from contextlib import suppress
from urllib.parse import urlsplit

import flask
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from incubator.access import guard, public
from incubator.accounts import operations_reports, queries_reports, rules_reports
from incubator.accounts.routes_frame import bp, network
from incubator.foundation.errors import RuleBroken
from incubator.foundation.forms import page
from incubator.foundation.headers import REPORTS
from incubator.foundation.origin import from_anywhere
from incubator.foundation.transaction import transaction
from incubator.policy import Act

browsers = flask.Blueprint("browsers", __name__)
PART = re.compile(r"<[^>]+>")


@browsers.post(REPORTS)
@public
@from_anywhere
def take() -> ResponseReturnValue:
    """Count a report. It comes from the browser itself: without a form's token, and nobody reads the answer."""
    flask.request.max_content_length = rules_reports.LONGEST
    base = urlsplit(flask.current_app.config["BASE_URL"]).netloc
    refused = rules_reports.read(flask.request.get_data(), (base.lower(), flask.request.host.lower()), _place)
    if refused is None:
        flask.abort(400)
    if refused:
        try:
            with suppress(IntegrityError), transaction():  # two browsers told the same in the same moment
                operations_reports.count(refused, network=network())
        except RuleBroken:
            flask.abort(429)
    return "", 204


def _place(path: str) -> str:
    """Name the kind of page at a path: parts that may be secret are left out."""
    try:
        rule, _parts = flask.current_app.url_map.bind("").match(path, "GET", return_rule=True)
    except (HTTPException, RequestRedirect):
        return ""
    return PART.sub("…", rule.rule)[:200]


@bp.get("/desk/browser-reports")
@guard(Act.SEE_BROWSER_REPORTS)
def browser_reports() -> ResponseReturnValue:
    return page("accounts/browser_reports.html", reports=queries_reports.browser_reports())


browsers.record_once(lambda state: state.app.extensions["csrf"].exempt(browsers))
