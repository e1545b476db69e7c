"""The shape of requests for money, their checks, payments, orders and accounts."""

import wtforms
from flask_babel import lazy_gettext as _l

from incubator.foundation.fields import (
    PRIVATE,
    CheckField,
    DayField,
    LongTextField,
    ManyChoicesField,
    MoneyField,
    Required,
    TextField,
)
from incubator.foundation.forms import ActForm, VersionedForm
from incubator.payments.queries_confirm import ARITHMETIC, FACTUAL

ACCOUNT = {"autocomplete": "off", "spellcheck": "false", **PRIVATE}


class AskForm(ActForm):
    amount_cents = MoneyField(_l("How much?"), [Required()], min=1,
                              description=_l("You may ask for less than what is open, and for the rest later."))
    purpose = LongTextField(
        _l("What for?"), [Required()], max_length=1000,
        description=_l("One or two sentences, for example: room and interpreters for the first three evenings."))
    needed_by = DayField(_l("Until when do you need it?"), [Required()],
                         description=_l("The office needs some days to check and to pay."))


class SignForm(ActForm):
    """One of the two checks; whoever signs declares anew that there is no conflict of interest."""

    what = wtforms.HiddenField(validators=[
        wtforms.validators.AnyOf((FACTUAL, ARITHMETIC), _l("Please choose one of these."))])
    no_conflict = CheckField(
        _l("I have no conflict of interest: no ties of board, work or family with the carrier or a partner."),
        [Required(_l("Please declare first that you have no conflict of interest."))])


class ReasonForm(ActForm):
    reason = LongTextField(_l("Reason"), [Required()], max_length=1000, description=_l("The project lead reads this."))


class CorrectForm(ActForm):
    reason = TextField(_l("What was wrong?"), [Required()], max_length=80,
                       description=_l("It is kept beside the entry that puts it right."))


class PayForm(ActForm):
    on = DayField(_l("Paid on"), [Required()], description=_l("The day on the bank statement."))
    reference = TextField(_l("Payment reference"), [Required()], max_length=80,
                          description=_l("As it stands on the bank statement or in the accounts."))


class BackForm(ActForm):
    cents = MoneyField(_l("How much came back?"), [Required()], min=1)
    on = DayField(_l("On which day?"), [Required()])
    reference = TextField(_l("Payment reference"), [Required()], max_length=80)


class OrderForm(ActForm):
    chosen = ManyChoicesField(_l("Requests to pay"), choices=[], coerce=int)
    execute_on = DayField(_l("The bank pays on"), [Required()])


class AccountForm(VersionedForm):
    """An account; what is stored is never drawn into it, so that nobody reads it off the screen."""

    holder = TextField(_l("Holder of the account"), [Required()], max_length=70, render_kw=PRIVATE,
                       description=_l("As the bank knows it."))
    iban = TextField(_l("IBAN"), [Required()], max_length=42, render_kw=ACCOUNT,
                     description=_l("Please compare it with the letter of the organisation, sign by sign."))
    bic = TextField(_l("BIC"), max_length=14, render_kw=ACCOUNT,
                    description=_l("Only for accounts outside Germany."))
