"""What machines ask for, which has no language: files for search engines."""

from typing import Any

import flask
from flask.typing import ResponseReturnValue

from incubator.access import public
from incubator.foundation import language
from incubator.foundation.headers import same_for_all
from incubator.progress import crawlers, queries_crawlers
from incubator.progress.crawlers import Address, Place

bp = flask.Blueprint("crawlers", __name__)
MOST_ENTRIES = 10_000  # a file may have 50,000 and 50 MB; with ten languages that would be more than 50 MB
NUMBERED = {"voices.need": "evidence_id", "voices.idea": "idea_id"}


@bp.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    codes = [each.code for each in language.LANGUAGES]
    text = crawlers.robots(codes, flask.current_app.config["BASE_URL"] + flask.url_for("crawlers.sitemap"))
    return same_for_all(flask.Response(text, content_type="text/plain; charset=utf-8"))


@bp.get("/sitemap.xml")
@public
def sitemap() -> ResponseReturnValue:
    known = queries_crawlers.extent()
    parts = known.parts(_places_in_a_file())
    if parts == 1:
        return _part(known, 1)
    base = flask.current_app.config["BASE_URL"]
    return _file(crawlers.index(
        [base + flask.url_for("crawlers.sitemap_part", number=number + 1) for number in range(parts)]))


@bp.get("/sitemap-<int:number>.xml")
@public
def sitemap_part(number: int) -> ResponseReturnValue:
    known = queries_crawlers.extent()
    if not 1 <= number <= known.parts(_places_in_a_file()):
        flask.abort(404)
    return _part(known, number)


def _places_in_a_file() -> int:
    """Return how many pages fit into one file: each stands there once in every language."""
    return max(1, MOST_ENTRIES // len(language.LANGUAGES))


def _part(known: queries_crawlers.Extent, number: int) -> flask.Response:
    places = queries_crawlers.places(known, number, _places_in_a_file())
    return _file(crawlers.sitemap([_address(place) for place in places]))


def _file(written: bytes) -> flask.Response:
    answer = flask.Response(written, content_type="application/xml; charset=utf-8")
    answer.add_etag()
    answer.make_conditional(flask.request)
    return same_for_all(answer)


def _address(place: Place) -> Address:
    base = flask.current_app.config["BASE_URL"]
    parts: dict[str, Any] = {NUMBERED.get(place.endpoint, "slug"): place.key} if place.key else {}
    paths = {each: flask.url_for(place.endpoint, language=each.code, **parts) for each in language.LANGUAGES}
    urls = {each.html: base + path for each, path in paths.items()}
    urls["x-default"] = base + paths[language.DEFAULT].removeprefix(f"/{language.DEFAULT}")
    return Address(urls, place.changed_on)
