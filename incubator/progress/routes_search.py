"""One field for everything that is public."""

from typing import Any

import flask

from incubator.access import public
from incubator.foundation import language
from incubator.foundation.addresses import asked_text
from incubator.progress import queries_search
from incubator.progress.pages_search import Found
from incubator.progress.rules_search import LONGEST_QUERY

bp = flask.Blueprint("search", __name__)


@bp.get("/search")
@public
def show():
    page = queries_search.search_page(asked_text("q", LONGEST_QUERY), language.current().code)
    return flask.render_template("progress/search.html", page=page, address=_address, alternates=lambda: _urls(page.q))


def _address(found: Found) -> str:
    """Return where a thing that was found can be read."""
    kind: Any = found.kind
    if kind == "project":
        return flask.url_for("progress.project", slug=found.key)
    if kind == "update":
        return flask.url_for("news.show", slug=found.key, update_id=found.id)
    if kind == "workshop":
        return flask.url_for("voices.workshop", slug=found.key)
    if kind == "idea":
        return flask.url_for("voices.idea", idea_id=found.id)
    return flask.url_for("voices.need", evidence_id=found.id)


def _urls(q: str) -> list[tuple[str, str]]:
    """Return (language, absolute address) of this page; the last has no language and leads to the reader's own."""
    base, asked = flask.current_app.config["BASE_URL"], dict[str, Any](q=q) if q else {}
    paths = {each: flask.url_for("search.show", language=each.code, **asked) for each in language.LANGUAGES}
    neutral = paths[language.DEFAULT].removeprefix(f"/{language.DEFAULT}")
    return [*((each.html, base + path) for each, path in paths.items()), ("x-default", base + neutral)]
