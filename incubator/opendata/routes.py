"""The page about the open data, for people."""

import flask

from incubator.access import public
from incubator.foundation import language
from incubator.opendata import queries, routes_files, routes_lists
from incubator.opendata.about import about
from incubator.opendata.tables import TABLES

bp = flask.Blueprint("opendata", __name__)
GERMAN = ("de", "de-simple")


@bp.get("/opendata/")
@public
def show():
    config, here = flask.current_app.config, language.current().code
    shelves = queries.shelves()
    if not all(each.newest for each in shelves):
        routes_files.wake()
    return flask.render_template(
        "opendata/show.html", shelves=shelves, tables=TABLES, own="de" if here in GERMAN else "en",
        site=about(config, "all"))


blueprints = (bp, routes_files.bp, routes_lists.bp)
