"""A team's receipts: the list, a new one, and one of them with its papers and all that was said."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation.addresses import asked_text
from incubator.foundation.forms import ActForm, me, page
from incubator.media import waiting
from incubator.media.routes import answer_with
from incubator.payments import exports_receipts
from incubator.payments import operations_receipts as operations
from incubator.payments import queries_receipts as queries
from incubator.payments.forms_receipts import AnswerForm, CorrectForm, ReceiptForm, name_of
from incubator.payments.models_receipts import Receipt, ReceiptState
from incubator.payments.queries_receipts import ShownPaper
from incubator.payments.routes_frame import bp
from incubator.payments.rules_receipts import ENTERING, flag_line
from incubator.policy import Act
from incubator.projects.models import Project


@bp.route("/desk/projects/<int:project_id>/receipts")
@guard(Act.SEE_MONEY, project=queries.project)
def receipts(project: Project) -> ResponseReturnValue:
    state = _state()
    uses, counts = queries.line_uses(project), queries.counts(project.id)
    looked = queries.looked(project, queries.receipts(project.id, state), uses)
    return page(
        "payments/receipts.html", project=project, state=state, uses=uses, counts=counts, looked=looked,
        states=[each for each in ReceiptState if counts.get(each)], is_open=project.status in ENTERING,
        waiting=sum(counts.get(each, 0) for each in queries.UNCHECKED), line_flags=flags_of(uses), name_of=name_of,
    )


@bp.route("/desk/projects/<int:project_id>/receipts.csv")
@guard(Act.SEE_MONEY, project=queries.project)
def receipts_csv(project: Project) -> ResponseReturnValue:
    return exports_receipts.table(project, queries.receipts(project.id, _state()))


def _state() -> ReceiptState | None:
    """Read the state behind the question mark; what is no state is as if it were not there."""
    asked = asked_text("state", 20)
    return ReceiptState(asked) if asked in list(ReceiptState) else None


def flags_of(uses: list[Any]) -> list[tuple[Any, Any]]:
    """Return the lines that warn or have reached their wall, each with what is to be said."""
    return [(use, flag) for use in uses if use.spent and (flag := flag_line(use))]


@bp.route("/desk/projects/<int:project_id>/receipts/new", methods=["GET", "POST"])
@guard(Act.ENTER_RECEIPT, project=queries.project)
def enter_receipt(project: Project) -> ResponseReturnValue:
    form = ReceiptForm()
    form.offer_lines(queries.line_uses(project))
    if waiting.receive(form, me(), project_id=project.id) and form.carry_out(
        operations.enter, project, me(), **form.values()
    ):
        flash(_("Receipt saved."))
        return redirect(url_for("payments.receipt", receipt_id=form.outcome.id), 303)
    return page("payments/receipt_enter.html", form, project=project, is_open=project.status in ENTERING)


@bp.route("/desk/receipts/<int:receipt_id>")
@guard(Act.SEE_MONEY, receipt=queries.receipt)
def receipt(receipt: Receipt) -> ResponseReturnValue:
    return _receipt_page(receipt, AnswerForm())


@bp.route("/desk/receipts/<int:receipt_id>/answer", methods=["GET", "POST"])
@guard(Act.ENTER_RECEIPT, receipt=queries.receipt)
def answer_receipt(receipt: Receipt) -> ResponseReturnValue:
    form = AnswerForm()
    if form.submitted() and form.carry_out(operations.answer, receipt, me(), form.answer.data):
        flash(_("Thank you. Your answer is with the city mentor."))
        return redirect(url_for("payments.receipt", receipt_id=receipt.id), 303)
    return _receipt_page(receipt, form)


def _receipt_page(receipt: Receipt, form: AnswerForm) -> ResponseReturnValue:
    project = receipt.project
    return page(
        "payments/receipt.html", form, project=project, receipt=receipt, history=queries.history(receipt),
        looked=queries.looked(project, [receipt])[0], is_open=project.status in ENTERING, name_of=name_of,
    )


@bp.route("/desk/receipts/<int:receipt_id>/correct", methods=["GET", "POST"])
@guard(Act.ENTER_RECEIPT, receipt=queries.receipt)
def correct_receipt(receipt: Receipt) -> ResponseReturnValue:
    project, form = receipt.project, CorrectForm(obj=_as_entered(receipt))
    form.offer_lines(queries.line_uses(project))
    form.kept.choices = [(each.id, f"\u2068{each.paper.file_name}\u2069") for each in receipt.papers]
    if request.method == "GET":
        form.kept.data = [each.id for each in receipt.papers]
    if waiting.receive(form, me(), project_id=project.id) and form.carry_out(
        operations.correct, receipt, me(), **form.values()
    ):
        flash(_("Receipt corrected. The old entry stays readable as taken back."))
        return redirect(url_for("payments.receipt", receipt_id=form.outcome.id), 303)
    return page("payments/receipt_correct.html", form, project=project, receipt=receipt)


def _as_entered(receipt: Receipt) -> Any:
    """Give a form what was entered, without the papers: those are no files to be sent again."""
    names = ("amount_cents", "paid_on", "payee", "reason", "line_id", "number", "contracted_on", "offers_note")
    return type("Entered", (), {name: getattr(receipt, name) for name in names})()


@bp.route("/desk/receipts/<int:receipt_id>/withdraw", methods=["GET", "POST"])
@guard(Act.ENTER_RECEIPT, receipt=queries.receipt)
def withdraw_receipt(receipt: Receipt) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations.withdraw, receipt, me()):
        flash(_("The receipt was taken back."))
        return redirect(url_for("payments.receipts", project_id=receipt.project_id), 303)
    return page("payments/receipt_withdraw.html", form, project=receipt.project, receipt=receipt)


@bp.route("/desk/receipts/papers/<string(length=32):paper_key>")
@guard(Act.SEE_MONEY, hidden=True, paper=queries.paper)
def paper(paper: ShownPaper) -> ResponseReturnValue:
    return answer_with(paper.paper, small=request.args.get("size") == "small")
