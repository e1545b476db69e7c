"""The public pages. Nobody signs in here, no cookie is set, and nothing is shown but frozen pages."""

from typing import Any

import flask
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from incubator.access import public
from incubator.foundation import clock, language
from incubator.foundation.addresses import asked_number, asked_text
from incubator.programme.routes_city import sign_video
from incubator.progress import (
    queries,
    queries_charts,
    queries_history,
    queries_map,
    queries_money,
    queries_project,
    queries_themes,
    routes_crawlers,
    routes_dialogue,
    routes_embed,
    routes_mine,
    routes_minutes,
    routes_news,
    routes_record,
    routes_search,
    routes_sharing,
    routes_themes,
    rules_charts_map,
    rules_search,
    rules_sharing,
    rules_statement,
)
from incubator.progress.pages import Filters
from incubator.wording.queries import Passage

bp = flask.Blueprint("progress", __name__)
LONGEST_FILTER = 80


@bp.app_template_filter("apart")
def apart(passage: Passage) -> str:
    """Write a passage into a line of ours; one that runs the other way keeps its own direction."""
    runs_our_way = language.named(passage.language).dir == language.current().dir
    return passage.text if runs_our_way else f"\u2068{passage.text}\u2069"


@bp.app_template_filter("language_name")
def language_name(code: str) -> str:
    """Name a language in the reader's own."""
    return language.name_of(code, language.current().babel)


@bp.app_template_global()
def way_here(steps: list[tuple[str, str]]) -> dict[str, Any]:
    """Tell search engines the way to this page."""
    return rules_sharing.trail(steps, flask.current_app.config["BASE_URL"])


@bp.app_template_filter("as_data")
def as_data(value: Any) -> Markup:
    """Write JSON into a page, safe within a script and without a byte too many."""
    return htmlsafe_json_dumps(value, ensure_ascii=False, separators=(",", ":"))


def _here() -> dict[str, Any]:
    return {"language": language.current().code, "today": clock.today()}


@bp.get("/")
@public
def home():
    page = queries.home(**_here())
    return flask.render_template(
        "progress/home.html", page=page, map=queries_map.district_map(rules_charts_map.PROJECTS),
        mail_link=_mail_link(), structured=_site(),
    )


def _site() -> dict[str, Any]:
    config, here = flask.current_app.config, language.current()
    search = f"/{here.code}/search"
    return rules_sharing.site(
        base=config["BASE_URL"], path=flask.url_for("progress.home"), name=config["SITE_NAME"],
        operator=config["OPERATOR"]["name"], city=config["CITY_NAME"], language=here.html,
        search=config["BASE_URL"] + search if flask.current_app.url_map.bind("").test(search, "GET") else "",
    )


def _mail_link(mail: str = "") -> Markup:
    return Markup('<a href="mailto:{mail}">{mail}</a>').format(mail=mail or flask.current_app.config["MAIL_FROM"])


@bp.get("/projects/")
@public
def projects():
    filters = Filters(
        q=asked_text("q", rules_search.LONGEST_QUERY), after=asked_number("after"),
        **{name: asked_text(name, LONGEST_FILTER) for name in ("round", "theme", "district", "stage")},
    )
    page = queries.project_list(filters, **_here())
    return flask.render_template("progress/projects.html", page=page, alternates=lambda: _list_urls(filters))


def _list_urls(filters: Filters) -> list[tuple[str, str]]:
    """Return (language, absolute address) of the list as it is filtered, without anything else the address held.

    The last one has no language: it leads to the reader's own.
    """
    base = flask.current_app.config["BASE_URL"]
    asked: dict[str, Any] = dict(filters.chosen())
    paths = {
        each: flask.url_for("progress.projects", language=each.code, **asked) for each in language.LANGUAGES
    }
    neutral = paths[language.DEFAULT].removeprefix(f"/{language.DEFAULT}")
    return [*((each.html, base + path) for each, path in paths.items()), ("x-default", base + neutral)]


@bp.get("/projects/<string:slug>")
@public
def project(slug: str):
    page = _found(queries_project.project_page(slug, before=asked_number("before"), **_here()))
    config, here = flask.current_app.config, flask.url_for("progress.project", slug=slug)
    structured = rules_sharing.structured(page, base=config["BASE_URL"], path=here, city=config["CITY_NAME"])
    picture = routes_sharing.card_of(page)
    return flask.render_template(
        "progress/project.html", page=page, structured=structured, picture=picture,
        charts=queries_charts.project_charts(page, clock.today()),
    )


@bp.get("/projects/<string:slug>/history")
@public
def history(slug: str):
    page = queries_history.history_page(slug, language.current().code)
    return flask.render_template("progress/history.html", page=_found(page))


@bp.get("/projects/<string:slug>/money")
@public
def money(slug: str):
    page = _found(queries_money.money_page(slug, language.current().code))
    charts = queries_charts.money_charts(page, clock.today())
    return flask.render_template("progress/money.html", page=page, charts=charts)


@bp.get("/districts/")
@public
def districts():
    found = queries.districts()
    by = rules_charts_map.asked(asked_text("map", LONGEST_FILTER))
    return flask.render_template("progress/districts.html", districts=found, map=queries_map.district_map(by))


@bp.get("/districts/<string:slug>")
@public
def district(slug: str):
    whole = _found(queries_themes.whole_district(slug, **_here()))
    return flask.render_template("progress/district.html", page=whole.page, whole=whole)


@bp.get("/rounds/<string:slug>", endpoint="round")
@public
def round_(slug: str):
    known = _found(queries.known_round(slug))
    page = queries.round_page(known, **_here())
    money = queries_money.round_money(known, language.current().code)
    course = queries_charts.round_course(slug, clock.today())
    return flask.render_template("progress/round.html", page=page, money=money, course=course)


@bp.get("/accessibility")
@public
def accessibility():
    config, here = flask.current_app.config, language.current()
    said = rules_statement.statement(
        config["ACCESSIBILITY"], operator=config["OPERATOR"], mail=config["MAIL_FROM"],
        language=language.reading(here.code), is_signed=sign_video("progress.accessibility") is not None,
    )
    return flask.render_template("progress/accessibility.html", statement=said, mail_link=_mail_link(said.mail))


@bp.get("/imprint")
@public
def imprint():
    return flask.render_template("progress/imprint.html", mail_link=_mail_link())


def _found(page: Any) -> Any:
    if page is None:
        flask.abort(404)
    return page


blueprints = (
    bp, routes_dialogue.bp, routes_themes.bp, routes_news.bp, routes_record.bp, routes_sharing.bp, routes_embed.bp,
    routes_crawlers.bp, routes_search.bp, routes_minutes.bp, routes_mine.bp,
)
