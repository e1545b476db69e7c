"""What is asked of whoever met a barrier, and of the office that answers."""

from flask_babel import lazy_gettext as _l

from incubator.foundation.fields import PRIVATE, ChoiceField, LongTextField, MailField, Required, TextField
from incubator.foundation.forms import VersionedForm
from incubator.foundation.public_forms import PublicForm
from incubator.questions.forms import SPOKEN
from incubator.questions.rules_barriers import LONGEST_ANSWER, LONGEST_PATH, LONGEST_TEXT


class BarrierForm(PublicForm):
    text = LongTextField(
        _l("What does not work for you?"), [Required(_l("Please write what does not work."))],
        max_length=LONGEST_TEXT, render_kw=PRIVATE,
        description=_l("For example: what you wanted to do, what happened, and what you use (screen reader, keyboard, "
                       "phone). You need not say anything about yourself."),
    )
    where = TextField(
        _l("Which page?"), max_length=LONGEST_PATH, description=_l("The page’s address or its name, if you know it."))
    mail = MailField(
        _l("Your mail address"),
        description=_l("Only if you want an answer. We need it for nothing else and delete it three months later."),
    )


class AnswerBarrierForm(VersionedForm):
    text = LongTextField(
        _l("Your answer"), [Required(_l("Please write your answer."))], max_length=LONGEST_ANSWER,
        description=_l("What is mended, or until when it will be. Or how else the person gets what they need."),
    )
    language = ChoiceField(_l("Language of your answer"), [Required()], choices=SPOKEN)


class NoteForm(VersionedForm):
    note = LongTextField(
        _l("Note for the office"), max_length=LONGEST_TEXT,
        description=_l("What you found out and who mends it. Only the office reads it."),
    )
