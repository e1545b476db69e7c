"""What lay on a workshop's boards in the end, for everybody to read."""

import flask

from incubator.access import public
from incubator.foundation import language
from incubator.progress import queries_boards

bp = flask.Blueprint("minutes", __name__)


@bp.get("/workshops/<string:slug>/minutes")
@public
def workshop(slug: str):
    page = queries_boards.minutes(slug, language.current().code)
    if page is None:
        flask.abort(404)
    return flask.render_template("progress/minutes.html", page=page)
