"""What is asked about a round; a newcomer meets the basics, everything else has a default."""

from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation.fields import (
    CheckField,
    ChoiceField,
    DayField,
    LongTextField,
    ManyChoicesField,
    MoneyField,
    NumberField,
    Required,
    TextField,
)
from incubator.foundation.forms import ActForm, VersionedForm
from incubator.foundation.language import LANGUAGES
from incubator.organisations.models import LegalForm
from incubator.programme.forms_checking import CheckingFields
from incubator.programme.forms_deciding import DecidingFields
from incubator.programme.forms_fields import DaysField, LinesField, PercentagesField
from incubator.programme.forms_pledges import VALUES, PledgeValueFields
from incubator.programme.models import FactKind, FundingKind
from incubator.programme.rules import DATES


def _percent(label: Any, **kwargs: Any) -> NumberField:
    return NumberField(label, [Required()], max=100, **kwargs)


def _money(label: Any, **kwargs: Any) -> MoneyField:
    return MoneyField(label, [Required()], **kwargs)


class RoundForm(CheckingFields, DecidingFields, PledgeValueFields, ActForm):
    name = TextField(_l("Name"), [Required()], max_length=120, description=_l("For example: Call for projects 2027"))
    summary = LongTextField(_l("What the round is about"), max_length=2000, description=_l("A few plain sentences."))
    fund_cents = _money(_l("Money in the fund"))
    reserve_cents = _money(_l("Of this, reserve"), description=_l("The reserve is kept back and cannot be awarded."))
    proposals_until = DayField(DATES["proposals_until"])
    period_from = DayField(DATES["period_from"])
    period_until = DayField(DATES["period_until"])

    ideas_from = DayField(DATES["ideas_from"])
    ideas_until = DayField(DATES["ideas_until"])
    check_until = DayField(DATES["check_until"])
    budgets_until = DayField(DATES["budgets_until"])
    panel_on = DayField(DATES["panel_on"])
    committee_on = DayField(DATES["committee_on"])
    council_on = DayField(DATES["council_on"])
    notices_on = DayField(DATES["notices_on"])
    reports_due_on = DayField(DATES["reports_due_on"])

    eligible_forms = ManyChoicesField(
        _l("Who may receive money"), [Required()], choices=[(form.value, form.label) for form in LegalForm]
    )
    grant_min_cents = _money(_l("Smallest grant"))
    grant_max_cents = _money(_l("Largest grant"))
    funding_kind = ChoiceField(_l("How the city pays"), [Required()], choices=FundingKind, radio=True)
    proportional_pct = _percent(
        _l("Share the city pays, in percent"), description=_l("Only used with proportional funding.")
    )
    min_own_share_pct = _percent(
        _l("Smallest own share, in percent"),
        description=_l("Own money, money of others, income and volunteers’ time together."),
    )
    volunteer_rate_cents = _money(_l("Value of an hour of volunteers’ time"))
    volunteer_cap_pct = _percent(_l("Largest share of volunteers’ time, in percent"))
    instalments_pct = PercentagesField(
        _l("Instalments, in percent"), [Required()],
        description=_l("At the start, at the agreed milestone, after the report. Together 100."),
    )
    use_within_days = NumberField(_l("Days within which paid money must be used"), [Required()])
    pays_out = CheckField(
        _l("Money is paid out here"),
        description=_l("Projects ask for instalments, and two people confirm each. Off: money is paid in another way."),
    )
    asks_receipts = CheckField(
        _l("Receipts are collected here"),
        description=_l("Teams photograph their receipts, mentors check them. Off: only the sums are reported."),
    )
    asks_changes = CheckField(
        _l("Changes can be asked for here"),
        description=_l("Larger shifts, another budget, more time, an early start. Off: only small shifts are noted."),
    )
    recovery_waived_below_cents = _money(
        _l("Money is not asked back below"), description=_l("Smaller amounts cost more than they bring."),
    )
    report_questions = LinesField(
        _l("Questions of the final report"), max_length=4000,
        description=_l("One question in each line. Left empty, the usual four questions are asked."),
    )
    remind_before = DaysField(
        _l("Remind of the report so many days before"), max_length=60,
        description=_l("Whole numbers with commas, for example 30, 7. 0 is the day itself."),
    )
    remind_after = DaysField(
        _l("Remind again so many days after"), max_length=60, description=_l("For example 1, 14."),
    )
    milestone_remind_before = DaysField(
        _l("Remind of a milestone so many days before"), max_length=60,
        description=_l("Whole numbers with commas, for example 14, 3. 0 is the day itself."),
    )
    milestone_remind_after = DaysField(
        _l("Remind of it again so many days after"), max_length=60, description=_l("For example 1, 14."),
    )
    lateness_public_after_days = NumberField(_l("Call a milestone late in public after so many days"),
        description=_l("Empty: never. The project and its mentor always see it at once."))
    reviews_news = CheckField(
        _l("The office reads news first"),
        description=_l("On: what a project writes appears only once the office has agreed. Off: it appears at once."),
    )
    takes_questions = CheckField(
        _l("Everybody can ask and offer help"),
        description=_l("Each public project has a short form. The office reads what is sent first, then the project."),
    )
    takes_replies = CheckField(
        _l("The office sees what is answered on the fediverse"),
        description=_l("Only the office: nothing of it appears here. Off: answers go nowhere."),
    )
    shift_limit_pct = _percent(_l("How far a cost line may grow without asking, in percent"),
                               description=_l("More needs a change request."))
    shift_warning_pct = _percent(_l("Warn from, in percent"))
    quotes_required_above_cents = _money(_l("Several offers are asked for above"))
    second_approval_above_cents = _money(_l("Two mentors approve above"))
    return_due_days = NumberField(_l("Days to complete a returned proposal"), [Required()])
    award_final_after_months = NumberField(
        _l("Months until an award is final"), [Required()], description=_l("The time in which it can be appealed.")
    )
    mentor_max_projects = NumberField(_l("Most projects of one mentor"), [Required()])
    mentor_silence_alert_days = NumberField(_l("Remind after so many days without a session"), [Required()])
    final_report_due_months = NumberField(_l("Months until the final report is due"), [Required()])
    retention_finance_years = NumberField(_l("Years that files about money are kept"), [Required()])
    retention_rejected_years = NumberField(_l("Years that rejected proposals are kept"), [Required()])
    retention_log_years = NumberField(_l("Years that the journal is kept"), [Required()])
    rule_source = LongTextField(
        _l("Where these rules are written"), max_length=1000,
        description=_l("For example the funding directive with its date. Everybody can read it."),
    )
    language = ChoiceField(
        _l("Language of the name and the text"), [Required()], choices=[(each.code, each.name) for each in LANGUAGES]
    )


    def values(self) -> dict[str, Any]:
        """Return the settings; days after something was due are kept as negative ones."""
        found = super().values()
        for setting, (before, after) in REMINDERS.items():
            later = [-day for day in reversed(found.pop(after) or []) if day]
            found[setting] = [*(found.pop(before) or []), *later]
        return found


