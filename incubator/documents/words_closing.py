"""The courtesy translation of a closing notice. The binding German text stands in templates/documents/de."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from incubator.documents.models import DocumentKind


def words(d: Mapping[str, Any]) -> dict[str, Any]:
    """Return the sentences around the content, in the language spoken now."""
    return {
        "title": str(DocumentKind.CLOSING_NOTICE.label),
        "subject": _("for the project “%(project)s”", project=d["project"]),
        "notice": _("Award notice"), "notice_of": _("%(number)s of %(day)s", number=d["number"], day=d["notice_on"]),
        "report_of": _("Final report of"),
        "result_heading": _("Result of the check"),
        "result": _("The city has checked your final report and accepts it. The grant is set at this amount:"),
        "figures_heading": _("The figures"), "item": _("What"), "award": _("Amount awarded"), "paid": _("Paid out"),
        "returned": _("Given back"), "eligible": _("Grant after the check"),
        "cuts_heading": _("Receipts that were not accepted in full"), "payee": _("Receipt"), "why": _("Reason"),
        "receipt_amount": _("Amount"), "accepted": _("Amount accepted"), "cut": _("Amount not accepted"),
        "note_heading": _("Note of the check"),
        "recovery_heading": _("Money back"), "recovery": _recovery(d["recovery"]),
        "interest": _("of this, interest"), "nothing": _("Nothing has to be given back."),
        "keep_heading": _("What to keep"),
        "keep": _("Keep all receipts and papers for %(years)s years.", years=d["retention_years"]),
        "thanks": _thanks(d["is_completed"]),
        "remedy_heading": _("How to object (Rechtsbehelf)"),
        "remedy": _("You can go to court against this notice within one month. The German version says where and how."),
    }


def _thanks(is_completed: bool) -> str:
    if is_completed:
        return _("With this the project is completed. Thank you for everything you have done for the city!")
    return _("The project is completed once this is settled. Thank you for everything you have done for the city!")


def _recovery(recovery: Mapping[str, str] | None) -> str:
    if recovery is None:
        return ""
    facts = {"amount": recovery["total"]}
    return {
        "asked": _("%(amount)s must be given back to the city by %(day)s.", **facts, day=recovery["due_on"]),
        "returned": _("%(amount)s were given back to the city on %(day)s.", **facts, day=recovery["settled_on"]),
        "waived": _("The city does not ask for %(amount)s back: %(reason)s", **facts, reason=recovery["reason"]),
    }[recovery["state"]]
