"""The shape of the final report, of its check, and of money that comes back."""

from collections.abc import Sequence
from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l

from incubator.closing.rules import Question
from incubator.closing.rules_statement import Line
from incubator.foundation.fields import (
    CheckField,
    DayField,
    LongTextField,
    MoneyField,
    NumberField,
    Required,
    TextField,
)
from incubator.foundation.forms import ActForm, VersionedForm

LONGEST_ANSWER = 8000


class ReportForm(VersionedForm):
    """The report as a draft: nothing must be complete. `build` adds the round's questions, and lines without receipts.
    """

    own_funds_cents = MoneyField(
        _l("Own money"), description=_l("What your group or its carrier paid itself."))
    third_party_cents = MoneyField(
        _l("Money from others (third-party funds)"), description=_l("Donations and sponsors."))
    income_cents = MoneyField(
        _l("Income, for example from sales"), description=_l("Tickets, food, anything the project earned."))
    volunteer_hours = NumberField(
        _l("Hours that volunteers worked"), max=100_000, description=_l("A careful count is enough."))

    @property
    def answers(self) -> dict[str, str]:
        return {name.removeprefix("answer_"): str(data or "") for name, data in self.data.items()
                if name.startswith("answer_")}

    @property
    def spent(self) -> dict[str, int]:
        return {name.removeprefix("spent_"): int(data) for name, data in self.data.items()
                if name.startswith("spent_") and data}

    def money(self) -> dict[str, int]:
        return {name: int(self[name].data or 0) for name in
                ("own_funds_cents", "third_party_cents", "income_cents", "volunteer_hours")}

    @property
    def questions(self) -> list[Any]:
        return [item for item in self if item.name.startswith("answer_")]

    @property
    def lines(self) -> list[Any]:
        return [item for item in self if item.name.startswith("spent_")]


def build(asked: Sequence[Question], lines: Sequence[Line], **drawn: Any) -> ReportForm:
    """Return the form with one long field per question, and one amount per line that is written by hand."""
    fields: dict[str, Any] = {
        f"answer_{place}": LongTextField(question.text, max_length=LONGEST_ANSWER, description=question.hint)
        for place, question in enumerate(asked)
    }
    for line in lines:
        fields[f"spent_{line.root_id}"] = MoneyField(line.purpose or line.kind.label, description=line.kind.label)
    return type("ThisReportForm", (ReportForm,), fields)(**drawn)


class SubmitForm(ActForm):
    """Handing in exactly the statement that was shown; `build_submit` leaves out the box where money was spent."""

    statement_hash = wtforms.HiddenField()
    nothing_spent = CheckField(
        _l("No money was spent. That is right."),
        description=_l("Then there is nothing to prove, and what was paid goes back to the city."))


class CheckForm(ActForm):
    audit_note = LongTextField(
        _l("What you have checked (audit note)"), [Required(_l("Please write what you have checked."))],
        max_length=4000,
        description=_l("Report, income and expenses, receipts. The second person and the team read this."))
    interest_cents = MoneyField(
        _l("Interest"), description=_l("A proposal by hand, if interest is due on money that goes back. Usually none."))
    no_conflict = CheckField(
        _l("I am not on the board of, employed by or related to anybody of the organisations in this project."),
        [Required(_l("Please tick this, or say below that you have a conflict of interest."))])


class AgreeForm(ActForm):
    no_conflict = CheckField(
        _l("I am not on the board of, employed by or related to anybody of the organisations in this project."),
        [Required(_l("Please tick this, or say below that you have a conflict of interest."))])


class ReturnForm(ActForm):
    reason = LongTextField(
        _l("What is missing?"), [Required()], max_length=2000,
        description=_l("The team reads this. One point per line."))


class SettleForm(ActForm):
    on = DayField(_l("Day on which the money came"), [Required()])
    reference = TextField(
        _l("Reference of the transfer"), [Required()], max_length=80,
        description=_l("As it stands on the bank statement."))


class WaiveForm(ActForm):
    reason = LongTextField(
        _l("Why nothing is asked back"), [Required()], max_length=1000, description=_l("The team reads this."))