class EditRoundForm(VersionedForm, RoundForm):
    pass


REMINDERS = {
    "reminder_days": ("remind_before", "remind_after"),
    "milestone_reminder_days": ("milestone_remind_before", "milestone_remind_after"),
}
REMINDED = tuple(name for pair in REMINDERS.values() for name in pair)
BASICS = ("name", "summary", "fund_cents", "reserve_cents", "proposals_until", "period_from", "period_until")
MORE_DATES = (
    "ideas_from", "ideas_until", "check_until", "budgets_until", "panel_on", "committee_on", "council_on", "notices_on",
    "reports_due_on",
)
RULES = (
    (_l("Who and how much"), ("eligible_forms", "grant_min_cents", "grant_max_cents", "funding_kind",
                              "proportional_pct", "min_own_share_pct")),
    (_l("Volunteers’ time"), ("volunteer_rate_cents", "volunteer_cap_pct")),
    (_l("What promises of partners are worth"), tuple(VALUES)),
    (_l("Paying out"), ("pays_out", "instalments_pct", "use_within_days")),
    (_l("Receipts"), ("asks_receipts", "quotes_required_above_cents")),
    (_l("Changes on the way"), ("asks_changes", "shift_limit_pct", "shift_warning_pct")),
    (_l("Checking proposals"), ("check_points", "asks_translation", "official_language", "translation_due_days")),
    (_l("Deciding"), ("second_approval_above_cents", "has_panel", "panel_points_max", "publishes_together",
                       "return_due_days", "award_final_after_months")),
    (_l("Mentoring"), ("mentor_max_projects", "mentor_silence_alert_days")),
    (_l("Final report"), ("report_questions", "final_report_due_months", "remind_before", "remind_after",
                          "recovery_waived_below_cents")),
    (_l("Milestones and news"), ("milestone_remind_before", "milestone_remind_after", "lateness_public_after_days",
                                 "reviews_news", "takes_questions", "takes_replies")),
    (_l("How long files are kept"), ("retention_finance_years", "retention_rejected_years", "retention_log_years")),
    (_l("Origin"), ("rule_source", "language")),
)
RULED = ("summary", "fund_cents", "reserve_cents", *(name for _title, names in RULES for name in names))
UNSOURCED = frozenset({"summary", "rule_source", "language"})
DEPENDS_ON = {
    "instalments_pct": "pays_out", "use_within_days": "pays_out", "quotes_required_above_cents": "asks_receipts",
    "panel_points_max": "has_panel", "official_language": "asks_translation",
    "translation_due_days": "asks_translation",
}


