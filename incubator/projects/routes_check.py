"""The coordination reads a proposal, looks at the points of the round, and returns it or says that it does not fit."""

from datetime import timedelta
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation import clock
from incubator.foundation.forms import ActForm, Form, me, page
from incubator.foundation.language import in_language
from incubator.policy import Act
from incubator.projects import operations, operations_check, queries, queries_check, rules_check, rules_translation
from incubator.projects.forms import STEP_LABELS, AgreementForm, ReasonForm, ReturnForm
from incubator.projects.forms_check import build_points
from incubator.projects.forms_translation import AskTranslationForm
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project
from incubator.projects.operations_translation import ask_translation as ask_for_translation
from incubator.projects.operations_translation import take_back_translation as need_no_translation
from incubator.projects.routes_frame import bp, missing


@bp.app_context_processor
def _found_missing() -> dict[str, object]:
    return {"check_missing": _with_steps, "check_words": _other_words}


def _other_words(project: Project) -> str:
    return rules_check.other_words(project.return_reason, queries_check.points(project))


def _with_steps(project: Project) -> list[tuple[rules_check.Point, str]]:
    """Return what the check found missing, each with the step at which it is mended; the first where none is named."""
    with in_language(project.round.language):
        labels = {key: str(label) for key, label in STEP_LABELS.items()}
    first = next(iter(labels))
    return [(each, rules_check.step_named_in(each.text, labels) or first)
            for each in rules_check.missing(queries_check.points(project))]


@bp.route("/desk/projects/<int:project_id>/check")
@guard(Act.CHECK_PROPOSAL, project=queries.project)
def check(project: Project) -> ResponseReturnValue:
    return _check_page(project, None)


@bp.route("/desk/projects/<int:project_id>/return", methods=["GET", "POST"])
@guard(Act.CHECK_PROPOSAL, project=queries.project)
def return_for_changes(project: Project) -> ResponseReturnValue:
    form = _return_form(project)
    if form.submitted() and form.carry_out(operations.return_for_changes, project, me(), **form.values()):
        flash(_("The proposal was returned. The team gets a letter with what is missing."))
        return redirect(url_for("projects.show", project_id=project.id), 303)
    return _check_page(project, form, return_form=form)


@bp.route("/desk/projects/<int:project_id>/not-eligible", methods=["GET", "POST"])
@guard(Act.CHECK_PROPOSAL, project=queries.project)
def declare_ineligible(project: Project) -> ResponseReturnValue:
    form = ReasonForm()
    if form.submitted() and form.carry_out(operations.declare_ineligible, project, me(), **form.values()):
        flash(_("The proposal ended as not eligible. The team gets a letter with the reason."))
        return redirect(url_for("projects.show", project_id=project.id), 303)
    return _check_page(project, form, reason_form=form)


@bp.route("/desk/projects/<int:project_id>/check/points", methods=["GET", "POST"])
@guard(Act.CHECK_PROPOSAL, project=queries.project)
def save_check(project: Project) -> ResponseReturnValue:
    form = build_points(queries_check.points(project), project.version)
    if form.submitted() and form.carry_out(operations_check.save_check, project, me(), form.version.data, form.found):
        flash(_("The check was saved."))
        return redirect(url_for("projects.check", project_id=project.id), 303)
    return _check_page(project, form, points_form=form)


@bp.route("/desk/projects/<int:project_id>/translation/ask", methods=["GET", "POST"])
@guard(Act.CHECK_PROPOSAL, project=queries.project)
def ask_translation(project: Project) -> ResponseReturnValue:
    form = _translation_form(project)
    if form.submitted() and form.carry_out(ask_for_translation, project, me(), **form.values()):
        flash(_("The lead gets a letter that asks for the translation."))
        return redirect(url_for("projects.check", project_id=project.id), 303)
    return _check_page(project, form, translation_form=form)


@bp.route("/desk/projects/<int:project_id>/translation/take-back", methods=["GET", "POST"])
@guard(Act.CHECK_PROPOSAL, project=queries.project)
def take_back_translation(project: Project) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(need_no_translation, project, me()):
        flash(_("The translation is not needed any more. The lead gets a letter."))
        return redirect(url_for("projects.check", project_id=project.id), 303)
    return _check_page(project, form, take_back_form=form)


def _translation_form(project: Project, **options: Any) -> AskTranslationForm:
    due_on = clock.today() + timedelta(days=project.round.translation_due_days)
    return AskTranslationForm(data={"due_on": due_on}, **options)


def _return_form(project: Project, **options: Any) -> ReturnForm:
    """Begin the return with what the check found missing."""
    due_on = clock.today() + timedelta(days=project.round.return_due_days)
    reason = rules_check.words_of(queries_check.points(project))
    return ReturnForm(data={"due_on": due_on, "reason": reason}, **options)


def _check_page(project: Project, sent: Form | None, **forms: Any) -> ResponseReturnValue:
    """Draw the whole proposal and all answers; `forms` holds the one that was sent, the others are fresh."""
    points = queries_check.points(project)
    return_form = forms.get("return_form") or _return_form(project, formdata=None)
    reason_form = forms.get("reason_form") or ReasonForm(formdata=None)
    reason_form.form_key.id, reason_form.reason.id = "ineligible_key", "ineligible-reason"
    return page(
        "projects/check.html", sent, project=project, waits=project.status is Status.SUBMITTED,
        missing=missing(project), return_form=return_form, reason_form=reason_form,
        points_form=forms.get("points_form") or build_points(points, project.version, formdata=None),
        translation_form=forms.get("translation_form") or _translation_form(project, formdata=None),
        may_ask_translation=rules_translation.may_ask(project),
        take_back_form=forms.get("take_back_form") or ActForm(formdata=None),
        is_returning="return_form" in forms, is_ending="reason_form" in forms,
        points=points, found_missing=rules_check.missing(points), not_looked=[p for p in points if p.result is None],
    )


@bp.route("/desk/projects/<int:project_id>/carrier-agreement", methods=["GET", "POST"])
@guard(Act.RECORD_CARRIER_AGREEMENT, project=queries.project)
def carrier_agreement(project: Project) -> ResponseReturnValue:
    form = AgreementForm(data={"on": project.carrier_agreed_on or clock.today()})
    if form.submitted() and form.carry_out(operations.record_carrier_agreement, project, me(), **form.values()):
        flash(_("The agreement of the carrier was noted."))
        return redirect(url_for("projects.show", project_id=project.id), 303)
    return page("projects/carrier_agreement.html", form, project=project)
