"""The programme's themes, and everything around each of them."""

import flask

from incubator.access import public
from incubator.foundation import clock, language
from incubator.progress import queries_themes

bp = flask.Blueprint("themes", __name__)


@bp.get("/themes/")
@public
def every():
    return flask.render_template("progress/themes.html", themes=queries_themes.themes(language.current().code))


@bp.get("/themes/<string:slug>")
@public
def theme(slug: str):
    page = queries_themes.theme_page(slug, language.current().code, clock.today())
    if page is None:
        flask.abort(404)
    return flask.render_template("progress/theme.html", page=page)
