"""What is asked about partners and their pledges."""

from flask_babel import lazy_gettext as _l

from incubator.foundation.fields import (
    ChoiceField,
    DayField,
    ManyChoicesField,
    MoneyField,
    NumberField,
    Required,
    TextField,
)
from incubator.foundation.forms import ActForm
from incubator.partners.models import PartnerRole, PledgeKind, PledgeState


class PartnerForm(ActForm):
    organisation_id = ChoiceField(_l("Organisation"), [Required()], choices=[], coerce=int)
    roles = ManyChoicesField(
        _l("How they take part"), [Required(_l("Please choose at least one."))],
        choices=[(role.value, role.label) for role in PartnerRole],
    )


class PledgeForm(ActForm):
    organisation_id = ChoiceField(_l("Who promises it?"), [Required()], choices=[], coerce=int)
    kind = ChoiceField(_l("What is it?"), [Required()], choices=PledgeKind, radio=True)
    description = TextField(
        _l("In a few words"), [Required()], max_length=200, description=_l("For example: kitchen and hall on Fridays")
    )
    quantity = NumberField(
        _l("How many"), [Required()], min=1, max=1_000_000, description=_l("For money simply 1.")
    )
    unit = TextField(
        _l("Of what"), max_length=40, description=_l("Hours, evenings, pieces … For money leave it empty.")
    )
    value_cents = MoneyField(
        _l("Amount, or what it is worth"),
        description=_l("Money needs an amount. For everything else you can leave it empty."),
    )
    valued_how = TextField(
        _l("How you arrived at the value"), max_length=200,
        description=_l("Only where something else than money has a value. For example: usual rent of the hall."),
    )
    starts_on = DayField(_l("From"))
    ends_on = DayField(_l("Until"))


class AnswerForm(ActForm):
    answer = ChoiceField(
        _l("Your answer"), [Required()], choices=[("confirm", _l("Yes, we promise this")), ("decline", _l("No"))]
    )


class OutcomeForm(ActForm):
    outcome = ChoiceField(
        _l("What became of it?"), [Required()], radio=True,
        choices=[
            (PledgeState.FULFILLED.value, _l("We received all of it")),
            (PledgeState.PARTLY_FULFILLED.value, _l("We received a part of it")),
            (PledgeState.WITHDRAWN.value, _l("It will not come")),
        ],
    )
