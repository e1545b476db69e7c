"""The shape of criteria, sheets, resolutions and decisions."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.accounts.models import Person
from incubator.foundation.fields import (
    CheckField,
    ChoiceField,
    DayField,
    LongTextField,
    NumberField,
    Required,
    TextField,
)
from incubator.foundation.forms import ActForm, VersionedForm, VersionField
from incubator.foundation.language import LANGUAGES
from incubator.foundation.rendering import day
from incubator.projects.models import Project
from incubator.selection.models import Criterion, DecidingBody, Outcome, Resolution
from incubator.selection.rules_panel import HEAVIEST, LONGEST_REASON, Filled

CHOOSE = ("", _l("Please choose"))


class CriterionForm(ActForm):
    title = TextField(_l("What the panel looks at"), [Required()], max_length=120)
    text = LongTextField(_l("What is meant by it"), max_length=500, description=_l("One plain question helps most."))
    weight = NumberField(
        _l("Weight"), [Required()], min=1, max=HEAVIEST,
        description=_l("2 counts twice as much as 1."),
    )
    position = NumberField(_l("Place in the list"), max=999)
    language = ChoiceField(
        _l("Language of the text"), [Required()], choices=[(each.code, each.name) for each in LANGUAGES]
    )


class MemberForm(ActForm):
    person = ChoiceField(_l("Who?"), [Required()], coerce=int)

    def offer(self, people: Iterable[Person]) -> None:
        self.person.choices = [CHOOSE, *((str(each.id), each.name) for each in people)]


class BeginForm(ActForm):
    no_conflict = CheckField(
        _l("I am not on the board of, employed by or related to anybody of these organisations, and nothing else "
           "makes me partial."),
        [Required(_l("Please tick this, or say below that you have a conflict of interest."))],
    )


class SheetForm(VersionedForm):
    """One pair of fields for each criterion; the fields are added by `sheet_form`."""

    no_conflict = CheckField(_l("I still have no conflict of interest. (Only needed to hand in.)"))
    because = LongTextField(
        _l("Why do you correct your sheet?"), max_length=LONGEST_REASON,
        description=_l("You could read what others gave. Your reason stands in the minutes."),
    )
    criteria: Sequence[int] = ()

    def filled(self) -> dict[int, Filled]:
        return {number: Filled(self[f"points_{number}"].data, self[f"reason_{number}"].data or "")
                for number in self.criteria}

    def pair(self, number: int) -> tuple[Any, Any]:
        return self[f"points_{number}"], self[f"reason_{number}"]


def sheet_form(criteria: Sequence[Criterion], most: int, **kwargs: Any) -> SheetForm:
    """Return a form that asks for points and a reason by each criterion."""
    points = [CHOOSE, *((str(each), str(each)) for each in range(most + 1))]
    fields: dict[str, Any] = {"criteria": [each.id for each in criteria]}
    for each in criteria:
        fields[f"points_{each.id}"] = ChoiceField(_l("Points"), choices=points, coerce=int)
        fields[f"reason_{each.id}"] = LongTextField(_l("Why?"), max_length=LONGEST_REASON)
    form: SheetForm = type("SheetForm", (SheetForm,), fields)(**kwargs)
    return form


class LotForm(ActForm):
    """One field for each project that stands equal; added by `lot_form`."""

    projects: Sequence[int] = ()

    def order(self) -> list[int]:
        return sorted(self.projects, key=lambda number: (self[f"place_{number}"].data, number))

    def is_clear(self) -> bool:
        return len({self[f"place_{number}"].data for number in self.projects}) == len(self.projects)


def lot_form(projects: Sequence[Project]) -> LotForm:
    places = [CHOOSE, *((str(each), str(each)) for each in range(1, len(projects) + 1))]
    fields: dict[str, Any] = {"projects": [each.id for each in projects]}
    for each in projects:
        fields[f"place_{each.id}"] = ChoiceField(each.title, [Required()], choices=places, coerce=int)
    form: LotForm = type("LotForm", (LotForm,), fields)()
    return form


class ResolutionForm(ActForm):
    kind = ChoiceField(_l("Which body?"), [Required()], choices=DecidingBody, radio=True)
    body = TextField(_l("Its name"), [Required()], max_length=160, description=_l("For example: City council"))
    on = DayField(_l("Day of the decision"), [Required()])
    reference = TextField(
        _l("Reference"), [Required()], max_length=80, description=_l("Number of the paper or of the minutes."),
    )
    url = TextField(
        _l("Link to the paper"), max_length=500,
        description=_l("Its address in the council’s information system; begins with https://. Everybody can open it "
                       "once the decision is published."),
    )


class ChosenResolutionForm(ActForm):
    resolution = ChoiceField(_l("Resolution"), [Required()], coerce=int)

    def offer(self, resolutions: Iterable[Resolution]) -> None:
        self.resolution.choices = [CHOOSE, *(
            (str(each.id), f"{each.body}, {day(each.on)}, {each.reference}") for each in resolutions)]


class PrepareForm(VersionedForm, ChosenResolutionForm):
    outcome = ChoiceField(_l("What becomes of the project?"), [Required()], choices=Outcome, radio=True)
    notice_number = TextField(
        _l("Number of the notice"), max_length=80, description=_l("Only with an award. A free number is suggested."),
    )
    place = NumberField(
        _l("Place on the waiting list"), max=999,
        description=_l("Only for the waiting list. The lowest place moves up first."),
    )
    reason = LongTextField(
        _l("Reason"), max_length=2000, description=_l("Needed when there is no money: the team reads it in a letter."),
    )


    def only_reject(self) -> None:
        """Who waits can only be rejected here: money comes by moving up."""
        self.outcome.choices = [(Outcome.REJECT.value, Outcome.REJECT.label)]


class EndWaitingForm(ChosenResolutionForm):
    reason = LongTextField(
        _l("Reason"), [Required()], max_length=2000, description=_l("Every team that waits reads it in a letter."),
    )


class PublishForm(ActForm):
    notice_on = DayField(
        _l("Day of the notices"), [Required()],
        description=_l("The day of the letters. From here the time runs until the awards are final."),
    )
    without_others = CheckField(_l("The projects for which nothing is prepared are decided later"))


class MoveUpForm(ChosenResolutionForm):
    project = VersionField()
    notice_number = TextField(
        _l("Number of the notice"), [Required()], max_length=80, description=_l("A free number is suggested."),
    )
    notice_on = DayField(_l("Day of the notice"), [Required()])


def default_day(planned: date | None, today: date) -> date:
    """Return the planned day of the notices, or today where it is over or not said."""
    return planned if planned is not None and planned > today else today
