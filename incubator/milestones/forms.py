"""What is asked about milestones and news."""

from typing import Any

import flask_wtf.file
import wtforms
from flask_babel import lazy_gettext as _l

from incubator.foundation.errors import RuleBroken
from incubator.foundation.fields import (
    CheckField,
    ChoiceField,
    DayField,
    LongTextField,
    NumberField,
    Required,
    TextField,
)
from incubator.foundation.forms import ActForm, VersionedForm
from incubator.media import images
from incubator.media.rules import PHOTOS_EACH
from incubator.milestones import tongues

WORDS_FOR_PHOTO = _l("Please say in a few words what the photo shows: some people cannot see it.")
KINDS = {"accept": "image/jpeg,image/png,image/heic,image/heif,image/webp", "data-photos": ""}


class PlanForm(VersionedForm):
    title = TextField(
        _l("What will be reached?"), [Required()], max_length=160,
        description=_l("A result that everybody can see, for example: The kitchen is open."),
    )
    due_on = DayField(_l("By which day?"), [Required(_l("Please give the day."))])
    description = LongTextField(_l("More about it"), max_length=2000)
    needs_id = ChoiceField(
        _l("Waits for"), choices=[], coerce=int, blank=True,
        description=_l("If that one is late, the expected day of this one moves too."),
    )
    weight = NumberField(
        _l("Weight"), [Required()], min=1, max=100, default=1,
        description=_l("How much it counts in the progress of the project. 1 is normal, 2 counts twice."),
    )
    is_gate = CheckField(
        _l("Releases the second instalment"),
        description=_l("When your mentor has accepted this milestone, you can ask for the next part of the money. "
                       "Only one milestone can be it."),
    )


class PhotoSlot(wtforms.Form):
    """Room for one photo; the picture is made anew while the form is read, before anything is locked."""

    file = flask_wtf.file.FileField(_l("Photo"), render_kw=KINDS)
    alt = TextField(
        _l("What does the photo show?"), max_length=300,
        description=_l("Needed with every photo: it is read aloud to people who cannot see it."),
    )
    credit = TextField(_l("Who took the photo?"), max_length=160, description=_l("Their name stands below the photo."))
    shows_people = CheckField(_l("People can be recognised in it"))
    consent = CheckField(
        _l("All of them have agreed in writing that it may be shown"),
        description=_l("Without their consent only your mentor and the city see the photo."),
    )
    consent_until = DayField(
        _l("Agreed until"), description=_l("Leave it empty for three years. After that day the photo is hidden.")
    )
    picture: images.Picture | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        if not self.file.data:
            return fine
        try:
            self.picture = images.read(self.file.data.read())
        except RuleBroken as broken:
            self.file.errors = [*self.file.errors, broken.sentence]
        if not self.alt.data and not self.alt.errors:
            self.alt.errors = [WORDS_FOR_PHOTO]
        return fine and not self.file.errors and not self.alt.errors

    def value(self) -> dict[str, Any]:
        return {
            "data": self.picture, "alt": self.alt.data, "credit": self.credit.data,
            "shows_people": self.shows_people.data, "consent": self.consent.data,
            "consent_until": self.consent_until.data,
        }

    @property
    def is_begun(self) -> bool:
        """Whether something stands here already, so that it should be seen."""
        return bool(self.errors or self.alt.data or self.credit.data or self.shows_people.data)


class PhotoWords(wtforms.Form):
    """What stands for a photo that is there already."""

    key = wtforms.HiddenField()
    alt = TextField(_l("What does the photo show?"), [Required(WORDS_FOR_PHOTO)], max_length=300)


def words_list() -> Any:
    return wtforms.FieldList(wtforms.FormField(PhotoWords), _l("Photos"), max_entries=PHOTOS_EACH)


def written_in() -> Any:
    return ChoiceField(_l("Written in"), [Required()], choices=tongues.choices(), default=tongues.own)


class _NewsForm(ActForm):
    language = written_in()
    photos = wtforms.FieldList(wtforms.FormField(PhotoSlot), _l("Photos"), min_entries=PHOTOS_EACH,
                               max_entries=PHOTOS_EACH)

    def values(self) -> dict[str, Any]:
        slots = [slot.form.value() for slot in self.photos if slot.form.file.data]
        return super().values() | {"photos": slots}

    @property
    def has_photos(self) -> bool:
        return any(slot.form.file.data for slot in self.photos)

    @property
    def lacks_photo(self) -> bool:
        """Whether words for a photo were sent without one: after a look at the text it must be chosen again."""
        return any(slot.form.alt.data and not slot.form.file.data for slot in self.photos)

    @property
    def lacks_consent(self) -> bool:
        """Whether a photo was sent that shows people who have not agreed."""
        slots = [slot.form for slot in self.photos if slot.form.file.data]
        return any(slot.shows_people.data and not slot.consent.data for slot in slots)

    @property
    def lost_photos(self) -> bool:
        """Whether photos were sent with a form that is shown again: browsers do not keep them."""
        return self.is_submitted() and self.has_photos


class ReportForm(_NewsForm):
    actual_on = DayField(_l("When was it reached?"), [Required(_l("Please give the day."))])
    text = LongTextField(
        _l("What happened?"), [Required()], max_length=5000,
        description=_l("Two or three sentences. Everybody can read them once your mentor has accepted the report."),
    )
    evidence = LongTextField(
        _l("How can your mentor see it?"), [Required()], max_length=2000,
        description=_l("For example: 23 people came, the list is with us. Only your mentor and the city read this."),
    )
    title = TextField(_l("Headline"), max_length=160, description=_l("Leave it empty to use the milestone’s name."))


class NewsForm(_NewsForm):
    title = TextField(_l("Headline"), [Required()], max_length=160)
    text = LongTextField(
        _l("What is new?"), [Required()], max_length=5000, description=_l("Please name people only if they agree.")
    )
    preview = wtforms.StringField()

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name != "preview"}


class ChangeNewsForm(NewsForm, VersionedForm):
    """News that nobody reads yet, with the words for photos it has already."""

    words = words_list()


class CorrectionForm(VersionedForm):
    title = TextField(_l("Headline"), [Required()], max_length=160)
    text = LongTextField(_l("What is new?"), [Required()], max_length=5000)
    language = written_in()
    words = words_list()
    note = TextField(
        _l("What did you correct, and why?"), max_length=200,
        description=_l("Everybody reads this below the news. Please write it in the language of the news."),
    )


class ReadForm(VersionedForm):
    """The answer to news that was read before everybody reads it."""

    answer = wtforms.StringField()
    note = LongTextField(
        _l("What should the team change?"), max_length=1000,
        description=_l("The team reads this and proposes it again."),
    )


class ReviewForm(ActForm):
    answer = wtforms.StringField()
    reason = LongTextField(
        _l("What is missing?"), max_length=1000, description=_l("The team reads this and reports again.")
    )


class ForecastForm(ActForm):
    forecast_on = DayField(
        _l("When do you expect it now?"), [Required(_l("Please give the day."))],
        description=_l("The promised day stays as it is. What waits for this milestone moves by as many days."),
    )


class CancelForm(ActForm):
    reason = LongTextField(
        _l("Why is it given up?"), [Required()], max_length=1000, description=_l("The team reads this.")
    )
