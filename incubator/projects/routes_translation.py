"""A team translates its proposal into the official language."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation.forms import me, page
from incubator.foundation.language import named
from incubator.policy import Act
from incubator.projects import operations_translation as operations
from incubator.projects import queries
from incubator.projects import queries_translation as translation_queries
from incubator.projects import rules_translation as rules
from incubator.projects.forms_translation import build_translation
from incubator.projects.models import Project
from incubator.projects.routes_frame import bp


@bp.app_context_processor
def _translations() -> dict[str, object]:
    return {"translation_of": translation_queries.pieces, "translation_rules": rules}


@bp.route("/desk/projects/<int:project_id>/translation", methods=["GET", "POST"])
@guard(Act.EDIT_PROPOSAL, project=queries.project)
def translation(project: Project) -> ResponseReturnValue:
    pieces = translation_queries.pieces(project)
    form = build_translation(pieces, project.version, rules.official(project))
    if form.submitted():
        hands_in = "hand_in" in request.form
        operation = operations.hand_in_translation if hands_in else operations.save_translation
        if form.carry_out(operation, project, me(), form.version.data, form.values()):
            flash(_("Thank you! The translation is with the city.") if hands_in
                  else _("Saved. You can go on whenever you like."))
            to = "projects.show" if hands_in else "projects.translation"
            return redirect(url_for(to, project_id=project.id), 303)
    return page(
        "projects/translation.html", form, project=project, pieces=pieces, may_write=rules.may_write(project),
        is_awaited=rules.is_awaited(project), official=named(project.round.official_language),
        receipt=rules.first_receipt(project),
    )
