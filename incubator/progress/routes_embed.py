"""A project inside other people's pages: the small page for their frames, and oEmbed, which has no language."""

import flask
from flask.typing import ResponseReturnValue

from incubator.access import public
from incubator.foundation import language
from incubator.foundation.addresses import asked_number, asked_text
from incubator.foundation.headers import for_other_sites, framed_by_others, same_for_all
from incubator.progress import cards_png, embeds, routes_crawlers
from incubator.progress.routes_sharing import found

bp = flask.Blueprint("embed", __name__)
LONGEST_ADDRESS = 2000


@bp.get("/embed/projects/<string:slug>")
@public
def project(slug: str) -> ResponseReturnValue:
    drawn = flask.render_template("progress/embed.html", card=found(slug))
    return same_for_all(framed_by_others(flask.make_response(drawn)))


@routes_crawlers.bp.get("/oembed")
@public
def oembed() -> ResponseReturnValue:
    form = asked_text("format", 10) or "json"
    if form not in ("json", "xml"):
        flask.abort(501)
    base = flask.current_app.config["BASE_URL"]
    asked = embeds.project_at(asked_text("url", LONGEST_ADDRESS), base)
    if asked is None:
        flask.abort(404)
    told = _told(*asked, base)
    if form == "xml":
        answer = flask.Response(embeds.as_xml(told), content_type="text/xml; charset=utf-8")
    else:
        answer = flask.jsonify(told)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return for_other_sites(answer)


def _told(code: str, slug: str, base: str) -> dict[str, str | int]:
    """Speak the language of the address that was asked for; without one the frame chooses the reader's own."""
    spoken = language.named(code).code
    with language.in_language(spoken):
        card = found(slug, spoken)
    assert card is not None
    path = flask.url_for("embed.project", slug=slug, language=spoken)
    wide, high = asked_number("maxwidth"), asked_number("maxheight")
    fits = (wide or cards_png.WIDTH) >= cards_png.WIDTH and (high or cards_png.HEIGHT) >= cards_png.HEIGHT
    return embeds.oembed(
        url=base + (path if code else path.removeprefix(f"/{spoken}")), title=card.title.text, base=base,
        site=flask.current_app.config["SITE_NAME"], wanted=embeds.size(wide, high),
        card=base + flask.url_for("sharing.card", slug=slug, language=spoken) if fits else "",
    )
