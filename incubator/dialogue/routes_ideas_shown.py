"""The office shows an idea to everybody, and looks at its photo."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.dialogue import operations_giving, queries
from incubator.dialogue.forms_idea import ShowForm
from incubator.dialogue.models import Idea
from incubator.dialogue.routes_frame import bp
from incubator.foundation import clock
from incubator.foundation.forms import me, page
from incubator.media import rules as consent
from incubator.media.routes import file_of
from incubator.policy import Act


def show_form(idea: Idea) -> ShowForm:
    """Ask about the photo only where there is one that may be shown."""
    form = ShowForm()
    if idea.photo is None or not consent.may_be_public(idea.photo, clock.today()):
        del form.with_photo
    return form


@bp.route("/desk/ideas/<int:idea_id>/show", methods=["GET", "POST"])
@guard(Act.KEEP_IDEAS, idea=queries.idea)
def show_idea(idea: Idea) -> ResponseReturnValue:
    form = show_form(idea)
    if form.submitted() and form.carry_out(operations_giving.show, idea, me(), **form.values()):
        flash(_("Everybody can read it now."))
        return redirect(url_for("dialogue.idea", idea_id=idea.id), 303)
    return page("dialogue/show_idea.html", form, idea=idea)


@bp.get("/desk/ideas/<int:idea_id>/photo")
@guard(Act.KEEP_IDEAS, idea=queries.idea)
def idea_photo(idea: Idea) -> ResponseReturnValue:
    if idea.photo is None or idea.photo.withdrawn_at is not None:
        abort(404)
    answer = file_of(idea.photo.key, small=False)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
