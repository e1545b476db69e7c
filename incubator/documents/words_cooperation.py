"""The courtesy translation of a cooperation agreement. The binding German text stands in templates/documents/de."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from incubator.documents.models import DocumentKind


def words(d: Mapping[str, Any]) -> dict[str, Any]:
    """Return the sentences around the content, in the language spoken now."""
    return {
        "title": str(DocumentKind.COOPERATION_AGREEMENT.label),
        "subject": _("for the project “%(project)s”", project=d["project"]),
        "parties_heading": _("Who agrees"), "partner": _("Partner"),
        "roles_heading": _("How the partner takes part"),
        "period_heading": _("How long"),
        "period": _("The cooperation begins on %(day)s and ends when the project is completed.", day=d["date"]),
        "planned": _("The project is planned from %(start)s to %(end)s.", start=d["starts_on"], end=d["ends_on"]),
        "ended": _("It has ended on %(day)s.", day=d["ended_on"]),
        "pledges_heading": _("What the partner promises"),
        "pledges": _("The partner has confirmed these promises; the project plans with them."),
        "nothing": _("The partner has not promised anything in particular yet. What it promises later is confirmed in "
                     "writing and belongs to this agreement."),
        "what": _("What"), "much": _("How much"), "when": _("When"), "value": _("Value"),
        "valued": _("Values follow the rules of the round; nothing but money is paid."),
        "duties_heading": _("What both sides do"),
        "duties": [
            _("The project says in time when and where it needs what was promised, and writes down what came."),
            _("The partner says at once if it cannot keep a promise."),
            _("The names of both and the promises stand on the project’s public page; personal data does not."),
            _("Each side bears its own costs; this agreement founds no company and no employment."),
        ],
        "end_heading": _("How it ends"),
        "end": _("Each side may end the cooperation at any time and says why. For each promise that is still open it "
                 "is written down whether it stays until its end or is taken back. If money is taken back on which "
                 "the budget counts, the coordination of the city is told."),
    }
