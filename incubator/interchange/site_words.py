"""The few sentences that an archive adds to the pages, and its pages that the program does not have."""

from datetime import datetime
from typing import Any

import flask

from incubator.foundation import rendering
from incubator.foundation.language import LANGUAGES, in_language
from incubator.interchange.site_pages import Frame
from incubator.interchange.site_plan import INDEX

PARTS = {
    "banner": "interchange/site_banner.html", "no_form": "interchange/site_no_form.html",
    "search": "interchange/site_search.html", "script": "interchange/site_script.html",
}


def frames(app: flask.Flask, made_at: datetime) -> dict[str, Frame]:
    """Return what pages get, by language; the page with the search has more, under `<language>/search`."""
    made = {}
    for each in LANGUAGES:
        with app.test_request_context(f"/{each.code}/"), in_language(each.code):
            part = _part(made_at)
            banner, no_form, search = part("banner"), part("no_form"), part("search")
            words = f"@root@{each.code}/{INDEX}"
            made[each.code] = Frame(banner, no_form, part("script", words=""))
            made[f"{each.code}/search"] = Frame(banner, no_form, part("script", words=words), search)
    return made


def _part(made_at: datetime) -> Any:
    script = rendering.asset("js/archive.js")

    def render(name: str, **more: Any) -> str:
        return flask.render_template(PARTS[name], made_at=made_at, script=script, **more)

    return render


def closed_page(app: flask.Flask, code: str) -> str:
    """Draw the page to which everything leads that one could only do while the programme ran."""
    with app.test_request_context(f"/{code}/"), in_language(code):
        return flask.render_template("interchange/site_closed.html")


def root_page(app: flask.Flask, made_at: datetime) -> str:
    """Draw the first page, where one chooses a language."""
    code = LANGUAGES[0].code
    with app.test_request_context(f"/{code}/"), in_language(code):
        return flask.render_template("interchange/site_root.html", made_at=made_at)


def missing_page(app: flask.Flask) -> str:
    code = LANGUAGES[0].code
    with app.test_request_context(f"/{code}/"), in_language(code):
        return flask.render_template("errors/not_found.html")
