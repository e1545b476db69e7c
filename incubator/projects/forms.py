"""What is asked about proposals and projects."""

from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l
from wtforms.fields.core import UnboundField

from incubator.foundation.errors import Stale
from incubator.foundation.fields import (
    CheckField,
    ChoiceField,
    DayField,
    LongTextField,
    MailField,
    ManyChoicesField,
    MoneyField,
    Required,
    TextField,
)
from incubator.foundation.forms import ActForm, VersionedForm
from incubator.foundation.language import LANGUAGES
from incubator.projects import rules_autosave
from incubator.projects.rules_autosave import WHOLE_CITY as WHOLE_CITY

LANGUAGE_CHOICES = [(each.code, each.name) for each in LANGUAGES]


class Later:
    """Mark a question that must be answered before the proposal is handed in, but not to save a draft."""

    field_flags = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Accept every answer: `rules.missing_for_submission` asks again at the end."""


class DrawnField(wtforms.HiddenField):
    """The marks of the answers as they were drawn; a page that sends none has seen none."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = valuelist[0] if valuelist else ""


class StepForm(VersionedForm):
    """One step of a proposal; it carries marks of the answers as they were drawn, so that others' can be merged."""

    drawn = DrawnField()

    def values(self) -> dict[str, Any]:
        return {name: answer for name, answer in super().values().items() if name != "drawn"}

    def _show_both(self, stale: Stale) -> None:
        """Ask only about what both sides changed; what others alone changed is drawn as they left it."""
        merged = rules_autosave.merge(self.values(), rules_autosave.read(self.drawn.data), stale.current)
        for name in merged.fresh & self.data.keys():
            self[name].data, self[name].raw_data = stale.current[name], None
        super()._show_both(stale)
        self.drawn.data = rules_autosave.written(rules_autosave.marks_of(stale.current, self.values()))


class IdeaForm(StepForm):
    title = TextField(
        _l("Title"), [Required(_l("Give the project a title."))], max_length=120,
        description=_l("Short and easy to remember. You can change it until you hand the proposal in."),
    )
    summary = LongTextField(
        _l("What is it about?"), [Later()], max_length=1000,
        description=_l("Three or four sentences. If the project gets money, everybody will read them."),
    )
    theme_id = ChoiceField(
        _l("Theme"), [Later()], choices=[], coerce=int, description=_l("The one that fits best.")
    )
    language = ChoiceField(
        _l("The language you write in"), [Required()], choices=LANGUAGE_CHOICES,
        description=_l("You may write in any of these. If the city needs a German version, it tells you."),
    )


class BeginForm(IdeaForm):
    """The first step without a draft behind it; `round_id` is asked only where several rounds are open."""

    version = drawn = None  # type: ignore[assignment]
    round_id = ChoiceField(_l("Round"), [Required()], choices=[], coerce=int)


class GrowForm(ActForm):
    """A proposal that grows from an idea; only the coordination names who leads it."""

    title = TextField(
        _l("Title"), [Required(_l("Give the project a title."))], max_length=120,
        description=_l("Short and easy to remember. You can change it until you hand the proposal in."),
    )
    lead_id = ChoiceField(
        _l("Who leads the project?"), [Required()], choices=[], coerce=int,
        description=_l("Whoever leads a project takes no decisions about it."),
    )


class NeedForm(StepForm):
    need = LongTextField(
        _l("Why is it needed?"), [Later()], max_length=3000,
        description=_l("What is missing today? How do you know? Your own experience counts."),
    )
    evidence_ids = ManyChoicesField(
        _l("Findings of the city that speak for it"), choices=[], coerce=int,
        description=_l("Tick what fits. Everybody can then read why the project is needed."),
    )
    audience = LongTextField(
        _l("For whom is it?"), [Later()], max_length=1000, description=_l("Who takes part, and about how many people?")
    )
    district_id = ChoiceField(
        _l("Where?"), [Later()], choices=[], coerce=int,
        description=_l("So that neighbours find the project on the page of their district."),
    )


class PlanForm(StepForm):
    activities = LongTextField(
        _l("What do you want to do?"), [Later()], max_length=4000, description=_l("Step by step, in simple words.")
    )
    outcome = LongTextField(
        _l("What will be different afterwards?"), [Later()], max_length=2000,
        description=_l("Something one can see or count, such as: thirty neighbours know each other."),
    )
    starts_on = DayField(_l("Begins on"), [Later()])
    ends_on = DayField(_l("Ends on"), [Later()])
    asked_cents = MoneyField(
        _l("How much money do you ask for?"), [Later()],
        description=_l("A careful guess is enough. You plan the budget later, together with your mentor."),
    )


class CarrierForm(StepForm):
    carrier_id = ChoiceField(
        _l("Organisation that receives the money (carrier)"), [Later()], choices=[], coerce=int,
        description=_l("Groups without a legal form apply through an association or parish. "
                       "Nothing suits? Ask the coordination to add yours."),
    )
    group_name = TextField(
        _l("Name of your group"), [Later()], max_length=120,
        description=_l("This name stands on the public page. It may be the name of your association."),
    )


STEPS: dict[str, type[StepForm]] = {"idea": IdeaForm, "need": NeedForm, "plan": PlanForm, "carrier": CarrierForm}
STEP_LABELS = {
    "idea": _l("Your idea"), "need": _l("Need and people"), "plan": _l("What and when"),
    "carrier": _l("Carrier and team"),
}


def step_of(field: str) -> str:
    """Return the step that asks a question."""
    return next(step for step, form in STEPS.items() if asks(form, field))


def asks(form: type[StepForm], name: str) -> bool:
    """Say whether a step asks a question; a form has other things by such names, too."""
    return isinstance(getattr(form, name, None), UnboundField)


class MemberForm(ActForm):
    mail = MailField(
        _l("Mail address"), [Required(_l("Please write the mail address."))],
        description=_l("Whoever has no account yet gets an invitation and joins the team when they accept it."),
    )


class ReturnForm(ActForm):
    reason = LongTextField(
        _l("What is missing?"), [Required()], max_length=2000,
        description=_l("The team reads this. One point per line."),
    )
    due_on = DayField(_l("Last day for the changes"), [Required()])


class ReasonForm(ActForm):
    reason = LongTextField(
        _l("Reason"), [Required(_l("Please give a reason; the team will read it."))], max_length=2000,
        description=_l("The team reads this."),
    )


class StartForm(ActForm):
    waiver = CheckField(
        _l("The applicants have waived in writing their right to contest the award."),
        description=_l("Needed only before the award is final."),
    )


class AgreementForm(ActForm):
    on = DayField(
        _l("Day of the written agreement"), [Required()],
        description=_l("The carrier agrees to receive the money and to answer for it."),
    )
