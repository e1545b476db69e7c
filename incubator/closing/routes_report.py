"""The final report as its lead writes it, looks at it and hands it in, and as everybody inside reads it."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.budgets.models import FinancingKind
from incubator.closing import forms, operations, queries, rules, rules_statement
from incubator.closing.forms import ReportForm, SubmitForm
from incubator.closing.models import FinalReport
from incubator.closing.operations_report import drawn_from
from incubator.closing.routes_frame import back, bp, facts_of
from incubator.closing.rules_statement import Statement
from incubator.foundation.forms import Form, me, page
from incubator.partners import queries as partners
from incubator.payments import queries as payments
from incubator.policy import Act
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project
from incubator.projects.queries import project as load


@bp.route("/desk/projects/<int:project_id>/report", methods=["GET", "POST"])
@guard(Act.SUBMIT_REPORT, project=load)
def report(project: Project) -> ResponseReturnValue:
    """Keep what is written, complete or not; then write on, or look at everything before handing it in."""
    if project.status is not Status.REPORTING and request.method == "GET":
        return redirect(url_for("closing.read", project_id=project.id), 303)
    kept = queries.report(project.id)
    statement = queries.statement_with(project, kept)
    form = _drawn(project, kept, statement)
    if form.submitted() and form.carry_out(
        operations.save_report, project, me(), answers=form.answers, spent=form.spent, version=form.version.data,
        **form.money(),
    ):
        flash(_("The report was saved as a draft. You can go on at any time."))
        then = "closing.preview" if request.form.get("then") == "look" else "closing.report"
        return redirect(url_for(then, project_id=project.id), 303)
    return page("closing/report.html", form, pledged_cents=partners.confirmed_money(project.id),
                **facts_of(project, kept, statement))


def _drawn(project: Project, kept: FinalReport | None, statement: Statement) -> ReportForm:
    """Draw the form from the draft, or the first time from the plan."""
    by_hand = () if project.round.asks_receipts else statement.cash
    data = {**drawn_from(kept), "version": kept.version} if kept is not None else _planned(project, statement)
    return forms.build(rules.questions(project.round.report_questions), by_hand, data=data)


def _planned(project: Project, statement: Statement) -> dict[str, int]:
    planned = {source.kind: source.planned for source in statement.sources}
    plan = payments.plan_in_force(project.id)
    return {
        "version": 0, "own_funds_cents": planned.get(FinancingKind.OWN_FUNDS, 0),
        "third_party_cents": planned.get(FinancingKind.THIRD_PARTY, 0),
        "income_cents": planned.get(FinancingKind.INCOME, 0),
        "volunteer_hours": sum(line.hours or 0 for line in plan.costs) if plan is not None else 0,
    }


@bp.route("/desk/projects/<int:project_id>/report/preview", methods=["GET", "POST"])
@guard(Act.SUBMIT_REPORT, project=load)
def preview(project: Project) -> ResponseReturnValue:
    form = SubmitForm()
    sent = {"nothing_spent": form.nothing_spent.data, "statement_hash": form.statement_hash.data or None}
    if form.submitted() and form.carry_out(operations.submit_report, project, me(), **sent):
        flash(_("The final report is with your mentor. Thank you for all your work!"))
        return back(project)
    return _preview_page(project, form)


def _preview_page(project: Project, form: Form) -> ResponseReturnValue:
    kept = queries.report(project.id)
    statement = queries.statement_with(project, kept)
    waits = project.status is Status.REPORTING and kept is not None
    form["statement_hash"].data = rules_statement.frozen(statement, queries.by_hand(kept))[1]
    return page("closing/preview.html", form, waits=waits, missing=queries.missing(project, kept),
                **facts_of(project, kept, statement))


@bp.route("/desk/projects/<int:project_id>/report/read")
@guard(Act.SEE_PROJECT, project=load)
def read(project: Project) -> ResponseReturnValue:
    kept = queries.report(project.id)
    return page("closing/read.html", sent=kept is not None and kept.submitted_at is not None,
                recovery=queries.recovery(project.id), **facts_of(project, kept))
