"""What is asked about an address."""

from flask_babel import lazy_gettext as _l

from incubator.foundation.fields import ChoiceField, ManyChoicesField, Required, TextField
from incubator.foundation.forms import ActForm
from incubator.hooks.rules import Topic


class OwnHookForm(ActForm):
    """For an organisation's own address: it hears of what the organisation carries or takes part in."""

    name = TextField(_l("Whose system is it?"), [Required()], max_length=80,
                     description=_l("By this name you find it again, for example: Website of the library."))
    url = TextField(_l("Its address"), [Required()], max_length=600,
                    description=_l("You get it from whoever runs the system. It begins with https://."))
    events = ManyChoicesField(_l("What does it want to hear of?"),
                              [Required(_l("Please choose what it wants to hear of."))], choices=Topic)


class HookForm(OwnHookForm):
    organisation_id = ChoiceField(
        _l("Of which projects?"), choices=[], coerce=int,
        description=_l("An organisation hears of the projects that it carries or takes part in."))

    def offer(self, names: dict[int, str]) -> "HookForm":
        self.organisation_id.choices = [(0, _l("Of all public projects")), *names.items()]
        return self
