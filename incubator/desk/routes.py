"""The signed-in home, and the board of a round."""

import flask

from incubator.access import guard
from incubator.desk import queries, queries_board, routes_offline
from incubator.foundation import clock
from incubator.foundation.forms import me
from incubator.guides import queries_own
from incubator.policy import Act
from incubator.programme.models import Round
from incubator.projects.models import Part

bp = flask.Blueprint("desk", __name__)


@bp.get("/desk/")
@guard(Act.SEE_DESK)
def home():
    desk = queries.desk(me(), clock.today())
    leads = any(Part.LEAD.label in project.parts for project in desk.projects)
    return flask.render_template("desk/home.html", desk=desk, tour=queries_own.offered(me(), leads=leads))


@bp.get("/desk/board/<int:round_id>", endpoint="round")
@guard(Act.SEE_ROUND_BOARD, round=queries_board.round_)
def round_(round: Round):
    return flask.render_template("desk/round.html", board=queries_board.board(round, clock.today()))


blueprints = (bp, routes_offline.bp)
