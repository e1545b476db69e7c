"""What is asked about findings, workshops and ideas."""

from datetime import datetime, time
from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l

from incubator.dialogue.models import EvidenceKind, IdeaState, WorkshopKind
from incubator.dialogue.rules import SPOKEN
from incubator.dialogue.rules_signup import MOST_PLACES, end_of
from incubator.foundation.clock import CITY
from incubator.foundation.digits import western
from incubator.foundation.fields import (
    CheckField,
    ChoiceField,
    DayField,
    LongTextField,
    ManyChoicesField,
    NumberField,
    Required,
    TextField,
)
from incubator.foundation.forms import ActForm, VersionedForm
from incubator.foundation.language import LANGUAGES, named

LANGUAGE_CHOICES = [(each.code, each.name) for each in LANGUAGES]
SPOKEN_CHOICES = [(code, named(code).name) for code in SPOKEN]
EVENING = {"starts_at": time(17), "ends_at": time(20)}
WRITTEN_IN = _l("Language of the text")


class TimeField(wtforms.TimeField):
    """A time of the day in the city; browsers show their own clock."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = time.fromisoformat(western(valuelist[0])).replace(second=0, microsecond=0, tzinfo=None)
        except ValueError:
            raise ValueError(_l("Please write the time like this: 17:30")) from None


class EvidenceForm(ActForm):
    statement = TextField(
        _l("What is needed, or missing?"), [Required()], max_length=200,
        description=_l("One sentence, for example: Everyday meeting places are missing."),
    )
    kind = ChoiceField(_l("Where does the finding come from?"), [Required()], choices=EvidenceKind, radio=True)
    count = NumberField(
        _l("How many said so?"), description=_l("At least five. Smaller numbers could point at somebody.")
    )
    base = NumberField(_l("Of how many?"), description=_l("How many people were asked or took part."))
    pct = NumberField(
        _l("Or: how many percent?"), max=100, description=_l("Only where you do not know the number.")
    )
    indicator = TextField(
        _l("Who was asked?"), max_length=200, description=_l("For example: women from the district")
    )
    languages = ManyChoicesField(
        _l("In which languages were people asked?"), choices=SPOKEN_CHOICES,
        description=_l("Only if you know it: whoever is not asked in their language is missing in the figure."),
    )
    year = NumberField(_l("Year"), [Required()], description=_l("When was it found out?"))
    theme_id = ChoiceField(_l("Theme"), [Required()], choices=[], coerce=int)
    district_id = ChoiceField(_l("Where?"), choices=[], coerce=int)
    source = TextField(
        _l("Where it is written"), [Required()], max_length=300,
        description=_l("For example the title of the study with its page, so that others can check it."),
    )
    licence = TextField(
        _l("Licence"), max_length=120, description=_l("May others use the figure? For example: CC BY 4.0")
    )
    language = ChoiceField(WRITTEN_IN, [Required()], choices=LANGUAGE_CHOICES)


class EditEvidenceForm(VersionedForm, EvidenceForm):
    pass


class WorkshopForm(ActForm):
    title = TextField(_l("Title"), [Required()], max_length=160, description=_l("What will people talk about?"))
    kind = ChoiceField(_l("What kind of workshop is it?"), [Required()], choices=WorkshopKind, radio=True)
    on = DayField(_l("Day"), [Required()])
    starts_at = TimeField(_l("Begins at"), [Required()])
    ends_at = TimeField(_l("Ends at"), [Required()])
    place = TextField(_l("Place"), max_length=200, description=_l("House, street and number."))
    district_id = ChoiceField(_l("District"), choices=[], coerce=int)
    theme_ids = ManyChoicesField(_l("Themes"), choices=[], coerce=int)
    text = LongTextField(
        _l("What happens there, and for whom is it?"), max_length=3000,
        description=_l("Simple words. Say too that everybody is welcome and what it costs: nothing."),
    )
    languages = ManyChoicesField(
        _l("Languages that are spoken"), [Required(_l("Please choose at least one language."))], choices=SPOKEN_CHOICES
    )
    has_interpreters = CheckField(_l("Interpreters are there"))
    has_childcare = CheckField(_l("Somebody looks after children"))
    is_step_free = CheckField(_l("No steps: one can come with a wheelchair or a pram"))
    takes_signups = CheckField(
        _l("People can sign up on its page"),
        description=_l("They need no account, only a mail address. Without this everybody just comes."),
    )
    places = NumberField(
        _l("How many people fit in?"), min=1, max=MOST_PLACES,
        description=_l("When it is full, a waiting list begins. Leave it empty where everybody fits in."),
    )
    signups_until = DayField(
        _l("Last day to sign up"), description=_l("Leave it empty if one can sign up until it begins.")
    )
    language = ChoiceField(WRITTEN_IN, [Required()], choices=LANGUAGE_CHOICES)

    def values(self) -> dict[str, Any]:
        """Return the answers with moments; whatever its day, a workshop ends on the day on which it began."""
        found = super().values()
        day = found.pop("on")
        moments = {name: datetime.combine(day, found.pop(name), CITY) for name in ("starts_at", "ends_at")}
        return found | moments | {"signups_until": end_of(found["signups_until"])}


class AnnounceForm(WorkshopForm):
    round_id = ChoiceField(_l("Round"), [Required()], choices=[], coerce=int)


class EditWorkshopForm(VersionedForm, WorkshopForm):
    pass


class CancelForm(ActForm):
    reason = LongTextField(
        _l("Why is it cancelled?"), [Required()], max_length=1000, description=_l("Everybody can read it.")
    )


class SumUpForm(VersionedForm):
    participants = NumberField(
        _l("How many people were there?"), description=_l("Fewer than five, or not counted? Leave it empty.")
    )
    summary = LongTextField(
        _l("What came out?"), [Required()], max_length=4000,
        description=_l("A few sentences that everybody can read. No names."),
    )


class IdeaForm(ActForm):
    title = TextField(
        _l("The idea in a few words"), [Required(_l("Give the idea a title."))], max_length=120
    )
    text = LongTextField(
        _l("What is it about?"), max_length=3000,
        description=_l("In the words of whoever gave it. Leave out names, addresses and telephone numbers."),
    )
    language = ChoiceField(WRITTEN_IN, [Required()], choices=SPOKEN_CHOICES)
    theme_id = ChoiceField(_l("Theme"), choices=[], coerce=int)
    district_id = ChoiceField(_l("District"), choices=[], coerce=int)
    workshop_id = ChoiceField(_l("Given at this workshop"), choices=[], coerce=int)
    evidence_ids = ManyChoicesField(_l("Which needs does it answer?"), choices=[], coerce=int)
    is_public = CheckField(
        _l("Whoever gave the idea agrees that everybody can read it"),
        description=_l("Without this it stays inside. Whose idea it is, is never shown."),
    )


class GiveIdeaForm(IdeaForm):
    round_id = ChoiceField(_l("Round"), [Required()], choices=[], coerce=int)


class EditIdeaForm(VersionedForm, IdeaForm):
    pass


class MoveIdeaForm(ActForm):
    to = ChoiceField(_l("What becomes of the idea?"), [Required()], choices=[], coerce=IdeaState, radio=True)
    into_id = ChoiceField(_l("The other idea"), choices=[], coerce=int,
                          description=_l("Only if it is joined with another one."))
    reason = LongTextField(_l("Why?"), max_length=1000)
