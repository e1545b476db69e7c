"""News as Atom and JSON Feed: of the programme, a theme, a district, a project. No account, no cookie."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import public
from incubator.follow import feeds_atom, feeds_json, queries_feeds
from incubator.follow.feeds import Channel, Feed, item_of, tag
from incubator.foundation import clock, language
from incubator.foundation.addresses import asked_text
from incubator.foundation.headers import same_for_all

bp = flask.Blueprint("feeds", __name__)
WRITERS = {"atom": feeds_atom, "json": feeds_json}
LONGEST_FILTER = 80


@bp.get("/projects/feed.<any(atom, json):form>")
@public
def programme(form: str) -> ResponseReturnValue:
    here, theme = language.current().code, asked_text("theme", LONGEST_FILTER)
    if theme:
        channel = queries_feeds.theme(theme, here, clock.today())
        return _answer(channel, form, flask.url_for("progress.projects", theme=theme))
    return _answer(queries_feeds.programme(here, clock.today()), form, flask.url_for("progress.projects"))


@bp.get("/projects/<string:slug>/feed.<any(atom, json):form>")
@public
def project(slug: str, form: str) -> ResponseReturnValue:
    channel = queries_feeds.project(slug, language.current().code, clock.today())
    return _answer(channel, form, flask.url_for("progress.project", slug=slug))


@bp.get("/districts/<string:slug>/feed.<any(atom, json):form>")
@public
def district(slug: str, form: str) -> ResponseReturnValue:
    channel = queries_feeds.district(slug, language.current().code, clock.today())
    return _answer(channel, form, flask.url_for("progress.district", slug=slug))


def _answer(channel: Channel | None, form: str, page: str) -> flask.Response:
    if channel is None:
        flask.abort(404)
    writer = WRITERS[form]
    return as_file(writer.write(_feed(channel, page)), writer.TYPE, channel.changed_at)


def _feed(channel: Channel, page: str) -> Feed:
    config, here = flask.current_app.config, language.current()
    base, site = config["BASE_URL"], config["SITE_NAME"]
    host = urlsplit(base).hostname or site
    parts: dict[str, Any] = dict(flask.request.view_args or {})
    if channel.key.startswith("theme/"):
        parts["theme"] = channel.slug
    own = flask.url_for(flask.request.endpoint or "", **parts)
    return Feed(
        id=tag(host, f"{here.code}/{channel.key}"),
        url=base + own,
        page_url=base + page,
        title=f"{channel.name} – {site}" if channel.name else site,
        subtitle=_("News from the projects: what was reached, and what comes next."),
        author=site,
        language=here,
        changed_at=channel.changed_at.replace(microsecond=0),
        items=tuple(
            item_of(each, host=host, base=base, url=base + _place(each.project_slug, each.id)) for each in channel.news
        ),
    )


def _place(slug: str, update_id: int) -> str:
    return flask.url_for("news.show", slug=slug, update_id=update_id)


def as_file(content: bytes, kind: str, changed_at: datetime) -> flask.Response:
    """Answer with a file that readers ask for again and again: unchanged ones cost them nothing."""
    answer = flask.Response(content, content_type=f"{kind}; charset=utf-8")
    answer.content_language.add(language.current().html)
    answer.last_modified = changed_at
    answer.add_etag()
    answer.make_conditional(flask.request)
    return same_for_all(answer)
