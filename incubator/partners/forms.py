"""What is asked about partners and their pledges."""

from collections.abc import Sequence
from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l

from incubator.foundation.fields import (
    ChoiceField,
    DayField,
    LongTextField,
    MailField,
    ManyChoicesField,
    MoneyField,
    NumberField,
    PapersField,
    Required,
    TextField,
)
from incubator.foundation.forms import ActForm, Form, VersionedForm
from incubator.foundation.language import LANGUAGES
from incubator.organisations.rules import LONGEST_NAME
from incubator.partners.models import PartnerRole, Pledge, PledgeKind, PledgeState
from incubator.partners.operations import GOES, STAYS
from incubator.partners.rules_links import LONGEST_REASON, LONGEST_WORDS
from incubator.partners.rules_proofs import LONGEST_TEXT

ASKED = "pledge_"


class PartnerForm(ActForm):
    organisation_id = ChoiceField(_l("Organisation"), [Required()], choices=[], coerce=int)
    roles = ManyChoicesField(
        _l("How they take part"), [Required(_l("Please choose at least one."))],
        choices=[(role.value, role.label) for role in PartnerRole],
    )


class PromiseForm(ActForm):
    """What is asked about a promise whatever it is of."""

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


class OfferForm(PromiseForm):
    """A promise as the partner itself writes it."""

    kind = ChoiceField(_l("What is it?"), [Required()], choices=PledgeKind, radio=True)


class PledgeForm(OfferForm):
    organisation_id = ChoiceField(_l("Who promises it?"), [Required()], choices=[], coerce=int)


class ChangePledgeForm(VersionedForm, PromiseForm):
    """What the project wrote down, as the partner wants to promise it; what kind of thing it is stays."""


class AnswerForm(ActForm):
    answer = ChoiceField(
        _l("Your answer"), [Required()], choices=[("confirm", _l("Yes, we promise this")), ("decline", _l("No"))]
    )
    reason = LongTextField(
        _l("If not: why?"), max_length=LONGEST_REASON, description=_l("A few words; the project reads them.")
    )


class OfferAnswerForm(ActForm):
    answer = ChoiceField(
        _l("Your answer"), [Required()], choices=[("confirm", _l("Yes, thank you")), ("decline", _l("No, thank you"))]
    )
    reason = LongTextField(
        _l("If not: why?"), max_length=LONGEST_REASON, description=_l("A few words; the partner reads them.")
    )


class ReasonForm(ActForm):
    reason = LongTextField(
        _l("Why?"), [Required(_l("Please say in a few words why."))], max_length=LONGEST_REASON,
        description=_l("A few words. Both sides read them.")
    )


class ProofForm(ActForm):
    """That something came: in words, and how much."""

    text = LongTextField(
        _l("What came, and when?"), [Required(_l("Please write what came and when."))], max_length=LONGEST_TEXT,
        description=_l("For example: twelve evenings in the hall, from May to July. Please write no names."),
    )
    quantity: wtforms.Field = NumberField(_l("How much of it?"), [Required()], min=1, max=1_000_000)
    papers = PapersField(
        _l("A photo or a paper"), max_files=1, description=_l("If you have one. It stays inside the project.")
    )


class MoneyProofForm(ProofForm):
    quantity = MoneyField(_l("How much money came?"), [Required()], min=1)


class LeaveForm(ActForm):
    """The end of a partnership; `leave_form` adds a question for each pledge that is open."""

    reason = LongTextField(
        _l("Why?"), max_length=LONGEST_REASON,
        description=_l("Only if something is taken back. Both sides read it."),
    )

    def settled(self) -> dict[int, str]:
        """Return what becomes of each pledge, by its number."""
        return {int(name.removeprefix(ASKED)): field.data for name, field in self._fields.items()
                if name.startswith(ASKED)}


def leave_form(pledges: Sequence[Pledge]) -> LeaveForm:
    """Return the form that asks of each open pledge what becomes of it; an offer can only be taken back."""
    asked = {f"{ASKED}{pledge.id}": _becomes_of(pledge) for pledge in pledges}
    kind: type[LeaveForm] = type("LeaveForm", (LeaveForm,), asked)
    return kind()


def _becomes_of(pledge: Pledge) -> Any:
    stays = [(STAYS, _l("It stays until its end"))] if pledge.state is PledgeState.CONFIRMED else []
    return ChoiceField(
        f"\u2068{pledge.description}\u2069", [Required()], choices=[*stays, (GOES, _l("It is taken back"))], radio=True,
        default=None if stays else GOES,
    )


class InviteForm(ActForm):
    organisation_id = ChoiceField(_l("Organisation"), choices=[], coerce=int)
    name = TextField(
        _l("Or its name, if it is not in the list"), max_length=LONGEST_NAME,
        description=_l("It is added with its name and nothing else."),
    )
    mail = MailField(
        _l("Mail address"), [Required(_l("Please write the mail address."))],
        description=_l("Of somebody who can decide there."),
        render_kw={"autocomplete": "off"},
    )
    roles = ManyChoicesField(
        _l("How they could take part"), [Required(_l("Please choose at least one."))],
        choices=[(role.value, role.label) for role in PartnerRole],
    )
    words = LongTextField(
        _l("A few words to them"), max_length=LONGEST_WORDS, description=_l("What you plan and what you hope for.")
    )
    language = ChoiceField(
        _l("Language of the letter"), [Required()], choices=[(each.code, each.name) for each in LANGUAGES]
    )


class InvitationForm(ActForm):
    answer = ChoiceField(
        _l("Your answer"), [Required()], choices=[("yes", _l("Yes, we take part")), ("no", _l("No"))]
    )
    reason = LongTextField(
        _l("If not: why?"), max_length=LONGEST_REASON, description=_l("You need not say it.")
    )


class LinkForm(Form):
    mail = MailField(_l("Your mail address"), [Required(_l("Please write your mail address."))])
    website = TextField(_l("Please leave this empty"))
