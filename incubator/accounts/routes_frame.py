"""The frame of the room's pages: their blueprint, and how a browser begins and ends to be signed in."""

import logging

import flask
from flask_login import current_user, login_user, logout_user
from sqlalchemy.exc import OperationalError

from incubator.accounts import operations, queries, rules
from incubator.foundation import clock
from incubator.foundation.forms import Form
from incubator.foundation.transaction import transaction

bp = flask.Blueprint("accounts", __name__)
log = logging.getLogger(__name__)

FOR_EVERYBODY = ("sharing", "embed", "feeds", "calendar", "crawlers", "media", "city", "browsers")  # the same for all


def device() -> str:
    return rules.device_of(flask.request.user_agent.string)


def network() -> str:
    return rules.network_of(flask.request.remote_addr)


def begin(token: str, *, go_on: bool = True) -> flask.typing.ResponseReturnValue:
    """Let the browser hold a token, in a session that has nothing of the one before, and go where it wanted to."""
    wish = flask.session.get("next") if go_on else None
    end()
    flask.session.permanent = True
    login_user(queries.person_of_token(token))
    return flask.redirect(rules.own_path(wish, flask.url_for("desk.home")), 303)


def end() -> None:
    """Sign the browser out; the row goes with it, so that a copy of the cookie opens nothing."""
    if current_user.is_authenticated:
        with transaction():
            operations.sign_out(current_user.token)
    logout_user()
    flask.session.clear()


def flash_problems(form: Form) -> None:
    """Show on the next page why something was refused; for forms that are only a button."""
    for sentences in form.errors.values():
        for sentence in sentences:
            flask.flash(str(sentence), "danger")


@bp.before_app_request
def note_use() -> None:
    """Write down now and then that a sign-in is in use; never on pages that are for everyone."""
    view = flask.current_app.view_functions.get(flask.request.endpoint or "")
    if not hasattr(view, "act") or not current_user.is_authenticated:
        return
    if current_user.seen < clock.now() - rules.SEEN_EVERY:
        try:
            with transaction():
                operations.note_use(current_user.token)
        except OperationalError:  # where nothing can be written, reading goes on
            log.warning("the use of a sign-in could not be noted")


@bp.before_app_request
def read_more() -> None:
    """Give people who are signed in words in every language they read; visitors' pages stay the same for all."""
    app, request = flask.current_app, flask.request
    if request.blueprint is None or request.blueprint in FOR_EVERYBODY:
        return
    if app.session_interface.get_cookie_name(app) in request.cookies and current_user.is_authenticated:
        flask.g.also_reads = tuple(current_user.also_reads)
