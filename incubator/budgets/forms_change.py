"""The shape of changes, deputies and declarations."""

from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l
from wtforms.widgets import HiddenInput

from incubator.budgets.forms import MOST_ROWS, CostRow, PlanForm
from incubator.budgets.models import CostKind, Plan
from incubator.foundation.fields import (
    CheckField,
    ChoiceField,
    DayField,
    LongTextField,
    MoneyField,
    NumberField,
    Required,
)
from incubator.foundation.forms import ActForm, VersionedForm

NO_CONFLICT = _l(
    "I am not on the board of, employed by or related to anybody of these organisations, "
    "and I have not worked on this."
)
TICK = _l("Please tick this, or say below that you have a conflict of interest.")
WHY = _l("One or two sentences are enough.")


class LineField(NumberField):
    """The number of a line, carried along; what cannot be read is as if it were missing."""

    widget = HiddenInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


class ShiftRow(wtforms.Form):
    line_id = LineField()
    amount = MoneyField(_l("New amount"), [Required()])


class ShiftForm(VersionedForm):
    """All lines of a budget with their new amounts; `seen` is what the person was told it would mean."""

    lines = wtforms.FieldList(wtforms.FormField(ShiftRow), _l("Costs"), max_entries=MOST_ROWS * 2)
    reason = LongTextField(_l("Why?"), [Required()], max_length=1000, description=WHY)
    seen = wtforms.HiddenField()

    def amounts(self) -> list[tuple[int, int]]:
        return [(row.form.line_id.data or 0, row.form.amount.data) for row in self.lines]


class ChangedCostRow(CostRow):
    line_id = LineField()


class AskBudgetForm(PlanForm):
    """A whole new budget, drawn from the one in force; each row knows the line that it continues."""

    costs = wtforms.FieldList(wtforms.FormField(ChangedCostRow), _l("Costs"), max_entries=MOST_ROWS * 2)
    reason = LongTextField(
        _l("Why do you need another budget?"), [Required()], max_length=2000,
        description=_l("Your city mentor reads this and then agrees or not."),
    )

    def changed_lines(self, plan: Plan) -> list[dict[str, Any]]:
        """Return the costs with the lines they continue; volunteer time continues volunteer time."""
        rows = [row for row in self.costs if not row.form.is_empty]
        lines = self.cost_lines()
        for line, row in zip(lines, rows, strict=False):
            line["origin_id"] = row.form.line_id.data
        volunteers = next((line for line in plan.costs if line.kind is CostKind.VOLUNTEER_TIME), None)
        if volunteers is not None and len(lines) > len(rows):
            lines[-1]["origin_id"] = volunteers.root_id
        return lines


class AskTimeForm(ActForm):
    until = DayField(_l("New last day of the project"), [Required()])
    reason = LongTextField(_l("Why do you need more time?"), [Required()], max_length=2000, description=WHY)


class AskEarlyStartForm(ActForm):
    starts_on = DayField(
        _l("From which day?"), [Required()],
        description=_l("Contracts signed before that day, or before the city agrees, are not paid for."),
    )
    reason = LongTextField(_l("Why can it not wait?"), [Required()], max_length=2000, description=WHY)


class ApproveChangeForm(ActForm):
    """A signature under exactly the version that was shown."""

    plan_hash = wtforms.HiddenField()
    no_conflict = CheckField(NO_CONFLICT, [Required(TICK)])


class RefuseChangeForm(ActForm):
    reason = LongTextField(
        _l("Why not?"), [Required()], max_length=2000, description=_l("The project lead reads this in a letter."),
    )


class DecideChangeForm(ActForm):
    agreed = ChoiceField(
        _l("Your answer"), [Required()], choices=[("yes", _l("Agree")), ("no", _l("Do not agree"))], radio=True,
    )
    answer = LongTextField(
        _l("Words to the project lead"), max_length=2000,
        description=_l("Needed where you do not agree. The lead reads this in a letter."),
    )
    no_conflict = CheckField(NO_CONFLICT, [Required(TICK)])


class ConflictForm(ActForm):
    act = wtforms.HiddenField()


class DeputyForm(ActForm):
    person = ChoiceField(_l("Who?"), [Required()], coerce=int, blank=True)
    reason = LongTextField(
        _l("Why is a deputy needed?"), [Required()], max_length=1000,
        description=_l("For example: both mentors belong to the association. It is kept with the project."),
    )
