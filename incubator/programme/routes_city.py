"""What makes the pages a city's own: its colour and its logo. Both are the same for everybody, in every language."""

from typing import Any

import flask
from flask.typing import ResponseReturnValue

from incubator.access import public
from incubator.programme import queries_sign, rules_city
from incubator.programme.operations_city import LOGO, home_of

bp = flask.Blueprint("city", __name__)
DAY = 86_400


@bp.app_context_processor
def _sign_language() -> dict[str, Any]:
    return {"sign_video": lambda: sign_video(flask.request.endpoint)}


def sign_video(endpoint: str | None) -> queries_sign.SignVideo | None:
    """Return the video in sign language that belongs to a page."""
    app = flask.current_app
    return queries_sign.video_of(endpoint, home_of(app), app.config["SIGN_LANGUAGE"])


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


@bp.get("/city/sign/<string:page>.<any(mp4, jpg, vtt):part>")
@public
def sign(part: str, page: str) -> ResponseReturnValue:
    """Answer with a video, its picture or its captions; browsers ask for parts of a video."""
    file = queries_sign.place(home_of(flask.current_app), page, part)
    if page not in flask.current_app.config["SIGN_LANGUAGE"] or not file.is_file():
        flask.abort(404)
    return flask.send_file(file, mimetype=queries_sign.KINDS[part], conditional=True, max_age=DAY)


def _kept(answer: flask.Response) -> flask.Response:
    answer.cache_control.public, answer.cache_control.max_age = True, DAY
    answer.add_etag()
    answer.make_conditional(flask.request)
    return answer
