"""The signed-in home, and the board of a round."""

import flask

from incubator.access import guard
from incubator.accounts.models import Role
from incubator.desk import queries, queries_board, queries_house, routes_machine, routes_metrics, routes_offline
from incubator.foundation import clock
from incubator.foundation.addresses import asked_number, asked_text
from incubator.foundation.forms import me
from incubator.guides import queries_own
from incubator.policy import Act
from incubator.programme.models import Round
from incubator.projects.lifecycle import Stage

bp = flask.Blueprint("desk", __name__)
STAGES = {stage.value: stage for stage in Stage}


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
    stage = STAGES.get(asked_text("stage", 20))
    board = queries_board.board(round, clock.today(), stage, asked_number("after") or 0)
    return flask.render_template("desk/round.html", board=board)


blueprints = (bp, routes_offline.bp, routes_machine.bp, routes_metrics.bp)
