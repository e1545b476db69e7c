"""What a person reads when the house itself is in trouble: no room left, everybody saves at once, no database.

Nothing of what they typed is lost: the page brings it along, and one press sends it again with the same key, so that
it is carried out once even if it had arrived.
"""

import enum
import errno
import logging
from typing import Any

import flask
from sqlalchemy.exc import OperationalError

from incubator.foundation import folders, replica
from incubator.foundation.database import db

log = logging.getLogger(__name__)
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
FOR_ONE = {"Cache-Control": "no-store"}  # it holds what somebody typed
SOON = FOR_ONE | {"Retry-After": "10"}
TAKEN_STATES = ("55P03", "40P01", "40001")  # of PostgreSQL: a lock was not to be had, or two waited for each other
FULL_STATE = "53100"


class Trouble(enum.StrEnum):
    FULL = "full"
    TAKEN = "taken"
    AWAY = "away"


def trouble_of(fault: OperationalError) -> Trouble:
    """Say what ails the database, from what its driver says."""
    state, text = getattr(fault.orig, "sqlstate", None), str(fault.orig)
    if state == FULL_STATE or "disk is full" in text:
        return Trouble.FULL
    if state in TAKEN_STATES or "is locked" in text:
        return Trouble.TAKEN
    return Trouble.AWAY


def page(what: Trouble) -> flask.typing.ResponseReturnValue:
    """Draw the page; 507 means that trying again helps only once somebody has made room."""
    code = 507 if what is Trouble.FULL else 503
    fields, files = _typed()
    drawn = flask.render_template("errors/trouble.html", code=code, what=what.value, fields=fields, files=files)
    return drawn, code, FOR_ONE if what is Trouble.FULL else SOON


def _typed() -> tuple[list[tuple[str, str]], bool]:
    """Return what was sent, for fields that nobody sees, and whether files were; a password is never given back."""
    request = flask.request
    form: Any = request.__dict__.get("form")  # read already; when reading it failed there is nothing to give back
    if request.method != "POST" or not form or any("password" in name for name in form):
        return [], False
    return list(form.items(multi=True)), any(each.filename for each in request.__dict__.get("files", {}).values())


def set_up(app: flask.Flask) -> None:
    @app.errorhandler(OperationalError)
    def database(error: OperationalError) -> flask.typing.ResponseReturnValue:
        replica.leave()
        db.session.rollback()
        what = trouble_of(error)
        log.error("database %s: %s", what.value, error.orig)  # one line: while it lasts there are many of these
        return page(what)

    @app.errorhandler(OSError)
    def disk(error: OSError) -> flask.typing.ResponseReturnValue:
        db.session.rollback()
        if isinstance(error, folders.Away):
            log.error("files: %s", error)
            return page(Trouble.AWAY)
        if error.errno not in NO_ROOM:
            raise error
        log.error("disk full: %s", error.strerror)
        return page(Trouble.FULL)
