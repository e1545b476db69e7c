"""The page that explains to people how programs speak with this site."""

import flask

from incubator.access import public

bp = flask.Blueprint("developers", __name__)


@bp.get("/api/")
@public
def show() -> str:
    return flask.render_template("api/developers.html")
