"""The minutes of a round, to read, to print and to download."""

from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.budgets import queries_minutes
from incubator.budgets.routes_frame import bp
from incubator.budgets.rules_minutes import Decision
from incubator.foundation import tables
from incubator.foundation.forms import page
from incubator.policy import Act
from incubator.programme.models import Round
from incubator.programme.queries import round_ as load_round


@bp.route("/desk/rounds/<int:round_id>/minutes")
@guard(Act.SEE_MINUTES, round=load_round)
def minutes(round: Round) -> ResponseReturnValue:
    return page("budgets/minutes.html", round=round, decisions=queries_minutes.minutes(round.id))


@bp.route("/desk/rounds/<int:round_id>/minutes.csv")
@guard(Act.SEE_MINUTES, round=load_round)
def minutes_csv(round: Round) -> ResponseReturnValue:
    """The same as a table for spreadsheets; no cell can become a formula."""
    names = [_("Day"), _("Project"), _("What was decided"), _("Result"), _("By"), _("Did not take part")]
    answer = Response(tables.written([names, *map(_row, queries_minutes.minutes(round.id))]), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="minutes-{round.slug}.csv"'
    return answer


def _row(decision: Decision) -> list[str]:
    return [
        decision.day.isoformat(), decision.project_title, str(decision.what), str(decision.result),
        "; ".join(f"{name} ({role})" for name, role in decision.by),
        "; ".join(f"{each.name} ({each.ground})" for each in decision.absent),
    ]
