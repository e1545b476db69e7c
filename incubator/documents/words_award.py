"""The courtesy translation of an award notice. The binding German text stands in templates/documents/de."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from incubator.documents.models import DocumentKind
from incubator.documents.writable import said

LAW = "§§ 48, 49, 49a VwVfG, § 1 NVwVfG"


def words(d: Mapping[str, Any]) -> dict[str, Any]:
    """Return the sentences around the content, in the language spoken now."""
    return _opening(d) | _plan(d) | {
        "conditions_heading": _("Conditions (Nebenbestimmungen)"), "conditions": _conditions(d),
        "final_heading": _("When the award is final (Bestandskraft)"),
        "final": _("This notice becomes final on %(day)s if nobody objects before then. It becomes final earlier if "
                   "you declare in writing that you will not object.", day=d["final_on"]),
        "remedy_heading": _("How to object (Rechtsbehelf)"),
        "remedy": _("You can go to court against this notice within one month. The German version says where and how."),
    }


def _opening(d: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": str(DocumentKind.AWARD_NOTICE.label),
        "subject": _("Money for the project “%(project)s”", project=d["project"]),
        "reference": _("Resolution"), "application": _("Your proposal of"),
        "decision": _("%(body)s, %(day)s, %(reference)s", body=d["resolution_body"], day=d["resolution_on"],
                      reference=d["resolution_reference"]),
        "award_heading": _("The award"),
        "award": _("Because of your proposal and the resolution named above, the city awards to your project a grant "
                   "of up to"),
        "purpose_heading": _("What the money is for"),
        "purpose": _("The grant may only be used for the project, as the proposal describes it:"),
        "period_heading": _("Period"),
        "period": _("The project takes place from %(start)s to %(end)s. The period can only be made longer if you ask "
                    "before it ends.", start=d["starts_on"], end=d["ends_on"]),
        "funding_heading": _("Kind of funding"), "funding": _funding(d),
    }


def _funding(d: Mapping[str, Any]) -> str:
    return {
        "gap": _("Gap funding (Fehlbedarfsfinanzierung): the city pays what is missing after own money, money from "
                 "others and income. If the project costs less or other money is added, the grant becomes smaller by "
                 "the whole difference."),
        "proportional": _("Proportional funding (Anteilfinanzierung): the city pays at most %(share)s of the eligible "
                          "costs, and at most the awarded amount.", share=d["proportional_pct"]),
        "fixed_sum": _("Fixed sum (Festbetragsfinanzierung)."),
    }[d["funding_kind"]]


def _plan(d: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "plan_heading": _("Costs and financing"),
        "plan": _("This plan (version %(number)s) is part of the notice and binding.", number=d["plan_number"]),
        "costs_sum": _("All costs"), "financing_sum": _("All financing"),
        "hours": _("Volunteer time stands on both sides with the same value and is never paid out."),
        "payment_heading": _("How the money is paid"),
        "payment": _("The grant is paid only when you ask for it (Mittelabruf), and only once this notice is final, in "
                     "these parts:"),
        "payment_once": _("The grant is paid only when you ask for it (Mittelabruf), and only once this notice is "
                          "final."),
        "payment_simple": _("The grant is paid once this notice is final."),
        "instalment": _("Instalment"), "share": _("Share"), "when": _("When"),
        "instalment_when": {
            "at_start": _("when you ask for it, once this notice is final"),
            "at_gate": _("when you ask for it, once the agreed milestone is accepted"),
            "at_end": _("once the final report is accepted"),
        },
    }


def _conditions(d: Mapping[str, Any]) -> list[str]:
    return [each for each in (
        _("Use the money with care and economically."),
        d["pays_out"] and _("Use what was paid within %(days)s days for bills of the project. Ask only for what you "
                            "need in this time.", days=d["use_within_days"]),
        d["asks_changes"] and _("A single cost may become up to %(share)s higher if the sum stays the same. For "
                                "anything more, and for every new kind of cost, ask first (change request).",
                                share=d["shift_limit_pct"]),
        _("Contracts signed before this notice was announced cannot be paid from the grant, unless the city agreed in "
          "writing to an early start."),
        _("For orders above %(amount)s, get offers to compare and keep them.", amount=d["quotes_above"]),
        _report(d),
        _("If the final report is missing or not complete, the grant can be taken back."),
        _("Tell the city at once if you get other money, if purpose or time change, or if the project cannot go on."),
        _("Say in publications and at events that the city supports the project. The city publishes title, carrier, "
          "amount and progress."),
        d["pays_out"] and _("Two different people of the city confirm every request for money, and two people accept "
                            "the final report (four eyes). None of them belongs to the project."),
        _("Keep receipts and papers for %(years)s years after the final report. The city and its auditors may look at "
          "them.",
          years=d["retention_years"]),
        _("If the grant is taken back, the administrative procedure acts apply (%(law)s).", law=said(LAW)),
    ) if each]


def _report(d: Mapping[str, Any]) -> str:
    if d["asks_receipts"]:
        return _("Hand in the final report within %(months)s months after the purpose is met, at the latest after the "
                 "period ends: a report in words, the money in the order of the plan, and the list of receipts.",
                 months=d["report_months"])
    return _("Hand in the final report within %(months)s months after the purpose is met, at the latest after the "
             "period ends: a report in words, and the money in the order of the plan.", months=d["report_months"])