def value_of(round: Any, name: str) -> Any:
    """Return a setting as its field shows it: reminders are asked for as days before and days after."""
    for setting, (before, after) in REMINDERS.items():
        if name == before:
            return [day for day in getattr(round, setting) if day >= 0]
        if name == after:
            return [-day for day in getattr(round, setting) if day < 0]
    return (round.pledge_values or {}).get(VALUES[name]) if name in VALUES else getattr(round, name)


def kept_in(name: str) -> str:
    """Return the setting in which the answer to a question is kept."""
    kept = "pledge_values" if name in VALUES else name
    return next((setting for setting, pair in REMINDERS.items() if name in pair), kept)


def sources_of(round: Any) -> dict[str, str]:
    """Return where rules are written, by the label of their setting."""
    named = {kept_in(name): getattr(RoundForm, name).args[0] for name in reversed(RULED)}
    return {str(named[name]): source for name, source in round.rule_sources.items() if name in named}


def reminders_of(round: Any) -> dict[str, Any]:
    return {name: value_of(round, name) for name in (*REMINDED, *VALUES)}


def are_seen(names: tuple[str, ...], round: Any) -> list[str]:
    """Return the settings that count for a round: what belongs to a part that is switched off is not seen."""
    return [name for name in names if name not in DEPENDS_ON or getattr(round, DEPENDS_ON[name])]


class TileForm(ActForm):
    column = NumberField(_l("Column"), description=_l("From 1 to 9, counted from the west."))
    row = NumberField(_l("Row"), description=_l("From 1 to 9, counted from the north."))


class ChangeForm(ActForm):
    decision = ChoiceField(_l("Your decision"), [Required()], choices=[("agree", _l("Agree")), ("drop", _l("Drop"))])


class FactForm(ActForm):
    kind = ChoiceField(_l("What kind of fact is it?"), [Required()], choices=FactKind, coerce=str)
    text = LongTextField(_l("What is known"), [Required()], max_length=1000)
    on = DayField(_l("Day, or first day"))
    until = DayField(_l("Last day"), description=_l("Only where it took several days."))
    source = TextField(
        _l("Where it is written"), [Required()], max_length=500,
        description=_l("For example a resolution with its number, or the address of a public page."),
    )
    language = ChoiceField(
        _l("Language of the text"), [Required()], choices=[(each.code, each.name) for each in LANGUAGES]
    )
