"""The signed-in home, and the board of a round."""

import flask

from incubator.access import guard
from incubator.desk import queries, queries_board
from incubator.foundation import clock
from incubator.foundation.forms import me
from incubator.policy import Act
from incubator.programme.models import Round

bp = flask.Blueprint("desk", __name__)


@bp.get("/desk/")
@guard(Act.SEE_DESK)
def home():
    return flask.render_template("desk/home.html", desk=queries.desk(me(), clock.today()))


@bp.get("/desk/board/<int:round_id>", endpoint="round")
@guard(Act.SEE_ROUND_BOARD, round=queries_board.round_)
def round_(round: Round):
    return flask.render_template("desk/round.html", board=queries_board.board(round, clock.today()))


blueprints = (bp,)
