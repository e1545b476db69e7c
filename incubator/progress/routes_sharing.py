"""What people take along from a public page: its picture, its code, a poster; of a project, or of the programme."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import flask
from flask.typing import ResponseReturnValue

from incubator.access import public
from incubator.foundation import clock, language
from incubator.foundation.forms import page as drawn
from incubator.foundation.headers import for_other_sites, same_for_all
from incubator.progress import cards_png, embeds, forms_sharing, posters, queries_sharing, store_sharing
from incubator.progress.pages import Card
from incubator.progress.pages_project import ProjectPage
from incubator.wording.queries import Passage

bp = flask.Blueprint("sharing", __name__)


def found(slug: str | None, code: str | None = None) -> Card | None:
    """Return the public project with this name, nothing for the programme; anything else is no page."""
    if slug is None:
        return None
    card = queries_sharing.shared(slug, code or language.current().code, clock.today())
    if card is None:
        flask.abort(404)
    return card


def address(slug: str | None, code: str | None = None) -> str:
    """Return the whole address of the page that is shared; without a language it leads to the reader's own."""
    parts: dict[str, Any] = {"slug": slug} if slug else {}
    base, spoken = flask.current_app.config["BASE_URL"], code or language.DEFAULT.code
    path = flask.url_for("progress.project" if slug else "progress.home", language=spoken, **parts)
    return str(base + (path if code else path.removeprefix(f"/{spoken}")))


def card_of(page: ProjectPage) -> tuple[str, dict[str, str]]:
    """Return endpoint and parts of a project's picture; they change with what it shows, so nobody keeps an old one."""
    where = cards_png.place(page.district.name if page.district else "", page.is_citywide)
    shows = cards_png.of_project(page.title, page.theme, where, page.status.label, page.percent_reached)
    return "sharing.card", {"slug": page.slug, "v": store_sharing.fingerprint(shows)[:12]}


def _shows(card: Card | None) -> dict[str, Any]:
    if card is None:
        return cards_png.of_programme()
    where = cards_png.place(card.district, card.is_citywide)
    return cards_png.of_project(card.title, card.theme, where, card.status.label, card.percent_reached)


@bp.get("/card.png")
@bp.get("/projects/<string:slug>/card.png")
@public
def card(slug: str | None = None) -> ResponseReturnValue:
    return for_other_sites(_made(_shows(found(slug)), ".png", cards_png.png, "image/png"))


@bp.get("/qr.svg")
@bp.get("/projects/<string:slug>/qr.svg")
@public
def qr(slug: str | None = None) -> ResponseReturnValue:
    found(slug)
    return for_other_sites(_file(posters.qr_file(address(slug)).encode(), "image/svg+xml"))


@bp.get("/poster")
@bp.get("/projects/<string:slug>/poster")
@public
def poster(slug: str | None = None) -> ResponseReturnValue:
    card, (form, _fine) = found(slug), forms_sharing.asked()
    return drawn("progress/poster.html", form, **_named(card, slug))


@bp.get("/poster.pdf")
@bp.get("/projects/<string:slug>/poster.pdf")
@public
def poster_file(slug: str | None = None) -> ResponseReturnValue:
    card, (form, fine) = found(slug), forms_sharing.asked()
    if not fine:
        return drawn("progress/poster.html", form, **_named(card, slug))
    paper, codes = str(form.paper.data), form.languages.data

    def tell(code: str) -> posters.Told:
        told = found(slug, code)
        return posters.of_project(told) if told else posters.of_programme()

    shows = posters.content(paper, codes, address(slug), tell)
    name = "-".join([slug or "poster", paper, *codes])
    return sheet(shows, posters.pdf, f'attachment; filename="{name}.pdf"')


@bp.get("/share")
@bp.get("/projects/<string:slug>/share")
@public
def share(slug: str | None = None) -> ResponseReturnValue:
    card, here = found(slug), language.current().code
    named, url = _named(card, slug), address(slug)
    base = flask.current_app.config["BASE_URL"]
    code = embeds.frame(
        base + flask.url_for("embed.project", slug=slug), card.title.text, embeds.Size()) if card and slug else None
    letter = f"mailto:?subject={quote(named['title'].text)}&body={quote(address(slug, here))}"
    return flask.render_template("progress/share.html", url=url, code=code, letter=letter, **named)


def _named(card: Card | None, slug: str | None) -> dict[str, Any]:
    site = Passage(flask.current_app.config["SITE_NAME"], language.DEFAULT.code)
    return {"slug": slug, "parts": {"slug": slug} if slug else {}, "title": card.title if card else site}


def sheet(shows: dict[str, Any], make: Callable[[dict[str, Any]], bytes], name: str) -> flask.Response:
    """Answer with a PDF under a name, or with the page that asks to come back in a moment."""
    answer = _made(shows, ".pdf", make, "application/pdf")
    if answer.mimetype == "application/pdf":
        answer.headers["Content-Disposition"] = name
        answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _made(shows: dict[str, Any], ending: str, make: Callable[[dict[str, Any]], bytes], kind: str) -> flask.Response:
    try:
        return _file(store_sharing.kept(shows, ending, make), kind)
    except store_sharing.TooBusy:
        busy = flask.render_template("errors/error.html", code=503)
        return flask.Response(busy, 503, {"Retry-After": "3"})


def _file(content: bytes, kind: str) -> flask.Response:
    """Answer with a file that everyone may keep as long as they ask whether it is still the same."""
    answer = flask.Response(content, content_type=kind)
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.add_etag()
    answer.make_conditional(flask.request)
    return same_for_all(answer)
