"""The page about the open data, for people."""

import flask

from incubator.access import public
from incubator.foundation import language
from incubator.opendata import queries, routes_files, routes_lists, structured
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
    site, newest = about(config, "all"), shelves[0].newest
    return flask.render_template(
        "opendata/show.html", shelves=shelves, tables=TABLES, site=site,
        structured=structured.dataset(site, newest, "de" if here in GERMAN else "en") if newest else None)


blueprints = (bp, routes_files.bp, routes_lists.bp)
