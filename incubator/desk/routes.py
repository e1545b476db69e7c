"""The signed-in home, and the board of a round."""

import flask

from incubator.access import guard
from incubator.accounts.models import Role
from incubator.desk import queries, queries_board, queries_house, routes_machine, routes_metrics, routes_offline
from incubator.foundation import clock
from incubator.foundation.forms import me
from incubator.guides import queries_own
from incubator.policy import Act
from incubator.programme.models import Round

bp = flask.Blueprint("desk", __name__)


@bp.get("/desk/")
@guard(Act.SEE_DESK)
def home():
    desk = queries.desk(me(), clock.today())
    leads = any(project.is_led for project in desk.projects)
    return flask.render_template(
        "desk/home.html", desk=desk, tour=queries_own.offered(me(), leads=leads), alarms=_alarms())


def _alarms() -> tuple[queries_house.Alarm, ...]:
    config = flask.current_app.config
    return queries_house.alarms(config["INSTANCE"], config["REDIS_URL"]) if me().has_role(Role.ADMINISTRATOR) else ()


@bp.get("/desk/board/<int:round_id>", endpoint="round")
@guard(Act.SEE_ROUND_BOARD, round=queries_board.round_)
def round_(round: Round):
    return flask.render_template("desk/round.html", board=queries_board.board(round, clock.today()))


blueprints = (bp, routes_offline.bp, routes_machine.bp, routes_metrics.bp)
