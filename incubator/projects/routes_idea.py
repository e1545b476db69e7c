"""The coordination sets an idea free that somebody took and left lying."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.dialogue import queries as dialogue
from incubator.dialogue.models import Idea
from incubator.foundation import clock
from incubator.foundation.forms import ActForm, me, page
from incubator.policy import Act
from incubator.projects import operations_idea, queries_idea
from incubator.projects.routes_frame import bp


@bp.app_context_processor
def _drafts() -> dict[str, object]:
    return {"abandoned_draft": lambda idea: queries_idea.abandoned_draft(idea, clock.today())}


@bp.route("/desk/ideas/<int:idea_id>/free", methods=["GET", "POST"])
@guard(Act.FREE_IDEA, idea=dialogue.idea)
def free_idea(idea: Idea) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations_idea.free_idea, idea, me()):
        flash(_("The idea is free again. The project lead gets a letter."))
        return redirect(url_for("dialogue.idea", idea_id=idea.id), 303)
    return page("projects/free_idea.html", form, idea=idea, left=queries_idea.abandoned_draft(idea, clock.today()))
