"""A project's side of promises: write one down, answer an offer, show that one was kept, or that it will not come."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation import language
from incubator.foundation.forms import me, page
from incubator.media import waiting
from incubator.media.routes import answer_with
from incubator.partners import (
    operations,
    operations_answers,
    operations_proofs,
    queries,
    queries_pledges,
    rules,
    rules_proofs,
)
from incubator.partners.forms import MoneyProofForm, OfferAnswerForm, PledgeForm, ProofForm, ReasonForm
from incubator.partners.models import PLEDGE_STEPS, Pledge, PledgeKind, PledgeState
from incubator.partners.queries_pledges import ShownProof
from incubator.partners.routes_frame import bp, to_partners
from incubator.partners.rules_value import valued_by_round
from incubator.policy import Act
from incubator.projects import queries as projects
from incubator.projects.models import Project


@bp.route("/desk/projects/<int:project_id>/pledges/add", methods=["GET", "POST"])
@guard(Act.MANAGE_PARTNERS, project=projects.project)
def pledge(project: Project) -> ResponseReturnValue:
    form = PledgeForm(data={"quantity": 1})
    partners = {each.organisation_id: each.organisation for each in queries.partnerships(project.id)}
    form.organisation_id.choices = [("", _("Please choose"))] + [(each.id, each.name) for each in partners.values()]
    if len(partners) == 1:
        form.organisation_id.choices.pop(0)
    if form.submitted():
        values = form.values()
        organisation = partners[values.pop("organisation_id")]
        spoken = language.current().code
        if form.carry_out(operations.pledge, project, organisation, me(), language=spoken, **values):
            flash(_("The pledge was written down. It counts once the partner confirms it."))
            return to_partners(project.id)
    return page("partners/pledge.html", form, project=project, partners=partners, rates=valued_by_round(project.round))


@bp.route("/desk/pledges/<int:pledge_id>/offer", methods=["GET", "POST"])
@guard(Act.MANAGE_PARTNERS, pledge=queries.pledge)
def answer_offer(pledge: Pledge) -> ResponseReturnValue:
    """Let the project say yes or no to what a partner offers."""
    form = OfferAnswerForm()
    if form.submitted():
        yes = form.answer.data == "confirm"
        work, more = (operations_answers.accept_offer, {}) if yes else (
            operations_answers.decline_offer, {"reason": form.reason.data})
        if form.carry_out(work, pledge, me(), **more):
            flash(_("Thank you! The pledge is confirmed.") if yes else _("The pledge was withdrawn."))
            return to_partners(pledge.project_id)
    is_open = rules.is_open(pledge.project) and pledge.state is PledgeState.OFFERED
    return page("partners/answer_offer.html", form, pledge=pledge, project=pledge.project,
                is_asked=is_open and queries.is_from_partner(pledge.id), reason=queries_pledges.reason_of(pledge))


@bp.route("/desk/pledges/<int:pledge_id>/outcome", methods=["GET", "POST"])
@guard(Act.MANAGE_PARTNERS, pledge=queries.pledge)
def outcome(pledge: Pledge) -> ResponseReturnValue:
    """Show what came of a promise, and take a proof that something came."""
    form = (MoneyProofForm if pledge.kind is PledgeKind.MONEY else ProofForm)(
        data={"quantity": rules_proofs.still_missing(pledge)})
    if waiting.receive(form, me(), project_id=pledge.project_id) and form.carry_out(
        operations_proofs.prove, pledge, me(), language=language.current().code, **form.values()
    ):
        flash(_("It was written down. Thank you for saying what came."))
        return to_partners(pledge.project_id)
    steps = PLEDGE_STEPS[pledge.state] if rules.is_open(pledge.project) else ()
    return page(
        "partners/outcome.html", form, pledge=pledge, project=pledge.project, proofs=queries_pledges.proofs(pledge.id),
        reason=queries_pledges.reason_of(pledge), can_prove=PledgeState.FULFILLED in steps,
        can_withdraw=PledgeState.WITHDRAWN in steps,
    )


@bp.route("/desk/pledges/<int:pledge_id>/call-off", methods=["GET", "POST"])
@guard(Act.MANAGE_PARTNERS, pledge=queries.pledge)
def call_off(pledge: Pledge) -> ResponseReturnValue:
    """Let the project write down that a promise will not come, and why."""
    form = ReasonForm()
    if form.submitted() and form.carry_out(operations_answers.take_back, pledge, me(), form.reason.data):
        flash(_("The pledge was withdrawn."))
        return to_partners(pledge.project_id)
    can_withdraw = rules.is_open(pledge.project) and PledgeState.WITHDRAWN in PLEDGE_STEPS[pledge.state]
    return page("partners/call_off.html", form, pledge=pledge, project=pledge.project, can_withdraw=can_withdraw,
                reason=queries_pledges.reason_of(pledge))


@bp.route("/desk/pledges/papers/<string(length=32):paper_key>")
@guard(Act.SEE_PROJECT, hidden=True, paper=queries_pledges.proof_paper)
def proof_paper(paper: ShownProof) -> ResponseReturnValue:
    return answer_with(paper.paper, small=request.args.get("size") == "small")
