"""What makes the pages a city's own: its colour and its logo. Both are the same for everybody, in every language."""

import flask
from flask.typing import ResponseReturnValue

from incubator.access import public
from incubator.programme import rules_city
from incubator.programme.operations_city import LOGO, home_of

bp = flask.Blueprint("city", __name__)
DAY = 86_400


@bp.get("/city/look.css")
@public
def look() -> ResponseReturnValue:
    colour = flask.current_app.config["CITY_COLOUR"]
    if not colour:
        flask.abort(404)
    answer = flask.Response(rules_city.sheet(colour), content_type="text/css; charset=utf-8")
    return _kept(answer)


@bp.get("/city/logo.png")
@public
def logo() -> ResponseReturnValue:
    file = home_of(flask.current_app) / LOGO
    if not flask.current_app.config["CITY_HAS_LOGO"] or not file.is_file():
        flask.abort(404)
    return _kept(flask.Response(file.read_bytes(), content_type="image/png"))


def _kept(answer: flask.Response) -> flask.Response:
    answer.cache_control.public, answer.cache_control.max_age = True, DAY
    answer.add_etag()
    answer.make_conditional(flask.request)
    return answer
