"""A project's money: where it stands, what is next, and asking for more."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard, may
from incubator.foundation import clock
from incubator.foundation.forms import ActForm, me, page
from incubator.payments import operations, queries, queries_confirm, queries_requests, rules
from incubator.payments.forms import AskForm, BackForm
from incubator.payments.models_requests import FundsRequest, RequestState
from incubator.payments.next_steps import Viewer, next_step
from incubator.payments.routes_frame import bp
from incubator.policy import Act
from incubator.projects.models import Project


@bp.route("/desk/projects/<int:project_id>/money")
@guard(Act.SEE_MONEY, project=queries_requests.with_money)
def show(project: Project) -> ResponseReturnValue:
    requests, facts = queries_requests.requests(project.id), _facts(project)
    if may(Act.CONFIRM_FUNDS, project):
        asked = [each for each in requests if each.state is RequestState.ASKED]
        checks = queries_confirm.checks_of(asked, clock.today())
        signable = frozenset(each.id for each, seen in zip(asked, checks, strict=True) if seen.may_sign(me().id))
    else:
        signable = frozenset()
    viewer = Viewer(may(Act.ASK_FUNDS, project), may(Act.PAY_FUNDS, project), signable)
    return page(
        "payments/show.html", requests=requests, entries=queries.entries(project.id),
        account=queries_requests.account_of(project.carrier_id),
        next=next_step(requests, facts["parts"], facts["blocked"], viewer), **facts,
    )


@bp.route("/desk/projects/<int:project_id>/money/ask", methods=["GET", "POST"])
@guard(Act.ASK_FUNDS, project=queries_requests.project)
def ask(project: Project) -> ResponseReturnValue:
    facts, today = _facts(project), clock.today()
    part = rules.next_instalment(facts["parts"])
    form = AskForm(data={"amount_cents": part.left_cents if part else None})
    if form.submitted() and form.carry_out(operations.ask, project, me(), **form.values()):
        flash(_("You asked for the money. Two people of the city check it now; you get a letter when it is paid."))
        return redirect(url_for("payments.show", project_id=project.id), 303)
    last = rules.last_day(today, project.round.use_within_days)
    return page("payments/ask.html", form, part=part, last=last, **facts)


@bp.route("/desk/requests/<int:request_id>/withdraw", methods=["GET", "POST"])
@guard(Act.ASK_FUNDS, request=queries_requests.request_)
def withdraw(request: FundsRequest) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations.withdraw, request, me()):
        flash(_("The request was taken back."))
        return redirect(url_for("payments.show", project_id=request.project_id), 303)
    return page("payments/withdraw.html", form, request_=request, project=request.project)


@bp.route("/desk/projects/<int:project_id>/money/back", methods=["GET", "POST"])
@guard(Act.PAY_FUNDS, project=queries_requests.project)
def receive_back(project: Project) -> ResponseReturnValue:
    form = BackForm()
    if form.submitted() and form.carry_out(operations.receive_back, project, me(), **form.values()):
        flash(_("It is noted that the money came back."))
        return redirect(url_for("payments.show", project_id=project.id), 303)
    return page("payments/back.html", form, **_facts(project))


def _facts(project: Project) -> dict[str, Any]:
    balance = queries.balance(project.id)
    return {
        "project": project, "balance": balance, "parts": queries_requests.instalments(project, balance),
        "blocked": queries_requests.blocks(project, clock.today()),
    }
