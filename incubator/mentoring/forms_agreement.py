"""What is asked about an agreement, about a mentor, and before the next one begins."""

from flask_babel import lazy_gettext as _l

from incubator.dialogue.forms import SPOKEN_CHOICES
from incubator.foundation.fields import DayField, LongTextField, ManyChoicesField, Required, TextField
from incubator.foundation.forms import ActForm, VersionedForm


class AgreementForm(VersionedForm):
    aim = LongTextField(_l("What is the mentoring for?"), [Required()], max_length=2000)
    rhythm = TextField(_l("How often do you talk?"), [Required()], max_length=200)
    starts_on = DayField(_l("From"), [Required()])
    ends_on = DayField(_l("Until"), [Required()])
    spoken_language = TextField(_l("In which language?"), [Required()], max_length=60)
    confidentiality = LongTextField(_l("What stays between you?"), [Required()], max_length=2000)
    limits = LongTextField(_l("What is mentoring not?"), [Required()], max_length=2000)
    how_it_ends = LongTextField(_l("How does it end?"), [Required()], max_length=2000)


class ProfileForm(ActForm):
    theme_ids = ManyChoicesField(_l("Which themes do you know?"), choices=[], coerce=int)
    languages = ManyChoicesField(_l("Which languages do you speak?"), choices=SPOKEN_CHOICES)
    words = LongTextField(
        _l("A few words about you"), max_length=500,
        description=_l("What you have done, what you can help with. Only the coordination reads it."),
    )


class HandoverForm(ActForm):
    note = LongTextField(
        _l("What should the next mentor know?"), [Required()], max_length=4000,
        description=_l("Only mentors of the project and the coordination read this; the team never does."),
    )
