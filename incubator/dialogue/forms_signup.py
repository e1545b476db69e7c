"""What is asked of somebody who wants to come to a workshop: an address, and what must be prepared."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from incubator.dialogue.forms import LANGUAGE_CHOICES, SPOKEN_CHOICES
from incubator.dialogue.rules_signup import MOST_CHILDREN, MOST_TOGETHER
from incubator.foundation.fields import PRIVATE, ChoiceField, MailField, Required, TextField
from incubator.foundation.forms import ActForm, Form
from incubator.foundation.public_forms import PublicForm

PEOPLE = [(number, str(number)) for number in range(1, MOST_TOGETHER + 1)]
CHILDREN = [(number, str(number)) for number in range(MOST_CHILDREN + 1)]
INTERPRETERS = [("", _l("None, thank you")), *SPOKEN_CHOICES]


class NeedsForm(Form):
    """How many come, and what they need; what the workshop does not have is not asked."""

    people = ChoiceField(
        _l("How many people come?"), [Required()], choices=PEOPLE, coerce=int, default=1,
        description=_l("You and those you bring along. Children who are looked after do not count."),
    )
    children = ChoiceField(
        _l("How many children shall we look after?"), choices=CHILDREN, coerce=int, default=0,
        render_kw=PRIVATE)
    interpreter = ChoiceField(
        _l("Do you need an interpreter?"), choices=INTERPRETERS, default="", render_kw=PRIVATE,
        description=_l("Choose the language you want to hear and speak."),
    )

    def offer(self, workshop: Any) -> None:
        """Leave out what this workshop does not have."""
        for name, has in (("children", workshop.has_childcare), ("interpreter", workshop.has_interpreters)):
            if not has:
                del self[name]

    def values(self) -> dict[str, Any]:
        found = super().values()
        return found | {name: found[name] or empty for name, empty in (("children", 0), ("interpreter", ""))
                        if name in found}


class SignUpForm(PublicForm, NeedsForm):
    mail = MailField(
        _l("Your mail address"), [Required(_l("Please write your mail address."))],
        description=_l("We send you a letter with a link: please confirm there. We use the address for this workshop "
                       "only and delete it 30 days afterwards."),
    )
    name = TextField(_l("Your name"), max_length=120,
                     description=_l("Only those who prepare the workshop read it."))


class EnterForm(ActForm, NeedsForm):
    mail = MailField(
        _l("Mail address"), [Required(_l("Please write a mail address: without one nobody can be told."))],
        description=_l("The letter with the place, and every change, goes there. Somebody without an address may give "
                       "that of a friend."),
    )
    name = TextField(lazy_pgettext("of a person", "Name"), max_length=120)
    language = ChoiceField(_l("Language of our letters"), [Required()], choices=LANGUAGE_CHOICES)


class ChangeForm(ActForm, NeedsForm):
    """Somebody changes what they said."""
