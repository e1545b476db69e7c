"""What is asked about a key."""

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from incubator.api.rules import LIFETIMES, USUAL_LIFETIME, Scope
from incubator.foundation.fields import ChoiceField, ManyChoicesField, Required, TextField
from incubator.foundation.forms import ActForm


class KeyForm(ActForm):
    name = TextField(
        _l("What is the key for?"), [Required()], max_length=60,
        description=_l("By this name you find it again, for example: Our club’s calendar."),
    )
    scopes = ManyChoicesField(
        _l("What may it do?"), [Required(_l("Please choose what the key may do."))], choices=Scope)
    days = ChoiceField(_l("For how long?"), [Required()], choices=[], coerce=int, default=USUAL_LIFETIME)

    def offer(self) -> "KeyForm":
        self.days.choices = [(days, ngettext("%(num)s day", "%(num)s days", days)) for days in LIFETIMES]
        return self
