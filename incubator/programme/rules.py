"""What must hold about a round: its dates, its money, and the numbers its rules use."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation import language, money
from incubator.foundation.errors import RuleBroken
from incubator.organisations.models import LegalForm
from incubator.programme.models import FundingKind, Round, RoundState

Problem = tuple[str, Any]
Settings = Mapping[str, Any]

DATES = {
    "ideas_from": _l("Ideas from"),
    "ideas_until": _l("Ideas until"),
    "proposals_until": _l("Proposals until"),
    "check_until": _l("Proposals checked until"),
    "budgets_until": _l("Mentoring and budgets until"),
    "panel_on": _l("Panel meets"),
    "committee_on": _l("Committee meets"),
    "council_on": _l("Council decides"),
    "notices_on": _l("Letters about the decision (notices)"),
    "period_from": _l("Projects from"),
    "period_until": _l("Projects until"),
    "reports_due_on": _l("Final reports due"),
}
ORDERS = (
    ("ideas_from", "ideas_until", "proposals_until", "check_until", "budgets_until", "panel_on", "committee_on",
     "council_on", "notices_on"),
    ("period_from", "period_until", "reports_due_on"),
    ("proposals_until", "period_until"),
)
MONEY_SETTINGS = (
    "fund_cents", "reserve_cents", "grant_min_cents", "grant_max_cents", "funding_kind", "proportional_pct",
    "min_own_share_pct", "volunteer_rate_cents", "volunteer_cap_pct", "shift_limit_pct", "instalments_pct",
    "quotes_required_above_cents", "second_approval_above_cents", "pays_out", "asks_receipts", "asks_changes",
    "recovery_waived_below_cents",
)
TWO_PEOPLE = (*MONEY_SETTINGS, "pledge_values", "has_panel", "panel_points_max", "publishes_together")
PERCENTS = ("proportional_pct", "min_own_share_pct", "volunteer_cap_pct", "shift_limit_pct", "shift_warning_pct")
AMOUNTS = (
    "fund_cents", "reserve_cents", "grant_min_cents", "grant_max_cents", "volunteer_rate_cents",
    "quotes_required_above_cents", "second_approval_above_cents", "recovery_waived_below_cents",
)
COUNTS = {
    "use_within_days": (1, 366), "final_report_due_months": (1, 36), "award_final_after_months": (0, 12),
    "mentor_max_projects": (1, 100), "mentor_silence_alert_days": (1, 366), "retention_finance_years": (1, 50),
    "retention_rejected_years": (1, 50), "retention_log_years": (1, 50), "return_due_days": (1, 90),
    "panel_points_max": (2, 20), "translation_due_days": (1, 180),
}
OTHERS = (
    "name", "language", "summary", "is_fictional", "eligible_forms", "shift_warning_pct", "rule_source",
    "report_questions", "reminder_days", "milestone_reminder_days", "lateness_public_after_days", "reviews_news",
    "takes_questions", "pledge_values", "has_panel", "publishes_together", "check_points", "asks_translation",
    "official_language", "takes_replies",
)
SETTINGS = (*OTHERS, *MONEY_SETTINGS, *COUNTS, *DATES)
LEGAL_FORMS = {form.value for form in LegalForm}
FUNDING_KINDS = {kind.value for kind in FundingKind}
LONGEST_NAME = 120
LARGEST = money.LARGEST_CENTS
DEAREST_HOUR = 1_000_00  # ten thousand of them are still an amount
MOST_INSTALMENTS = 6
MOST_QUESTIONS = 12
LONGEST_QUESTION = 300
MOST_POINTS = 20
LONGEST_POINT = 200
LONGEST_SOURCE = 200
MOST_REMINDERS = 8
LAST_REMINDER = 365


def defaults() -> dict[str, Any]:
    """Return what a new round begins with, read from the model, so that each number stands in one place."""
    found: dict[str, Any] = {}
    for name in SETTINGS:
        default = Round.__table__.columns[name].default
        if default is not None:
            found[name] = default.arg(None) if default.is_callable else default.arg  # type: ignore[attr-defined]
    return found


def settings_of(round: Round) -> dict[str, Any]:
    return {name: getattr(round, name) for name in SETTINGS}


def problems(settings: Settings, awarded_cents: int = 0) -> Iterator[Problem]:
    """Yield (field, sentence) for everything that does not hold; `awarded_cents` is what the fund has given away."""
    yield from _shape(settings)
    yield from _order(settings)
    yield from _fund(settings, awarded_cents)
    yield from _instalments(settings["instalments_pct"])
    yield from _reports(settings)
    yield from _checking(settings)


def demand(settings: Settings, awarded_cents: int = 0) -> None:
    for field, sentence in problems(settings, awarded_cents):
        raise RuleBroken(sentence, field)


def _shape(settings: Settings) -> Iterator[Problem]:
    if not settings.get("name"):
        yield "name", _l("Please write the name.")
    elif len(settings["name"]) > LONGEST_NAME:
        yield "name", _l("This name is too long.")
    for field in PERCENTS:
        if not _within(settings[field], 0, 100):
            yield field, _l("A percentage lies between 0 and 100.")
    for field in AMOUNTS:
        if not _within(settings[field], 0, DEAREST_HOUR if field == "volunteer_rate_cents" else LARGEST):
            yield field, _l("This amount is too large or too small.")
    for field, (smallest, largest) in COUNTS.items():
        if not _within(settings[field], smallest, largest):
            yield field, _l("Please write a number between %(smallest)s and %(largest)s.",
                            smallest=smallest, largest=largest)
    for kind, cents in settings["pledge_values"].items():
        if not _within(cents, 0, DEAREST_HOUR):
            yield f"pledge_value_{kind}", _l("This amount is too large or too small.")
    forms = settings["eligible_forms"]
    if not forms or not set(forms) <= LEGAL_FORMS:
        yield "eligible_forms", _l("Please choose at least one legal form: somebody must be able to receive the money.")
    if settings["funding_kind"] not in FUNDING_KINDS:
        yield "funding_kind", _l("Please choose one of these.")
    if settings["language"] not in language.BY_CODE:
        yield "language", _l("Please choose one of these.")
    limit, warning = settings["shift_limit_pct"], settings["shift_warning_pct"]
    if limit is not None and warning is not None and warning > limit:
        yield "shift_warning_pct", _l("The warning comes before the limit, so it cannot be larger.")


def _within(value: int | None, smallest: int, largest: int) -> bool:
    return value is not None and smallest <= value <= largest


def _order(settings: Settings) -> Iterator[Problem]:
    """Within each order, a date that is set lies on or after the one set before it; rolling rounds may pay early."""
    for order in ORDERS:
        fields = [field for field in order if settings.get(field) is not None]
        for earlier, later in pairwise(fields):
            if settings[later] < settings[earlier]:
                yield later, _l("“%(later)s” cannot lie before “%(earlier)s”.",
                                later=DATES[later], earlier=DATES[earlier])


def _fund(settings: Settings, awarded_cents: int) -> Iterator[Problem]:
    if any(settings[field] is None for field in AMOUNTS):
        return
    fund, reserve = settings["fund_cents"], settings["reserve_cents"]
    if reserve > fund:
        yield "reserve_cents", _l("The reserve cannot be larger than the fund.")
    elif awarded_cents and fund < awarded_cents + reserve:
        code = language.current().code
        yield "fund_cents", _l(
            "%(awarded)s are awarded and %(reserve)s are in reserve: the fund cannot be smaller than both together.",
            awarded=money.format(awarded_cents, code), reserve=money.format(reserve, code),
        )
    if settings["grant_min_cents"] > settings["grant_max_cents"]:
        yield "grant_max_cents", _l("The largest grant cannot be smaller than the smallest one.")
    elif settings["grant_min_cents"] > fund:
        yield "grant_min_cents", _l("One grant cannot be larger than the whole fund.")


def _instalments(parts: list[int] | None) -> Iterator[Problem]:
    if not parts or len(parts) > MOST_INSTALMENTS or any(part < 1 for part in parts):
        yield "instalments_pct", _l("Please write one to six whole percentages, each at least 1.")
    elif sum(parts) != 100:
        yield "instalments_pct", _l("Together the instalments must be 100 percent; now it is %(sum)s.", sum=sum(parts))


def _reports(settings: Settings) -> Iterator[Problem]:
    questions = settings["report_questions"]
    if len(questions) > MOST_QUESTIONS or any(len(each) > LONGEST_QUESTION for each in questions):
        yield "report_questions", _l("Please ask at most %(number)s questions, each in one short line.",
                                     number=MOST_QUESTIONS)
    for setting, field in (("reminder_days", "remind_before"), ("milestone_reminder_days", "milestone_remind_before")):
        days = settings[setting]
        if len(days) > MOST_REMINDERS or any(abs(day) > LAST_REMINDER for day in days):
            yield field, _l("Please write at most %(number)s days, each at most %(most)s.",
                            number=MOST_REMINDERS, most=LAST_REMINDER)
    late = settings.get("lateness_public_after_days")
    if late is not None and not 0 <= late <= LAST_REMINDER:
        yield "lateness_public_after_days", _l("Please write a number between %(smallest)s and %(largest)s.",
                                               smallest=0, largest=LAST_REMINDER)


def _checking(settings: Settings) -> Iterator[Problem]:
    points = settings["check_points"]
    if len(points) > MOST_POINTS or any(len(each) > LONGEST_POINT for each in points):
        yield "check_points", _l("Please name at most %(number)s points, each in one short line.", number=MOST_POINTS)
    if len(set(points)) < len(points):
        yield "check_points", _l("A point stands here twice.")
    if settings["official_language"] not in language.BY_CODE:
        yield "official_language", _l("Please choose one of these.")


def missing_for_opening(round: Round, today: date) -> list[Problem]:
    """Return what people must know before they can propose anything."""
    missing: list[Problem] = []
    if round.proposals_until is None:
        missing.append(("proposals_until", _l("Say until when proposals can be handed in.")))
    elif round.proposals_until < today:
        missing.append(("proposals_until", _l("The last day for proposals is over already.")))
    if round.period_from is None:
        missing.append(("period_from", _l("Say from when projects can take place.")))
    if round.period_until is None:
        missing.append(("period_until", _l("Say until when projects can take place.")))
    if round.left_cents <= 0:
        missing.append(("fund_cents", _l("There is no money in the fund.")))
    return missing


def demand_sources(sources: Mapping[str, str]) -> None:
    """Only settings have a source, each in one short line."""
    if unknown := set(sources) - set(SETTINGS):
        raise TypeError(f"rounds have no {', '.join(sorted(unknown))}")
    for name, text in sources.items():
        if len(text) > LONGEST_SOURCE:
            raise RuleBroken(_l("This text is too long."), name)


def needs_second_person(round: Round) -> bool:
    """Settings of money, and of who decides about it and how, are free only until the round has opened (rule C4)."""
    return round.state is not RoundState.DRAFT


def demand_fact(text: str, source: str, on: date | None, until: date | None) -> None:
    if not text:
        raise RuleBroken(_l("Please write what is known."), "text")
    if not source:
        raise RuleBroken(_l("Please say where this is written. Without a source it is not shown."), "source")
    if until is not None and on is None:
        raise RuleBroken(_l("Please give the first day too."), "on")
    if on is not None and until is not None and until < on:
        raise RuleBroken(_l("The last day cannot lie before the first one."), "until")
