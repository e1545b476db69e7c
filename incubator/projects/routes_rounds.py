"""A round goes into the archive: asked here, because its projects must have ended."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation.forms import ActForm, me, page
from incubator.policy import Act
from incubator.programme import queries as programme
from incubator.programme.models import Round
from incubator.projects import operations_rounds
from incubator.projects.routes_frame import bp


@bp.route("/desk/rounds/<int:round_id>/archive", methods=["GET", "POST"])
@guard(Act.MANAGE_ROUNDS, round=programme.round_)
def archive_round(round: Round) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations_rounds.archive_round, round, me()):
        flash(_("The round is in the archive."))
        return redirect(url_for("programme.round", round_id=round.id), 303)
    return page("programme/step.html", form, round=round, to="archive")
