"""The courtesy translation of a mentoring agreement. The binding German text stands in templates/documents/de."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from incubator.documents.models import DocumentKind


def words(d: Mapping[str, Any]) -> dict[str, Any]:
    """Return the sentences around the content, in the language spoken now."""
    return {
        "title": str(DocumentKind.MENTORING_AGREEMENT.label),
        "subject": _("for the project “%(project)s”", project=d["project"]),
        "parties_heading": _("Who agrees"),
        "aim_heading": _("What mentoring is for"),
        "aim": _("The city mentor advises the project team from the idea to the closing: about the plan, the budget, "
                 "the milestones, and the way through the administration. The team decides about its project itself."),
        "period_heading": _("How long"),
        "period": _("Mentoring begins on %(day)s and ends when the project is completed.", day=d["date"]),
        "planned": _("The project is planned from %(start)s to %(end)s.", start=d["starts_on"], end=d["ends_on"]),
        "rhythm_heading": _("How often"),
        "rhythm": _("Both sides talk when they need to, and at least every %(days)s days. What was agreed is noted: "
                    "what, who, by when.", days=d["silence_days"]),
        "language_heading": _("Language"),
        "language_text": _("The team speaks %(language)s. If somebody needs an interpreter, the mentor asks the "
                           "coordination.",
                           language=d["spoken"]),
        "confidence_heading": _("Confidentiality"),
        "confidence": _("What is said stays between the team, the mentor and the coordination. The public only sees "
                        "how many talks there were. Nobody is asked about health, residence status or religion."),
        "limits_heading": _("What mentoring is not"),
        "limits": [
            _("The mentor gives no legal or tax advice."),
            _("The mentor cannot promise any decision of the city."),
            _("The mentor does not do the work of the team, and takes no money or gifts."),
        ],
        "conflict_heading": _("Conflict of interest"),
        "conflict": _("On accepting, on %(day)s, the mentor declared that there is no conflict of interest. If one "
                      "comes up later, the mentor says so at once and steps aside.", day=d["date"]),
        "agreed_period": _("%(start)s to %(end)s", start=(d["agreed"] or {}).get("starts_on", ""),
                           end=(d["agreed"] or {}).get("ends_on", "")),
        "signed_heading": _("Signatures"),
        "signed_text": _("Signed in the program, after reading. The fingerprint (SHA-256) of the agreed words, "
                         "version %(number)s:", number=(d["agreed"] or {}).get("number", "")),
        "end_heading": _("How it ends"),
        "end": _("Each side may end the mentoring at any time by telling the coordination why. Open steps are handed "
                 "over to the next mentor."),
    }
