"""The lists the office takes along: which there are, and what their columns are called."""

import enum
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.opendata.fields import Field, Kind


class List(enum.StrEnum):
    PROJECTS = "projects"
    PAYMENTS = "payments"
    RECEIPTS = "receipts"
    LEDGER = "ledger"

    @property
    def label(self) -> str:
        return LIST_LABELS[self]


LIST_LABELS = {
    List.PROJECTS: _l("Projects with their money"),
    List.PAYMENTS: _l("Payments, and money given back"),
    List.RECEIPTS: _l("Receipts"),
    List.LEDGER: _l("The whole ledger, entry by entry"),
}


class Form(enum.StrEnum):
    XLSX = "xlsx"
    ODS = "ods"
    CSV = "csv"

    @property
    def label(self) -> str:
        return FORM_LABELS[self]


FORM_LABELS = {Form.XLSX: _l("For Excel (XLSX)"), Form.ODS: _l("For LibreOffice (ODS)"), Form.CSV: _l("Plain (CSV)")}


@dataclass(frozen=True)
class Column:
    """A column with its heading, in the language of whoever takes the list along."""

    field: Field
    label: Any


def _column(name: str, kind: Kind, label: Any) -> Column:
    return Column(Field(name, kind, name, name), label)


PROJECT = _column("project", Kind.TEXT, _l("Project"))
ROUND = _column("round", Kind.TEXT, _l("Round"))
ENTRY = (
    PROJECT, ROUND,
    _column("on", Kind.DAY, _l("Day")),
    _column("kind", Kind.TEXT, _l("Kind of entry")),
    _column("amount", Kind.AMOUNT, _l("Amount")),
    _column("line", Kind.TEXT, _l("Line of the budget")),
    _column("instalment", Kind.NUMBER, _l("Instalment")),
    _column("reference", Kind.TEXT, _l("Reference")),
    _column("number", Kind.NUMBER, _l("Number of the entry")),
    _column("corrects", Kind.NUMBER, _l("Corrects the entry")),
)
COLUMNS: dict[List, tuple[Column, ...]] = {
    List.PROJECTS: (
        PROJECT, ROUND,
        _column("status", Kind.TEXT, _l("State")),
        _column("theme", Kind.TEXT, _l("Theme")),
        _column("district", Kind.TEXT, _l("District")),
        _column("carrier", Kind.TEXT, _l("Carrier")),
        _column("starts_on", Kind.DAY, _l("Begins on")),
        _column("ends_on", Kind.DAY, _l("Ends on")),
        _column("report_due_on", Kind.DAY, _l("Final report due on")),
        _column("notice_number", Kind.TEXT, _l("Number of the notice")),
        _column("asked", Kind.AMOUNT, _l("Amount asked for")),
        _column("awarded", Kind.AMOUNT, _l("Amount awarded")),
        _column("paid", Kind.AMOUNT, _l("Paid out")),
        _column("spent", Kind.AMOUNT, _l("Spent")),
        _column("proved", Kind.AMOUNT, _l("Proved by receipts")),
        _column("returned", Kind.AMOUNT, _l("Given back")),
    ),
    List.PAYMENTS: ENTRY,
    List.LEDGER: ENTRY,
    List.RECEIPTS: (
        PROJECT, ROUND,
        _column("number", Kind.TEXT, _l("Number")),
        _column("paid_on", Kind.DAY, _l("Paid on")),
        _column("payee", Kind.TEXT, _l("Paid to")),
        _column("reason", Kind.TEXT, _l("What for")),
        _column("line", Kind.TEXT, _l("Line of the budget")),
        _column("amount", Kind.AMOUNT, _l("Amount")),
        _column("accepted", Kind.AMOUNT, _l("Amount accepted")),
        _column("state", Kind.TEXT, _l("State")),
        _column("note", Kind.TEXT, _l("Reason for the cut")),
    ),
}
EVERYTHING = ("coordinator", "auditor")  # who sees every project on pages; others see those they take part in
