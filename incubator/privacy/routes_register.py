"""The record of processing activities as a PDF: in German, and as a courtesy in the language of whoever asks."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from incubator.access import guard
from incubator.documents import press
from incubator.foundation import clock, language
from incubator.policy import Act
from incubator.privacy import processing

bp = Blueprint("data_register", __name__)


@bp.get("/desk/data-register.pdf")
@guard(Act.SEE_DATA_REGISTER)
def download() -> ResponseReturnValue:
    content, code = processing.content(), language.current().code
    if code != language.DEFAULT.code:
        content["words"] = processing.words()
    answer = flask.Response(press.pdf("data_register", content, clock.now()), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="data-register-{code}.pdf"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
