"""The demo city's post office: mail that would be sent elsewhere can be read here."""

import flask

from incubator.access import public
from incubator.demo import queries
from incubator.foundation.addresses import asked_number
from incubator.foundation.forms import page

bp = flask.Blueprint("demo", __name__)
blueprints = (bp,)


@bp.before_request
def only_in_demo_mode() -> None:
    if not flask.current_app.config["DEMO"]:
        flask.abort(404)


@bp.get("/demo/letters")
@public
def letters() -> flask.typing.ResponseReturnValue:
    before = asked_number("before")
    return page("demo/letters.html", letters=queries.letters(before))


@bp.get("/demo/letters/<int:letter_id>")
@public
def letter(letter_id: int) -> flask.typing.ResponseReturnValue:
    found = queries.letter(letter_id)
    if found is None:
        flask.abort(404)
    return page("demo/letter.html", letter=found)
