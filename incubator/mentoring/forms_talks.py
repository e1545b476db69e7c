"""What is asked about a talk that is to come."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.dialogue.forms import TimeField
from incubator.foundation.clock import CITY
from incubator.foundation.fields import PRIVATE, ChoiceField, DayField, LongTextField, NumberField, Required, TextField
from incubator.foundation.forms import ActForm, VersionedForm
from incubator.mentoring.models import SessionKind, SessionMode
from incubator.mentoring.rules import LONGEST_MINUTES


class TalkForm(ActForm):
    on = DayField(_l("Day"), [Required()])
    at = TimeField(_l("Begins at"), [Required()])
    minutes = NumberField(_l("How many minutes?"), [Required()], min=1, max=LONGEST_MINUTES)
    mode = ChoiceField(_l("How do you meet?"), [Required()], choices=SessionMode)
    place = TextField(
        _l("Where?"), max_length=300, render_kw=PRIVATE,
        description=_l("The address, the link to the video talk, or who calls whom.")
    )
    kind = ChoiceField(_l("What kind of talk?"), [Required()], choices=SessionKind)
    words = LongTextField(
        _l("What is it about?"), max_length=500, description=_l("It stands in the invitation. Nothing confidential.")
    )

    def values(self) -> dict[str, Any]:
        """Return the answers with one moment, as the clocks of the city show it."""
        found = super().values()
        return found | {"starts_at": datetime.combine(found.pop("on"), found.pop("at"), CITY)}


class EditTalkForm(VersionedForm, TalkForm):
    pass
