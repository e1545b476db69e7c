"""The courtesy translation of a request for money. The binding German text stands in templates/documents/de."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from incubator.documents.models import DocumentKind


def words(d: Mapping[str, Any]) -> dict[str, Any]:
    """Return the sentences around the content, in the language spoken now."""
    return {
        "title": str(DocumentKind.FUNDS_REQUEST.label),
        "subject": _("for the project “%(project)s”", project=d["project"]),
        "request_number": _("Request number"), "notice": _("Award notice"),
        "notice_of": _("%(number)s of %(day)s", number=d["notice_number"], day=d["notice_on"]),
        "asked_by": _("Asked for by"),
        "request_heading": _("What we ask for"),
        "request": _("We ask the city to pay this part of the grant to the account of our carrier organisation:"),
        "needed_by": _("Needed by"), "instalment": _("Instalment"), "gate": _("Milestone"),
        "purpose_heading": _("What the money is for"),
        "overview_heading": _("The grant so far"), "item": _("What"),
        "award": _("Amount awarded"), "paid_before": _("Paid before"),
        "this": _("This request"), "left": _("Left afterwards"),
        "declaration_heading": _("What we declare"),
        "declaration": _("We use the money within %(days)s days for bills of the project. No report is overdue. We "
                         "keep all receipts.", days=d["use_within_days"]),
        "check_heading": _("For the city to fill in"), "factual": _("Factually correct (sachlich richtig)"),
        "arithmetic": _("Arithmetically correct (rechnerisch richtig)"), "paid": _("Paid on"),
    }
