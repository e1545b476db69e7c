"""Pages about a project's partners and their pledges."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard, may
from incubator.accounts.models import Role
from incubator.accounts.queries import people_with_role
from incubator.foundation import clock, language
from incubator.foundation.forms import ActForm, me, page
from incubator.partners import operations, queries, rules
from incubator.partners.forms import AnswerForm, OutcomeForm, PartnerForm, PledgeForm
from incubator.partners.models import PLEDGE_STEPS, PartnerRole, Partnership, Pledge, PledgeState
from incubator.policy import Act
from incubator.projects import queries as projects
from incubator.projects.models import Project

bp = Blueprint("partners", __name__)
blueprints = (bp,)


def _to_partners(project_id: int) -> ResponseReturnValue:
    return redirect(url_for("partners.show", project_id=project_id), 303)


@bp.route("/desk/projects/<int:project_id>/partners")
@guard(Act.SEE_PROJECT, project=projects.project)
def show(project: Project) -> ResponseReturnValue:
    partnerships = queries.partnerships(project.id)
    pledges = queries.pledges(project.id)
    return page(
        "partners/show.html", project=project, partnerships=partnerships, pledges=pledges, roles=_role_labels(),
        money_cents=sum(pledge.value_cents or 0 for pledge in pledges if rules.counts_as_money(pledge)),
        with_contact=queries.with_contact([each.organisation_id for each in partnerships], clock.today()),
        is_open=rules.is_open(project), follows=[state for state, steps in PLEDGE_STEPS.items() if steps],
    )


def _role_labels() -> dict[str, Any]:
    return {role.value: role.label for role in PartnerRole}


@bp.route("/desk/projects/<int:project_id>/partners/add", methods=["GET", "POST"])
@guard(Act.MANAGE_PARTNERS, project=projects.project)
def add(project: Project) -> ResponseReturnValue:
    form = PartnerForm()
    possible = {each.id: each for each in queries.possible_partners(project.id)}
    form.organisation_id.choices = [("", _("Please choose"))] + [(each.id, each.name) for each in possible.values()]
    if form.submitted():
        values = form.values()
        chosen = possible[values["organisation_id"]]
        if form.carry_out(operations.take_part, project, chosen, values["roles"], me()):
            flash(_("%(name)s is a partner of the project now.", name=chosen.name))
            return _to_partners(project.id)
    return page("partners/add.html", form, project=project, ask=people_with_role(Role.COORDINATOR))


@bp.route("/desk/partnerships/<int:partnership_id>/leave", methods=["GET", "POST"])
@guard(Act.MANAGE_PARTNERS, partnership=queries.partnership)
def leave(partnership: Partnership) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations.leave, partnership, me()):
        flash(_("The partnership has ended."))
        return _to_partners(partnership.project_id)
    return page("partners/leave.html", form, partnership=partnership, project=partnership.project)


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
            return _to_partners(project.id)
    return page("partners/pledge.html", form, project=project, partners=partners)


@bp.route("/desk/pledges/<int:pledge_id>", methods=["GET", "POST"])
@guard(Act.CONFIRM_PLEDGE, pledge=queries.pledge)
def answer_pledge(pledge: Pledge) -> ResponseReturnValue:
    form = AnswerForm()
    if form.submitted():
        yes = form.answer.data == "confirm"
        if form.carry_out(operations.confirm if yes else operations.withdraw, pledge, me()):
            flash(_("Thank you! The pledge is confirmed.") if yes else _("The pledge was withdrawn."))
            return _after_answer(pledge)
    steps = PLEDGE_STEPS[pledge.state] if rules.is_open(pledge.project) else ()
    return page(
        "partners/answer_pledge.html", form, pledge=pledge, project=pledge.project,
        asked=PledgeState.CONFIRMED in steps, can_withdraw=PledgeState.WITHDRAWN in steps,
    )


def _after_answer(pledge: Pledge) -> ResponseReturnValue:
    """Lead back to where somebody may be: partners' contacts see their pledge, not the project."""
    if may(Act.SEE_PROJECT, pledge.project):
        return _to_partners(pledge.project_id)
    return redirect(url_for("partners.answer_pledge", pledge_id=pledge.id), 303)


@bp.route("/desk/pledges/<int:pledge_id>/outcome", methods=["GET", "POST"])
@guard(Act.MANAGE_PARTNERS, pledge=queries.pledge)
def outcome(pledge: Pledge) -> ResponseReturnValue:
    form = OutcomeForm()
    possible = {state.value for state in PLEDGE_STEPS[pledge.state]}
    form.outcome.choices = [choice for choice in form.outcome.choices or [] if choice.value in possible]
    if form.submitted():
        to = form.outcome.data
        work = operations.withdraw if to == PledgeState.WITHDRAWN else operations.fulfil
        extra = {"partly": to == PledgeState.PARTLY_FULFILLED} if work is operations.fulfil else {}
        if form.carry_out(work, pledge, me(), **extra):
            flash(_("It was written down."))
            return _to_partners(pledge.project_id)
    return page("partners/outcome.html", form, pledge=pledge, project=pledge.project)
