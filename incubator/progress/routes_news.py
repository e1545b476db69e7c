"""The page of one piece of news: the address that feeds, letters and people pass on."""

import flask

from incubator.access import public
from incubator.foundation import clock, language
from incubator.progress import queries_news

bp = flask.Blueprint("news", __name__)


@bp.get("/projects/<string:slug>/updates/<int:update_id>")
@public
def show(slug: str, update_id: int):
    page = queries_news.news_page(slug, update_id, language.current().code, clock.today())
    if page is not None:
        return flask.render_template("progress/update.html", page=page)
    if queries_news.was_told(slug, update_id):
        return flask.render_template("progress/update_gone.html", slug=slug), 410
    flask.abort(404)
