"""The list of receipts as a table for spreadsheets, in which no cell can act as a formula."""

from collections.abc import Iterable

import flask
from flask_babel import gettext as _

from incubator.foundation import language, money, tables
from incubator.payments.forms_receipts import name_of
from incubator.payments.models_receipts import Receipt
from incubator.projects.models import Project


def table(project: Project, receipts: Iterable[Receipt]) -> flask.Response:
    names = [
        _("Receipt"), _("Number"), _("Paid on"), _("Paid to"), _("What for"), _("Line of the budget"), _("Amount"),
        _("Amount accepted"), _("State"), _("Reason for the cut")]
    answer = flask.Response(tables.written([names, *map(_row, receipts)]), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="receipts-{project.slug}.csv"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _row(receipt: Receipt) -> list[object]:
    code = language.current().code
    accepted = "" if receipt.accepted_cents is None else money.plain(receipt.accepted_cents, code)
    cut = receipt.note if receipt.state.value == "cut" else ""
    return [
        receipt.id, receipt.number, receipt.paid_on.isoformat(), receipt.payee, receipt.reason, name_of(receipt.line),
        money.plain(receipt.amount_cents, code), accepted, receipt.state.label, cut]
