"""Two files for search engines, which have no language."""

from typing import Any

import flask
from flask.typing import ResponseReturnValue

from incubator.access import public
from incubator.foundation import language
from incubator.progress import crawlers, queries_crawlers
from incubator.progress.crawlers import Address, Place

bp = flask.Blueprint("crawlers", __name__)


@bp.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    codes = [each.code for each in language.LANGUAGES]
    text = crawlers.robots(codes, flask.current_app.config["BASE_URL"] + flask.url_for("crawlers.sitemap"))
    return flask.Response(text, content_type="text/plain; charset=utf-8")


@bp.get("/sitemap.xml")
@public
def sitemap() -> ResponseReturnValue:
    written = crawlers.sitemap([_address(place) for place in queries_crawlers.places()])
    answer = flask.Response(written, content_type="application/xml; charset=utf-8")
    answer.add_etag()
    answer.make_conditional(flask.request)
    return answer


def _address(place: Place) -> Address:
    base = flask.current_app.config["BASE_URL"]
    parts: dict[str, Any] = {"slug": place.slug} if place.slug else {}
    paths = {each: flask.url_for(place.endpoint, language=each.code, **parts) for each in language.LANGUAGES}
    urls = {each.html: base + path for each, path in paths.items()}
    urls["x-default"] = base + paths[language.DEFAULT].removeprefix(f"/{language.DEFAULT}")
    return Address(urls, place.changed_on)
