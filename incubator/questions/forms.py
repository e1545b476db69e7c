"""What is asked of people who write to a project, of the office that reads it, and of the team that answers."""

from flask_babel import lazy_gettext as _l

from incubator.foundation.fields import ChoiceField, LongTextField, MailField, NumberField, Required, TextField
from incubator.foundation.forms import ActForm, VersionedForm
from incubator.foundation.language import LANGUAGES
from incubator.foundation.public_forms import PublicForm
from incubator.questions.models import HelpKind
from incubator.questions.rules import LONGEST_ANSWER, LONGEST_TEXT, KeepingBack

SPOKEN = [(each.code, each.name) for each in LANGUAGES]


class AskForm(PublicForm):
    text = LongTextField(
        _l("Your question"), [Required(_l("Please write your question."))], max_length=LONGEST_TEXT,
        description=_l("At most 1,000 letters. Please write no names and nothing private: your question may become "
                       "public."),
    )
    name = TextField(_l("Your name"), max_length=120, description=_l("Only the office reads it."))
    mail = MailField(
        _l("Your mail address"),
        description=_l("Only if you want the answer by mail. We write to you once, and never again."),
    )


class HelpForm(PublicForm):
    help_kind = ChoiceField(
        _l("What can you give?"), [Required(_l("Please choose one."))], choices=HelpKind, radio=True)
    quantity = TextField(
        _l("How much of it?"), max_length=80, description=_l("For example: two hours a week, a room for 20 people"))
    text = LongTextField(
        _l("Tell the project about it"), [Required(_l("Please write a sentence about your offer."))],
        max_length=LONGEST_TEXT,
    )
    name = TextField(_l("Your name"), max_length=120)
    mail = MailField(
        _l("Your mail address"), [Required(_l("Please write your mail address."))],
        description=_l("The project answers you by mail. If it says yes, its team sees your name and your address."),
    )


class PassForm(ActForm):
    public_text = LongTextField(
        _l("What the team reads"), [Required()], max_length=LONGEST_TEXT,
        description=_l("Take out names and insults. If the team answers a question publicly, everybody reads these "
                       "words. Please keep the language."),
    )


class KeepBackForm(ActForm):
    reason = ChoiceField(
        _l("Why is it not passed on?"), [Required(_l("Please choose one."))], choices=KeepingBack, radio=True)


class AnswerForm(ActForm):
    text = LongTextField(_l("Your answer"), [Required(_l("Please write your answer."))], max_length=LONGEST_ANSWER)
    language = ChoiceField(_l("Language of your answer"), [Required()], choices=SPOKEN)
    how = ChoiceField(
        _l("Who reads it?"), [Required(_l("Please choose one."))], radio=True, default="public",
        choices=[("public", _l("Everybody, on the project’s page")), ("private", _l("Only the person who asked"))],
    )


class CorrectForm(VersionedForm):
    answer = LongTextField(_l("Your answer"), [Required(_l("Please write your answer."))], max_length=LONGEST_ANSWER)


class AcceptForm(ActForm):
    description = TextField(
        _l("The help in a few words"), [Required()], max_length=200,
        description=_l("It stands among the project’s pledges. Please write no names."),
    )
    quantity = NumberField(_l("How many"), [Required()], min=1, max=1_000_000)
    unit = TextField(_l("Of what"), [Required()], max_length=40, description=_l("Hours, evenings, pieces …"))
    organisation_id = ChoiceField(
        _l("Through whom is it written down?"), [Required()], choices=[], coerce=int,
        description=_l("Pledges are promises of organisations. Usually the carrier stands in for its volunteers."),
    )
    text = LongTextField(
        _l("What you want to write to them"), max_length=LONGEST_ANSWER,
        description=_l("For example: when and where you meet. We thank them in any case."),
    )


class DeclineForm(ActForm):
    text = LongTextField(
        _l("What you want to write to them"), max_length=LONGEST_ANSWER,
        description=_l("We thank them kindly in any case. You can say why it does not fit just now."),
    )
