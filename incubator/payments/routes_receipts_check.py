"""The check list: one receipt after the other with its paper beside it, with keys or without."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.budgets import queries_approval
from incubator.foundation import clock
from incubator.foundation.addresses import asked_number
from incubator.foundation.forms import ActForm, Form, me, page
from incubator.payments import operations_receipts as operations
from incubator.payments import queries_receipts as queries
from incubator.payments.forms_receipts import BeginForm, CutForm, QuestionForm, ReopenForm, name_of
from incubator.payments.models_receipts import Receipt
from incubator.payments.routes_frame import bp
from incubator.payments.rules_receipts import CHECKING
from incubator.policy import Act
from incubator.projects.models import Project


@bp.route("/desk/projects/<int:project_id>/receipts/check", methods=["GET", "POST"])
@guard(Act.CHECK_RECEIPT, project=queries.project)
def check(project: Project) -> ResponseReturnValue:
    form = BeginForm()
    if form.submitted() and form.carry_out(operations.begin_check, project, me(), form.no_conflict.data):
        flash(_("Thank you. You can check now."))
        return redirect(url_for("payments.check", project_id=project.id), 303)
    return _check_page(project, form, begin=form, chosen=asked_number("receipt"))


@bp.route("/desk/projects/<int:project_id>/receipts/conflict", methods=["GET", "POST"])
@guard(Act.CHECK_RECEIPT, project=queries.project)
def receipt_conflict(project: Project) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations.step_aside, project, me()):
        flash(_("Thank you. Somebody else will check these receipts."))
        return redirect(url_for("payments.check", project_id=project.id), 303)
    return _check_page(project, form, chosen=None, conflict=form)


@bp.route("/desk/receipts/<int:receipt_id>/accept", methods=["GET", "POST"])
@guard(Act.CHECK_RECEIPT, receipt=queries.receipt)
def accept_receipt(receipt: Receipt) -> ResponseReturnValue:
    form = ActForm()
    return _decide(receipt, form, "accept", _("Accepted."),
                   lambda: operations.accept(receipt, me(), no_conflict=False))


@bp.route("/desk/receipts/<int:receipt_id>/cut", methods=["GET", "POST"])
@guard(Act.CHECK_RECEIPT, receipt=queries.receipt)
def cut_receipt(receipt: Receipt) -> ResponseReturnValue:
    form = CutForm()
    return _decide(receipt, form, "cut", _("Cut. The team gets a letter with your reason."),
                   lambda: operations.cut(receipt, me(), **form.values(), no_conflict=False))


@bp.route("/desk/receipts/<int:receipt_id>/question", methods=["GET", "POST"])
@guard(Act.CHECK_RECEIPT, receipt=queries.receipt)
def ask_receipt(receipt: Receipt) -> ResponseReturnValue:
    form = QuestionForm()
    return _decide(receipt, form, "question", _("Your question is on its way to the team."),
                   lambda: operations.ask_back(receipt, me(), form.question.data, no_conflict=False))


@bp.route("/desk/receipts/<int:receipt_id>/reopen", methods=["GET", "POST"])
@guard(Act.CHECK_RECEIPT, receipt=queries.receipt)
def reopen_receipt(receipt: Receipt) -> ResponseReturnValue:
    form = ReopenForm()
    if form.submitted() and form.carry_out(operations.reopen, receipt, me(), form.reason.data):
        flash(_("The receipt waits to be checked again."))
        return redirect(url_for("payments.check", project_id=receipt.project_id, receipt=receipt.id), 303)
    return page("payments/receipt_reopen.html", form, project=receipt.project, receipt=receipt)


def _decide(
    receipt: Receipt, form: Form, name: str, done: str, operation: Callable[[], Any],
) -> ResponseReturnValue:
    """Carry out one decision and go on to the receipt that comes after it in the list.

    What somebody else has decided meanwhile is no longer in the list: then the receipt's own page says what it is.
    """
    project = receipt.project
    if form.submitted():
        following = _after(receipt)
        if form.carry_out(operation):
            flash(done)
            return redirect(url_for("payments.check", project_id=project.id, receipt=following), 303)
    if receipt.state not in queries.UNCHECKED:
        for sentence in form.form_errors:
            flash(sentence, "warning")
        return redirect(url_for("payments.receipt", receipt_id=receipt.id), 303)
    return _check_page(project, form, chosen=receipt.id, **{name: form})


def _after(receipt: Receipt) -> int | None:
    """Return the number of the next receipt of the list; after the last one, of the first."""
    numbers = [each.id for each in queries.unchecked([receipt.project_id])]
    if receipt.id not in numbers:
        return None
    place = numbers.index(receipt.id)
    others = numbers[place + 1:] + numbers[:place]
    return others[0] if others else None


def _check_page(project: Project, sent: Form, *, chosen: int | None, **forms: Form) -> ResponseReturnValue:
    """Draw the list and the chosen receipt beside it; `forms` holds the one that was sent, the others are fresh."""
    looked = queries.looked(project)
    place = next((at for at, each in enumerate(looked) if each.receipt.id == chosen), 0)
    kinds = {"begin": BeginForm, "conflict": ActForm, "accept": ActForm, "cut": CutForm, "question": QuestionForm}
    for name, kind in kinds.items():
        if name not in forms:
            forms[name] = kind(formdata=None)
        forms[name].form_key.id = f"{name}_key"  # type: ignore[attr-defined]
    exclusion = queries_approval.exclusion_from(Act.CHECK_RECEIPT, project, me().id, clock.today())
    return page(
        "payments/receipt_check.html", sent, project=project, looked=looked, name_of=name_of,
        current=looked[place] if looked else None, place=place, exclusion=exclusion, forms=forms,
        previous=looked[place - 1].receipt.id if place else None,
        following=looked[place + 1].receipt.id if place + 1 < len(looked) else None,
        may_decide=exclusion is None and queries.has_declared_today(project.id, me(), clock.now()),
        is_open=project.status in CHECKING,
    )
