"""Changes of what was awarded, as the team asks for them."""

from collections.abc import Iterator
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from incubator.access import guard
from incubator.budgets import operations_change, queries, queries_change, rules_change
from incubator.budgets.forms import SPARE_ROWS, drawn_from
from incubator.budgets.forms_change import AskBudgetForm, AskEarlyStartForm, AskTimeForm, ShiftForm
from incubator.budgets.models import CostKind, Plan
from incubator.budgets.models_change import ChangeKind, ChangeState
from incubator.budgets.routes_frame import bp, changing_of, facts_of
from incubator.foundation import clock, language, money
from incubator.foundation.errors import RuleBroken
from incubator.foundation.forms import Form, me, page
from incubator.policy import Act
from incubator.projects.models import Project
from incubator.projects.queries import project as load


@bp.route("/desk/projects/<int:project_id>/changes")
@guard(Act.SEE_BUDGET, project=load)
def changes(project: Project) -> ResponseReturnValue:
    return page("budgets/changes.html", project=project, **changing_of(project))


@bp.route("/desk/projects/<int:project_id>/budget/shift", methods=["GET", "POST"])
@guard(Act.ASK_CHANGE, project=load)
def shift(project: Project) -> ResponseReturnValue:
    """Say first what a shift means; only what the person was told is then carried out."""
    plan = queries.current_plan(project.id)
    rows = [] if plan is None else queries_change.shifts(plan)
    form = ShiftForm(data={"version": queries.edition(plan), "lines": [
        {"line_id": row.line_id, "amount": row.now} for row in rows]})
    meaning = None
    if plan is not None and form.submitted() and (meaning := _meaning(project, plan, form)):
        if form.seen.data == meaning and form.carry_out(
            operations_change.shift, project, me(), lines=form.amounts(), reason=form.reason.data,
            version=form.version.data,
        ):
            return _after_shift(project, form)
        meaning = None if form.errors else meaning
    form.seen.raw_data, form.seen.data = None, meaning or ""
    return _shift_page(project, plan, form, meaning)


def _meaning(project: Project, plan: Plan, form: ShiftForm) -> str | None:
    """Return “noted” or “asked”; what cannot be is said above the form. A form sent twice is not weighed again."""
    if form.seen.data and form.version.data != queries.edition(plan):
        return str(form.seen.data)
    shifts = queries_change.shifts(plan, form.amounts())
    try:
        rules_change.demand_shift(shifts, form.amounts())
        is_large = rules_change.needs_consent(shifts, project.round.shift_limit_pct)
        if is_large and not project.round.asks_changes:
            raise RuleBroken(rules_change.too_much(project.round.shift_limit_pct))
    except RuleBroken as broken:
        form.refuse(broken)
        return None
    return "asked" if is_large else "noted"


def _after_shift(project: Project, form: ShiftForm) -> ResponseReturnValue:
    change = queries_change.change(form.outcome.id)
    if change.state is ChangeState.NOTED:
        flash(_("The shift is noted. You can use the money this way from now on."))
    else:
        flash(_("The request was sent. Please wait for your city mentor before you spend more on these lines."))
    return redirect(url_for("budgets.change", change_id=change.id), 303)


def _shift_page(project: Project, plan: Plan | None, form: ShiftForm, meaning: str | None) -> ResponseReturnValue:
    shifts = [] if plan is None else queries_change.shifts(plan, [
        (number, cents) for number, cents in form.amounts() if cents is not None])
    lines = {} if plan is None else {line.root_id: line for line in plan.costs}
    fixed = [line for line in lines.values() if line.kind is CostKind.VOLUNTEER_TIME]
    now_cents = sum(each.now for each in shifts)
    drawn = [(lines[each.line_id], each, row) for each, row in _beside(shifts, form)]
    return page(
        "budgets/shift.html", form, project=project, plan=plan, drawn=drawn, fixed=fixed, meaning=meaning,
        limit=project.round.shift_limit_pct, warning=project.round.shift_warning_pct,
        now_cents=now_cents, wanted_cents=now_cents + rules_change.difference(shifts),
        now_plain=money.plain(now_cents, language.current().code),
        waits=queries_change.open_change(project.id), is_possible=_is_possible(project, ChangeKind.SHIFT),
    )


