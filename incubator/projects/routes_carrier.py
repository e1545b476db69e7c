"""A group finds an organisation that carries its project; the organisation answers."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard, may
from incubator.foundation.addresses import asked_number
from incubator.foundation.forms import ActForm, me, page
from incubator.foundation.language import current
from incubator.organisations import queries as organisations
from incubator.policy import Act
from incubator.projects import operations_carrier as operations
from incubator.projects import queries
from incubator.projects import queries_carrier as questions
from incubator.projects import rules_carrier as rules
from incubator.projects.forms_carrier import AskCarrierForm, CarrierAnswerForm, EndCarryingForm
from incubator.projects.models import Project
from incubator.projects.models_proposal import CarrierAnswer, CarrierRequest
from incubator.projects.routes_frame import bp


@bp.app_context_processor
def _proposal_folds() -> dict[str, object]:
    """Give the parts of a proposal that stand on several pages what they ask for."""
    return {"carrier_standing": questions.standing, "may_change_carrier": rules.may_still_change}


def _to_carrier(project: Project) -> ResponseReturnValue:
    return redirect(url_for("projects.carrier", project_id=project.id), 303)


@bp.route("/desk/projects/<int:project_id>/carrier")
@guard(Act.SEE_PROJECT, project=queries.project)
def carrier(project: Project) -> ResponseReturnValue:
    asked = questions.requests(project.id)
    waiting = next((each for each in asked if each.state in rules.OPEN), None)
    is_open = rules.may_still_change(project)
    may_ask = is_open and waiting is None and project.carrier_agreed_on is None and may(Act.ASK_CARRIER, project)
    return page(
        "projects/carrier.html", project=project, waiting=waiting, is_open=is_open, may_ask=may_ask,
        is_own=project.carrier_id in questions.own_organisations(project),
        past=[each for each in asked if each is not waiting], needed_by=rules.needed_by(project),
        carriers=organisations.eligible_carriers(project.round) if may_ask else [],
    )


@bp.route("/desk/projects/<int:project_id>/carrier/ask", methods=["GET", "POST"])
@guard(Act.ASK_CARRIER, project=queries.project)
def ask_carrier(project: Project) -> ResponseReturnValue:
    form = AskCarrierForm(data={"language": current().code,
                                "organisation_id": asked_number("organisation") or project.carrier_id})
    carriers = {each.id: each for each in organisations.eligible_carriers(project.round)}
    form.organisation_id.choices = [("", _("Please choose")), *((each.id, each.name) for each in carriers.values())]
    if form.submitted():
        values = form.values()
        chosen = carriers[values.pop("organisation_id")]
        if form.carry_out(operations.ask_carrier, project, me(), chosen, **values):
            flash(_("Your question is on its way to %(name)s. You get a letter with the answer.", name=chosen.name))
            return _to_carrier(project)
    return page("projects/carrier_ask.html", form, project=project, carriers=carriers)


@bp.route("/desk/carrier-requests/<int:request_id>/take-back", methods=["GET", "POST"])
@guard(Act.ASK_CARRIER, request=questions.request)
def take_back_question(request: CarrierRequest) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations.take_back_question, request, me()):
        flash(_("The question was taken back. You can ask another organisation now."))
        return _to_carrier(request.project)
    return page("projects/carrier_take_back.html", form, project=request.project, asked=request,
                is_open=request.state in rules.OPEN)


@bp.route("/desk/carrier-requests")
@guard(Act.SEE_DESK)
def carrier_requests() -> ResponseReturnValue:
    """What was asked of the organisations for which somebody speaks."""
    return page("projects/carrier_requests.html", asked=questions.requests_to(me().id))


@bp.route("/desk/carrier-requests/<int:request_id>", methods=["GET", "POST"])
@guard(Act.ANSWER_CARRIER, request=questions.request)
def answer_carrier(request: CarrierRequest) -> ResponseReturnValue:
    form = CarrierAnswerForm()
    if form.submitted():
        yes = form.answer.data == "accept"
        done = form.carry_out(operations.accept_carrying, request, me()) if yes else form.carry_out(
            operations.decline_carrying, request, me(), form.reason.data)
        if done:
            flash(_("Thank you! The team gets a letter: you carry the project.") if yes
                  else _("Thank you for your answer. The team gets a letter with your reason."))
            return redirect(url_for("projects.answer_carrier", request_id=request.id), 303)
    return page(
        "projects/carrier_answer.html", form, project=request.project, asked=request,
        waits=request.state is CarrierAnswer.ASKED and rules.may_still_change(request.project),
        carries=request.state is CarrierAnswer.ACCEPTED, is_declining=bool(form.errors),
        is_contact=me().id in request.contact_ids,
    )


@bp.route("/desk/carrier-requests/<int:request_id>/end", methods=["GET", "POST"])
@guard(Act.ANSWER_CARRIER, request=questions.request)
def end_carrying(request: CarrierRequest) -> ResponseReturnValue:
    form = EndCarryingForm()
    if form.submitted() and form.carry_out(operations.end_carrying, request, me(), form.reason.data):
        flash(_("It was written down. The team and the coordination get a letter."))
        return redirect(url_for("projects.answer_carrier", request_id=request.id), 303)
    return page("projects/carrier_end.html", form, project=request.project, asked=request,
                carries=request.state is CarrierAnswer.ACCEPTED, is_open=rules.may_still_change(request.project))
