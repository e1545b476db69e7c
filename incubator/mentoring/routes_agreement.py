"""Pages on which an agreement is written, read and signed, and a mentor hands over."""

from datetime import date
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard, may
from incubator.foundation import clock, language
from incubator.foundation.forms import ActForm, me, page
from incubator.mentoring import operations, operations_agreement, queries, rules, rules_agreement
from incubator.mentoring import queries_agreements as agreements
from incubator.mentoring.forms_agreement import AgreementForm, HandoverForm
from incubator.mentoring.models import Assignment, AssignmentState
from incubator.mentoring.models_agreement import Agreement
from incubator.mentoring.routes_frame import bp
from incubator.policy import Act
from incubator.projects.models import Project
from incubator.projects.queries import project as load


@bp.route("/desk/projects/<int:project_id>/mentoring/agreement", methods=["GET", "POST"])
@guard(Act.WRITE_AGREEMENT, project=load)
def write_agreement(project: Project) -> ResponseReturnValue:
    assignment = agreements.accepted(project.id, me().id)
    before = agreements.in_force(assignment.id) if assignment else None
    form = AgreementForm(data=_words_of(before) if before else _sensible(project))
    if form.submitted() and form.carry_out(
        operations_agreement.write, project, me(), version=form.version.data, language=language.current().code,
        **form.values(),
    ):
        flash(_("The agreement is written. Please read it once more and sign it; the project lead does the same."))
        newest = agreements.agreement(form.outcome.id)
        return redirect(url_for("mentoring.agreement", agreement_id=newest.id), 303)
    return page("mentoring/write_agreement.html", form, project=project, before=before,
                is_time=assignment is not None and project.status in rules.TALKING)


def _words_of(agreement: Agreement) -> dict[str, Any]:
    return {name: getattr(agreement, name) for name in rules_agreement.WORDS} | {"version": agreement.number}


def _sensible(project: Project) -> dict[str, Any]:
    """Return words to begin with, in the language of the page."""
    until = project.ends_on or project.round.period_until or clock.today()
    spoken = language.named(project.leads[0].language if project.leads else project.language)
    texts = {"aim": rules_agreement.AIM, "rhythm": rules_agreement.RHYTHM, "limits": rules_agreement.LIMITS,
             "confidentiality": rules_agreement.CONFIDENTIALITY, "how_it_ends": rules_agreement.HOW_IT_ENDS}
    days: dict[str, date] = {"starts_on": clock.today(), "ends_on": max(until, clock.today())}
    named = language.name_of(spoken.code, language.current().babel)
    return {name: str(text) for name, text in texts.items()} | days | {"spoken_language": named, "version": 0}


@bp.get("/desk/agreements/<int:agreement_id>")
@guard(Act.SEE_SESSIONS, agreement=agreements.agreement)
def agreement(agreement: Agreement) -> ResponseReturnValue:
    return _shown(agreement, ActForm())


@bp.post("/desk/agreements/<int:agreement_id>/sign")
@guard(Act.SIGN_AGREEMENT, agreement=agreements.agreement)
def sign_agreement(agreement: Agreement) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations_agreement.sign, agreement, me()):
        flash(_("Signed. Thank you!"))
        return redirect(url_for("mentoring.agreement", agreement_id=agreement.id), 303)
    return _shown(agreement, form)


def _shown(agreement: Agreement, form: ActForm) -> ResponseReturnValue:
    person, project = me(), agreement.project
    role = rules_agreement.role_of(project.part_of(person.id), person.has_role("coordinator"))
    is_theirs = role != "mentor" or agreement.assignment.person_id == person.id
    signed = {each.role for each in agreement.signatures}
    return page(
        "mentoring/agreement.html", form, project=project, agreement=agreement, roles=rules_agreement.ROLES,
        missing=[each for each in rules_agreement.NEEDED if each not in signed],
        can_sign=bool(role and role not in signed and is_theirs and agreement.replaced_at is None)
        and may(Act.SIGN_AGREEMENT, project),
        versions=agreements.agreements(project.id), as_marked=rules_agreement.content_hash(agreement),
    )


@bp.route("/desk/assignments/<int:assignment_id>/handover", methods=["GET", "POST"])
@guard(Act.ANSWER_ASSIGNMENT, assignment=queries.assignment)
def hand_over(assignment: Assignment) -> ResponseReturnValue:
    """Who accompanies a project, or did, tells the next mentor; they may do so after they have left."""
    form = HandoverForm(data={"note": assignment.handover})
    if form.submitted() and form.carry_out(operations.hand_over, assignment, me(), note=form.note.data):
        flash(_("Saved. The next mentor finds it at the project."))
        if assignment.state is AssignmentState.ACCEPTED:
            return redirect(url_for("mentoring.show", project_id=assignment.project_id), 303)
        return redirect(url_for("desk.home"), 303)
    return page("mentoring/hand_over.html", form, assignment=assignment, project=assignment.project,
                is_time=assignment.state in (AssignmentState.ACCEPTED, AssignmentState.ENDED))