def _beside(shifts: list[rules_change.Shift], form: ShiftForm) -> Iterator[tuple[rules_change.Shift, Any]]:
    """Put what was typed beside its line; where a row no longer says whose it is, by its place."""
    rows = [row.form for row in form.lines]
    known = {row.line_id.data: row for row in rows}
    for place, shift in enumerate(shifts):
        row = known.get(shift.line_id) or (rows[place] if place < len(rows) else None)
        if row is not None:
            row.line_id.raw_data, row.line_id.data = None, shift.line_id
            yield shift, row


@bp.route("/desk/projects/<int:project_id>/changes/budget", methods=["GET", "POST"])
@guard(Act.ASK_CHANGE, project=load)
def ask_budget(project: Project) -> ResponseReturnValue:
    _refuse_hidden(project)
    plan = queries.current_plan(project.id)
    form = AskBudgetForm(data=drawn_from(plan, queries.edition(plan)))
    rate = project.round.volunteer_rate_cents
    if "add" in request.form:
        form.add_rows(SPARE_ROWS)
    else:
        if request.method == "GET":
            form.add_rows(SPARE_ROWS)
        if plan is not None and form.submitted() and form.carry_out(
            operations_change.ask_budget, project, me(), costs=form.changed_lines(plan),
            financing=form.financing_lines(rate), explanation=form.explanation.data, reason=form.reason.data,
            version=form.version.data,
        ):
            return _asked(form)
    return page(
        "budgets/ask_budget.html", form, written=form.figures(rate), award=queries.award_of(project.id),
        waits=queries_change.open_change(project.id), is_possible=_is_possible(project, ChangeKind.BUDGET),
        **facts_of(project, plan),
    )


@bp.route("/desk/projects/<int:project_id>/changes/time", methods=["GET", "POST"])
@guard(Act.ASK_CHANGE, project=load)
def ask_time(project: Project) -> ResponseReturnValue:
    _refuse_hidden(project)
    form = AskTimeForm()
    if form.submitted() and form.carry_out(operations_change.ask_time, project, me(), **form.values()):
        return _asked(form)
    ends_on = project.ends_on or project.round.period_until
    return page(
        "budgets/ask_time.html", form, project=project, ends_on=ends_on,
        is_over=ends_on is None or ends_on < clock.today(), is_possible=_is_possible(project, ChangeKind.PERIOD),
        waits=queries_change.open_of_kind(project.id, ChangeKind.PERIOD),
    )


@bp.route("/desk/projects/<int:project_id>/changes/early-start", methods=["GET", "POST"])
@guard(Act.ASK_CHANGE, project=load)
def ask_early_start(project: Project) -> ResponseReturnValue:
    _refuse_hidden(project)
    form = AskEarlyStartForm()
    if form.submitted() and form.carry_out(operations_change.ask_early_start, project, me(), **form.values()):
        return _asked(form)
    return page(
        "budgets/ask_early_start.html", form, project=project,
        is_possible=_is_possible(project, ChangeKind.EARLY_START),
        waits=queries_change.open_of_kind(project.id, ChangeKind.EARLY_START),
    )


def _is_possible(project: Project, kind: ChangeKind) -> bool:
    return rules_change.may_ask(kind, project.status)


def _refuse_hidden(project: Project) -> None:
    """What the round has switched off is no page."""
    if not project.round.asks_changes:
        raise NotFound()


def _asked(form: Form) -> ResponseReturnValue:
    flash(_("The request was sent. You get a letter with the answer."))
    return redirect(url_for("budgets.change", change_id=form.outcome.id), 303)
