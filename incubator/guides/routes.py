"""Guides and words for everybody; on the desk, help and a first look around."""

from typing import Any

import flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard, public
from incubator.accounts import operations_tours
from incubator.foundation import language
from incubator.foundation.addresses import asked_number
from incubator.foundation.forms import Form, me, page
from incubator.guides import glossary, queries, queries_own, sheets
from incubator.guides.pages import Guide
from incubator.guides.tours import TOURS
from incubator.policy import Act
from incubator.progress import routes_sharing

bp = flask.Blueprint("guides", __name__)
helping = flask.Blueprint("helping", __name__)
WRITTEN = f"any({', '.join(queries.ROLES)})"
SHOWN = f"any({', '.join(TOURS)})"


@bp.get("/guides")
@public
def every() -> ResponseReturnValue:
    return flask.render_template("guides/every.html", guides=queries.guides(language.current().code), **_marks())


@bp.get(f"/guides/<{WRITTEN}:role>")
@public
def guide(role: str) -> ResponseReturnValue:
    found = queries.guide(role, language.current().code)
    return flask.render_template("guides/guide.html", guide=found, **_marks())


@bp.get(f"/guides/<{WRITTEN}:role>.pdf")
@public
def sheet(role: str) -> ResponseReturnValue:
    found = queries.guide(role, language.current().code)
    shows = sheets.content(found, _address(found))
    return routes_sharing.sheet(shows, sheets.pdf, f'inline; filename="{role}-{found.language}.pdf"')


@bp.get("/glossary")
@public
def words() -> ResponseReturnValue:
    return flask.render_template("guides/glossary.html", terms=glossary.terms())


@helping.get("/desk/help")
@guard(Act.SEE_DESK)
def show() -> ResponseReturnValue:
    leads, here = queries_own.leads(me().id), language.current().code
    guides = [queries.guide(role, here) for role in queries_own.guides_of(me(), leads=leads)]
    own = queries_own.tours(me(), leads=leads)
    return flask.render_template(
        "guides/help.html", guides=guides, tours=own, mail=flask.current_app.config["MAIL_FROM"], **_marks())


@helping.get(f"/desk/tour/<{SHOWN}:role>")
@guard(Act.SEE_DESK)
def tour(role: str) -> ResponseReturnValue:
    cards = TOURS[role].cards
    number = min(asked_number("card") or 1, len(cards))
    return page("guides/tour.html", Form(), tour=TOURS[role], card=cards[number - 1], number=number)


@helping.post(f"/desk/tour/<{SHOWN}:role>/end")
@guard(Act.KEEP_OWN_ACCOUNT)
def end_tour(role: str) -> ResponseReturnValue:
    form = Form()
    if form.submitted() and form.carry_out(operations_tours.end_tour, me(), me(), tour=role):
        flask.flash(_("You find this again under “Help” at the foot of every page."))
    return flask.redirect(flask.url_for("desk.home"), 303)


def _address(guide: Guide) -> str:
    """Return the whole address of a guide without a language: it leads to the reader's own."""
    path = flask.url_for("guides.guide", role=guide.role, language=language.DEFAULT.code)
    return str(flask.current_app.config["BASE_URL"] + path.removeprefix(f"/{language.DEFAULT.code}"))


def _marks() -> dict[str, Any]:
    """Return what templates need to say in which language a guide is written."""
    return {"named_language": language.named}


blueprints = (bp, helping)
