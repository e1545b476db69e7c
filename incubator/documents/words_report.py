"""The courtesy translation of a final report. The binding German text stands in templates/documents/de."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from incubator.documents.models import DocumentKind


def words(d: Mapping[str, Any]) -> dict[str, Any]:
    """Return the sentences around the content, in the language spoken now."""
    return {
        "title": str(DocumentKind.FINAL_REPORT.label),
        "subject": _("for the project “%(project)s”", project=d["project"]),
        "notice": _("Award notice"), "notice_of": _("%(number)s of %(day)s", number=d["number"], day=d["notice_on"]),
        "period": _("Period"), "from_to": _("%(start)s to %(end)s", start=d["starts_on"], end=d["ends_on"]),
        "award": _("Amount awarded"),
        "report_heading": _("1. Report in words (Sachbericht)"),
        "statement_heading": _("2. The money (zahlenmäßiger Nachweis)"),
        "planned": _("In the plan"), "real": _("In fact"),
        "costs_sum": _("All costs"), "financing_sum": _("All financing"),
        "receipts_heading": _("3. List of receipts (Belegliste)"), "no_receipts": _("There are no receipts."),
        "receipt": _("Receipt number"), "paid_on": _("Paid on"), "payee": _("To whom"), "reason": _("For what"),
        "declaration_heading": _("What we declare"),
        "declaration": _("We declare that what stands here is complete and true, that the costs were necessary, and "
                         "that the money was used with care."),
        "hash": _("Checksum of the figures"),
    }
