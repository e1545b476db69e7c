"""The shape of budgets, approvals and decisions."""

from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l

from incubator.budgets.models import CostKind, FinancingKind, Plan
from incubator.budgets.rules_figures import PlanFigures, figures_of
from incubator.foundation.fields import (
    CheckField,
    ChoiceField,
    DayField,
    LongTextField,
    MoneyField,
    NumberField,
    Required,
    TextField,
)
from incubator.foundation.forms import ActForm, VersionedForm

CASH_KINDS = [(kind.value, kind.label) for kind in CostKind if kind is not CostKind.VOLUNTEER_TIME]
USUAL_KINDS = (CostKind.FEES, CostKind.MATERIAL, CostKind.RENT, CostKind.PUBLICITY, CostKind.CATERING)
SOURCES = [kind for kind in FinancingKind if kind is not FinancingKind.VOLUNTEER_TIME]
SPARE_ROWS = 2
MOST_ROWS = 60


class CostRow(wtforms.Form):
    """One cost; a row without purpose and amount counts as not written."""

    kind = ChoiceField(_l("Kind"), choices=CASH_KINDS, coerce=CostKind, blank=True)
    purpose = TextField(_l("What exactly?"), max_length=200)
    amount = MoneyField(_l("Amount"))

    @property
    def is_empty(self) -> bool:
        return not (self.purpose.data or self.amount.data or self.amount.errors)

    def validate(self, extra_validators: Any = None) -> bool:
        right = bool(super().validate(extra_validators))
        if self.is_empty:
            return right
        if self.kind.data is None and not self.kind.errors:
            self.kind.errors = [_l("Please choose what kind of cost this is.")]
            right = False
        if self.amount.data is None and not self.amount.errors:
            self.amount.errors = [_l("Please enter the amount.")]
            right = False
        return right


class PlanForm(VersionedForm):
    """A whole budget on one page; volunteer time is asked for in hours, and its value stands on both sides."""

    costs = wtforms.FieldList(wtforms.FormField(CostRow), _l("Costs"), max_entries=MOST_ROWS)
    volunteer_hours = NumberField(
        _l("Hours of volunteers"), max=10_000,
        description=_l("Work that nobody is paid for. It counts as part of your own share."),
    )
    volunteer_purpose = TextField(_l("What do the volunteers do?"), max_length=200)
    grant = MoneyField(_l("Money from the city (grant)"), description=_l("What you ask the city for."))
    own_funds = MoneyField(
        _l("Own money"), description=_l("Money of the association or group itself, for example membership fees."),
    )
    third_party = MoneyField(
        _l("Money from others (third-party funds)"),
        description=_l("Donations and sponsors. Only money that a partner has confirmed counts."),
    )
    income = MoneyField(
        _l("Income"), description=_l("What you take in with the project, for example from selling tickets or cake."),
    )
    in_kind = MoneyField(
        _l("Things and rooms lent"), description=_l("Only for information: it is not added to the sums."),
    )
    explanation = LongTextField(
        _l("Explanation"), max_length=4000,
        description=_l("Anything your mentor should know to understand the amounts."),
    )

    def cost_lines(self) -> list[dict[str, Any]]:
        lines = [
            {"kind": row.form.kind.data, "purpose": row.form.purpose.data, "amount_cents": row.form.amount.data}
            for row in self.costs if not row.form.is_empty
        ]
        if self.volunteer_hours.data:
            lines.append({"kind": CostKind.VOLUNTEER_TIME, "purpose": self.volunteer_purpose.data,
                          "hours": self.volunteer_hours.data})
        return lines

    def financing_lines(self, rate_cents: int) -> list[dict[str, Any]]:
        """Return where the money comes from; volunteer time at the round's rate, so that both sides are equal (R2)."""
        lines = [{"kind": kind, "amount_cents": self[kind.value].data} for kind in SOURCES if self[kind.value].data]
        if hours := self.volunteer_hours.data:
            lines.append({"kind": FinancingKind.VOLUNTEER_TIME, "amount_cents": hours * rate_cents})
        return lines

    def figures(self, rate_cents: int) -> PlanFigures:
        """Return the sums of what is written now; what cannot be read counts as nothing."""
        hours = self.volunteer_hours.data or 0
        sums = {kind.value: self[kind.value].data or 0 for kind in SOURCES}
        return PlanFigures(
            cash_costs=sum(row.form.amount.data or 0 for row in self.costs), volunteer_costs=hours * rate_cents,
            volunteer_hours=hours, volunteer_financing=hours * rate_cents, **sums,
        )

    def add_rows(self, number: int) -> None:
        for _each in range(min(number, MOST_ROWS - len(self.costs))):
            self.costs.append_entry()


def drawn_from(plan: Plan | None, edition: int) -> dict[str, Any]:
    """Return what a budget's form shows at first: the stored plan, or the usual kinds of cost without amounts."""
    if plan is None:
        return {"version": edition, "costs": [{"kind": kind} for kind in USUAL_KINDS]}
    figures = figures_of(plan)
    volunteers = [line for line in plan.costs if line.kind is CostKind.VOLUNTEER_TIME]
    return {
        "version": edition,
        "costs": [{"kind": line.kind, "purpose": line.purpose, "amount": line.amount_cents, "line_id": line.root_id}
                  for line in plan.costs if line.kind is not CostKind.VOLUNTEER_TIME],
        "volunteer_hours": figures.volunteer_hours or None,
        "volunteer_purpose": "; ".join(line.purpose for line in volunteers if line.purpose),
        "explanation": plan.explanation,
        **{kind.value: getattr(figures, kind.value) or None for kind in SOURCES},
    }


class ApproveForm(ActForm):
    """A signature under exactly the plan that was shown."""

    plan_hash = wtforms.HiddenField()
    no_conflict = CheckField(
        _l("I am not on the board of, employed by or related to anybody of these organisations, "
           "and I have not worked on this budget."),
        [Required(_l("Please tick this, or say below that you have a conflict of interest."))],
    )


class ReturnForm(ActForm):
    reason = LongTextField(
        _l("What should the team change?"), [Required()], max_length=2000,
        description=_l("The team reads this. Say plainly what is missing or too much."),
    )


class ResolutionForm(ActForm):
    """What every decision of a body of the city is recorded with."""

    body = TextField(_l("Who decided?"), [Required()], max_length=160, description=_l("For example: City council"))
    on = DayField(_l("Day of the decision"), [Required()])
    reference = TextField(_l("Reference"), max_length=80, description=_l("Number of the paper or of the minutes."))


class AwardForm(ResolutionForm):
    notice_number = TextField(
        _l("Number of the notice"), [Required()], max_length=80, description=_l("A free number is suggested."),
    )
    notice_on = DayField(
        _l("Day of the notice"), [Required()],
        description=_l("The day of the letter. From here the time runs until the award is final."),
    )


class WaitlistForm(ResolutionForm):
    pass


class RejectForm(ResolutionForm):
    reason = LongTextField(
        _l("Reason"), [Required()], max_length=2000, description=_l("The project lead reads this in a letter."),
    )
