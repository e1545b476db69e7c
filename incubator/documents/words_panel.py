"""The courtesy translation of a panel's minutes. The binding German text stands in templates/documents/de."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import pgettext


def words(d: Mapping[str, Any]) -> dict[str, Any]:
    """Return the sentences around the content, in the language spoken now."""
    return {
        "title": _("Minutes of the panel"), "meeting": _("Panel meets"), "as_of": _("As of"),
        "members_heading": _("Who scored"), "name": pgettext("of a person", "Name"), "sheets": _("Sheets that count"),
        "nobody": _("Nobody was named for the panel."),
        "absent_heading": _("Who did not take part"),
        "absent": _("Because of a conflict of interest these members took no part in scoring the project:"),
        "nobody_absent": _("Nobody had to stay away because of a conflict of interest."),
        "disclosed": _("Plain memberships were disclosed; they are no obstacle:"),
        "criteria_heading": _("What was looked at"),
        "criteria": _("Each criterion got 0 to %(most)s points, each with a reason.", most=d["most"]),
        "criterion": _("Criterion"), "weight": _("Weight"),
        "ranking_heading": _("Ranking"),
        "ranking": _("The points are the mean of the weighted means of all sheets that count. Equal points: more "
                     "sheets first, then the earlier day of receipt, then a lot drawn by the coordination."),
        "open": _("The panel still scores; the ranking follows once the scoring is closed."),
        "without_points": _("No sheet counts for these projects. The committee decides about them without points:"),
        "corrections": _("Corrected after the sheets of others could be seen:"),
        "corrected_on": _("Corrected on"), "because": _("Because"),
        "place": _("Rank"), "points": _("Points"), "grant": _("Grant"),
        "resolutions_heading": _("Resolutions"), "body": _("Decided by"), "on": _("Decided on"),
        "reference": _("Reference"), "nothing": _("Nothing was written down yet"),
        "decisions_heading": _("Decisions"), "decision": _("Decision"), "told_on": _("Published"),
        "resolution": _("Resolution"), "no_decisions": _("No decision of this round is published yet."),
    }
