"""The minutes of a round's panel as a PDF: German binds, every other language is a courtesy."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from incubator.access import guard
from incubator.documents import press, queries_panel, words_panel
from incubator.documents.frame import letter_words
from incubator.foundation import clock, language
from incubator.policy import Act
from incubator.programme.models import Round
from incubator.selection.queries_decisions import selecting_round

bp = Blueprint("panel_minutes", __name__)


@bp.get("/desk/rounds/<int:round_id>/minutes.pdf")
@guard(Act.SEE_SCORES, round=selecting_round)
def download(round: Round) -> ResponseReturnValue:
    content, code = queries_panel.content(round), language.current().code
    if code != language.DEFAULT.code:
        content["words"] = letter_words() | words_panel.words(content)
    answer = flask.Response(press.pdf("panel_minutes", content, clock.now()), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{round.slug}-minutes-{code}.pdf"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
