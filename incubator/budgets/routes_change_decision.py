"""One change: what it is, who must answer it, and the answer."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.budgets import operations_change, queries_approval, queries_change, rules_change
from incubator.budgets.forms_change import ApproveChangeForm, DecideChangeForm, RefuseChangeForm
from incubator.budgets.models_change import Change, ChangeState
from incubator.budgets.routes_frame import bp
from incubator.foundation import clock
from incubator.foundation.forms import ActForm, Form, me, page
from incubator.mentoring.queries import concerned
from incubator.policy import Act


@bp.route("/desk/changes/<int:change_id>")
@guard(Act.SEE_BUDGET, change=queries_change.change)
def change(change: Change) -> ResponseReturnValue:
    return page("budgets/change.html", ActForm(), **_facts_of(change))


@bp.route("/desk/changes/<int:change_id>/withdrawal", methods=["GET", "POST"])
@guard(Act.ASK_CHANGE, change=queries_change.change)
def withdraw_change(change: Change) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations_change.withdraw_change, change, me()):
        flash(_("The request was taken back. Nothing was changed."))
        return redirect(url_for("budgets.change", change_id=change.id), 303)
    return page("budgets/change.html", form, **_facts_of(change))


@bp.route("/desk/changes/<int:change_id>/review", methods=["GET", "POST"])
@guard(Act.APPROVE_CHANGE, change=queries_change.change)
def review_change(change: Change) -> ResponseReturnValue:
    form = ApproveChangeForm()
    if _is_for_mentors(change) and form.submitted() and form.carry_out(
        operations_change.approve_change, change, me(), **form.values()
    ):
        if change.state is ChangeState.APPROVED:
            flash(_("The change is agreed. The new budget counts from now on."))
        else:
            flash(_("You agreed to the change. A second city mentor must agree too."))
        return redirect(url_for("budgets.review_change", change_id=change.id), 303)
    return _review_page(change, form, approve_form=form)


@bp.route("/desk/changes/<int:change_id>/refusal", methods=["GET", "POST"])
@guard(Act.APPROVE_CHANGE, change=queries_change.change)
def refuse_change(change: Change) -> ResponseReturnValue:
    form = RefuseChangeForm()
    if _is_for_mentors(change) and form.submitted() and form.carry_out(
        operations_change.refuse_change, change, me(), **form.values()
    ):
        flash(_("The change was not agreed to. The project lead gets a letter with your reason."))
        return redirect(url_for("budgets.review_change", change_id=change.id), 303)
    return _review_page(change, form, refuse_form=form)


@bp.route("/desk/changes/<int:change_id>/decision", methods=["GET", "POST"])
@guard(Act.DECIDE_CHANGE, change=queries_change.change)
def decide_change(change: Change) -> ResponseReturnValue:
    form = DecideChangeForm()
    if _is_for_mentors(change):
        return redirect(url_for("budgets.change", change_id=change.id), 303)
    if form.submitted() and form.carry_out(
        operations_change.decide, change, me(), agreed=form.agreed.data == "yes", answer=form.answer.data,
        no_conflict=form.no_conflict.data,
    ):
        flash(_("Your answer was noted. The project lead gets a letter."))
        return redirect(url_for("budgets.change", change_id=change.id), 303)
    today = clock.today()
    return page(
        "budgets/decide_change.html", form, names=concerned(change.project, today),
        my_exclusion=queries_approval.exclusion_from(Act.DECIDE_CHANGE, change.project, me().id, today),
        instead=queries_approval.free_for(Act.DECIDE_CHANGE, change.project, today), **_facts_of(change),
    )


def _is_for_mentors(change: Change) -> bool:
    return change.kind in rules_change.MONEY


def _facts_of(change: Change) -> dict[str, Any]:
    """Return what every page about a change shows: both versions side by side, and where its approval stands."""
    old, new = change.plan, change.new_plan
    facts: dict[str, Any] = {
        "project": change.project, "change": change, "is_money": _is_for_mentors(change), "signatures": None,
        "costs": [], "financing": [],
        "waits": change.state is ChangeState.ASKED and rules_change.may_decide(change.kind, change.project.status),
    }
    if old is not None and new is not None:
        facts |= {
            "costs": rules_change.cost_rows(old, new), "financing": rules_change.financing_rows(old, new),
            "signatures": queries_approval.signatures(new, clock.today()),
            "shifts": {each.line_id: each for each in queries_change.shifts_between(old, new)},
        }
    return facts


def _review_page(change: Change, sent: Form, **forms: Any) -> ResponseReturnValue:
    if not _is_for_mentors(change):  # the coordination answers it, on another page
        return redirect(url_for("budgets.change", change_id=change.id), 303)
    facts = _facts_of(change)
    signatures = facts["signatures"]
    for name, kind in (("approve_form", ApproveChangeForm), ("refuse_form", RefuseChangeForm)):
        form = forms.setdefault(name, kind(formdata=None))
        form.form_key.id = f"{name}_key"
    forms["approve_form"].plan_hash.data = change.new_plan.content_hash if change.new_plan else ""
    return page(
        "budgets/review_change.html", sent, mine=signatures.of(me().id),
        my_exclusion=signatures.exclusion_of(me().id), is_refusing=sent is forms["refuse_form"],
        memberships=queries_approval.memberships(me().id, signatures.concerned, clock.today()), **forms, **facts,
    )
