"""What people fill in about receipts."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from incubator.foundation import language, money
from incubator.foundation.fields import (
    CheckField,
    ChoiceField,
    DayField,
    LongTextField,
    ManyChoicesField,
    MoneyField,
    PapersField,
    Required,
    TextField,
)
from incubator.foundation.forms import ActForm
from incubator.payments.rules_receipts import LineUse

ASIDE = ("contracted_on", "offers", "offers_note")


class ReceiptForm(ActForm):
    """One receipt; several files are its pages."""

    papers = PapersField(
        _l("Photo or PDF of the receipt"), [Required(_l("Please choose a photo or a PDF."))],
        description=_l("Several pages? Choose them all at once. One receipt at a time."))
    amount_cents = MoneyField(_l("How much was paid?"), [Required(_l("Please enter the amount."))], min=1,
                              description=_l("The whole sum on the receipt, with tax."))
    paid_on = DayField(_l("When was it paid?"), [Required(_l("Please enter the day."))])
    payee = TextField(_l("Who got the money?"), [Required(_l("Please write who was paid."))], max_length=160)
    reason = TextField(_l("What was it for?"), [Required(_l("Please write what was paid for."))], max_length=300)
    line_id = ChoiceField(_l("Which line of your budget?"), [Required(_l("Please choose a line of your budget."))],
                          choices=[], coerce=int, radio=True)
    number = TextField(_l("Number of the invoice or receipt"), max_length=80,
                       description=_l("If one is printed on it. It helps to see that nothing is counted twice."))
    contracted_on = DayField(
        _l("Ordered or signed on an earlier day?"),
        description=_l("Only if it was ordered before it was paid: what was ordered before the award cannot be paid."))
    offers = PapersField(_l("Offers you compared"), description=_l("Photos or PDFs of two or three offers."))
    offers_note = LongTextField(_l("Why there are no other offers"), max_length=500,
                                description=_l("One sentence is enough."))

    def offer_lines(self, uses: list[LineUse]) -> None:
        """Offer the lines that are paid in money, each with what is left on it."""
        self.line_id.choices = [(use.root_id, _line(use)) for use in uses]

    @property
    def shows_more(self) -> bool:
        """Say whether the questions that seldom matter must be seen."""
        return any(self[name].errors or self[name].data for name in ASIDE)


class CorrectForm(ReceiptForm):
    """A receipt entered anew; its old papers go along, those that stay ticked."""

    papers = PapersField(_l("More photos or PDFs"), description=_l("Only if a page is missing or unreadable."))
    kept = ManyChoicesField(_l("Files that stay with it"), choices=[], coerce=int)


class AnswerForm(ActForm):
    answer = LongTextField(_l("Your answer"), [Required(_l("Please write your answer."))], max_length=1000)


class BeginForm(ActForm):
    no_conflict = CheckField(
        _l("I have no conflict of interest with this project: no family, work, board or business ties."),
        [Required(_l("Please declare first that you have no conflict of interest."))])


class CutForm(ActForm):
    accepted_cents = MoneyField(_l("How much of it is accepted?"), [Required(_l("Please enter the amount."))])
    note = LongTextField(_l("Why? The team reads this."), [Required(_l("Please say why the receipt is cut."))],
                         max_length=500)


class QuestionForm(ActForm):
    question = LongTextField(_l("Your question to the team"), [Required(_l("Please write your question."))],
                             max_length=1000)


class ReopenForm(ActForm):
    reason = LongTextField(_l("Why do you look at it again?"), [Required(_l("Please say why."))], max_length=500)


def name_of(use: Any) -> str:
    """Name a line: its kind and, where it has one, its purpose in a direction of its own."""
    if not use.purpose:
        return str(use.kind.label)
    return _("%(kind)s: %(purpose)s", kind=use.kind.label, purpose=f"\u2068{use.purpose}\u2069")


def _line(use: LineUse) -> str:
    amount = money.format(abs(use.left), language.current().code)
    if use.left < 0:
        return _("%(line)s – %(amount)s more than planned", line=name_of(use), amount=amount)
    return _("%(line)s – %(amount)s left", line=name_of(use), amount=amount)
