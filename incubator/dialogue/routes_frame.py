"""The blueprint, the page with all three lists, and what the forms offer."""

from collections.abc import Iterable

from babel.dates import format_time
from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.dialogue import queries, queries_ideas
from incubator.dialogue.forms import SPOKEN_CHOICES
from incubator.dialogue.models import NeedEvidence, Workshop
from incubator.foundation import clock, rendering
from incubator.foundation.forms import Form, page
from incubator.foundation.language import current
from incubator.policy import Act
from incubator.programme import queries as programme
from incubator.programme.models import Round

bp = Blueprint("dialogue", __name__)


@bp.get("/desk/dialogue")
@guard(Act.KEEP_IDEAS)
def home() -> ResponseReturnValue:
    return page(
        "dialogue/home.html", waiting=queries_ideas.to_read(), answered=queries.answered_ideas(),
        workshops=queries.workshops(), findings=queries.findings(), now=clock.now(),
    )


def offer_places(form: Form, nowhere: str) -> None:
    """Offer the themes and districts; without a district something is the whole city's, or nobody knows."""
    please = ("", _("Please choose"))
    if "theme_id" in form:
        form["theme_id"].choices = [please, *theme_choices()]
    if "theme_ids" in form:
        form["theme_ids"].choices = theme_choices()
    form["district_id"].choices = [("", nowhere), *((each.id, each.name) for each in programme.districts())]


def theme_choices() -> list[tuple[int, str]]:
    return [(each.id, each.name(current().code)) for each in programme.themes()]


def offer_rounds(form: Form) -> dict[int, Round]:
    """Offer the open rounds, the first one chosen, and return them by number."""
    rounds = {each.id: each for each in queries.open_rounds()}
    form["round_id"].choices = [(each.id, each.name) for each in rounds.values()]
    if rounds and form["round_id"].data is None:
        form["round_id"].data = next(iter(rounds))
    return rounds


def offer_findings(form: Form, findings: Iterable[NeedEvidence]) -> None:
    """Offer findings as boxes to tick; where there are none, nothing is asked."""
    form["evidence_ids"].choices = [(each.id, worded(each)) for each in findings]
    if not form["evidence_ids"].choices:
        del form["evidence_ids"]


def worded(finding: NeedEvidence) -> str:
    """Write a finding in one line: what, how many, where."""
    where = finding.district.name if finding.district is not None else _("The whole city")
    return f"{finding.statement} – {figure(finding)} ({where})"


@bp.app_template_filter("figure")
def figure(finding: NeedEvidence) -> str:
    """Write how many of how many, or which share."""
    if finding.count is not None:
        return _("%(count)s of %(base)s", count=rendering.number(finding.count),
                 base=rendering.number(finding.base or 0))
    share = rendering.percent(finding.pct or 0)
    if finding.base is None:
        return share
    return _("%(share)s of %(base)s", share=share, base=rendering.number(finding.base))



@bp.app_template_filter("meeting_time")
def meeting_time(workshop: Workshop) -> str:
    """Write the day of a workshop, and from when until when it is."""
    ends = format_time(workshop.ends_at.astimezone(clock.CITY), "short", tzinfo=clock.CITY, locale=current().babel)
    return f"{rendering.moment(workshop.starts_at)} – {ends}"


@bp.app_template_filter("spoken")
def spoken(code: str) -> str:
    """Name a language as those who speak it do."""
    return dict(SPOKEN_CHOICES).get(code) or code
