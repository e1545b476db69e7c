"""What is asked when a group looks for a carrier, and of the organisation that answers."""

from flask_babel import lazy_gettext as _l

from incubator.foundation.fields import ChoiceField, LongTextField, Required
from incubator.foundation.forms import ActForm
from incubator.foundation.language import LANGUAGES


class AskCarrierForm(ActForm):
    organisation_id = ChoiceField(_l("Which organisation do you ask?"), [Required()], choices=[], coerce=int)
    words = LongTextField(
        _l("A few words to them"), [Required(_l("Please write a few words, so that they know who asks."))],
        max_length=1000,
        description=_l("Who are you, and what do you want to do? They also read the title and the short text of your "
                       "proposal."),
    )
    language = ChoiceField(
        _l("The language you write in"), [Required()], choices=[(each.code, each.name) for each in LANGUAGES])


class CarrierAnswerForm(ActForm):
    answer = ChoiceField(
        _l("Your answer"), [Required()], choices=[("accept", _l("Yes, we carry it")), ("decline", _l("No"))])
    reason = LongTextField(_l("Why not? The team reads this."), max_length=1000)


class EndCarryingForm(ActForm):
    reason = LongTextField(
        _l("Why can you no longer carry the project?"), [Required(_l("Please say why; the team reads it."))],
        max_length=1000, description=_l("The team and the coordination read this."))
