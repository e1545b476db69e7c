"""What is asked of everybody who has an idea, of the office that shows it, and of those who want it back."""

import dataclasses
import hashlib
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from incubator.dialogue.operations_giving import GivenPhoto
from incubator.foundation.errors import RuleBroken
from incubator.foundation.fields import (
    CheckField,
    ChoiceField,
    LongTextField,
    MailField,
    PapersField,
    Required,
    TextField,
)
from incubator.foundation.forms import KEY, ActForm
from incubator.foundation.public_forms import PublicForm
from incubator.media import images, papers, store
from incubator.media.models import PaperKind

WORDS_FOR_PHOTO = _l("Please say in a few words what the photo shows: some people cannot see it.")
LONGEST_TEXT = 3000
PICTURES = {"accept": "image/jpeg,image/png,image/heic,image/heif,image/webp", "multiple": False, "data-photos": ""}


class PhotoField(PapersField):
    """One photo; a new one takes the place of the one that waits."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        del self.sent[1:]
        if any(papers.is_pdf(each.data) for each in self.sent):
            self.sent, self.data = [], [*self.kept_keys]
            raise ValueError(images.NOT_A_PICTURE)
        if self.sent:
            self.dropped_keys, self.kept_keys = [*self.dropped_keys, *self.kept_keys], []
        self.data = [*self.sent, *self.kept_keys]


@dataclasses.dataclass(frozen=True)
class Sender:
    """Stands for whoever sends a form without an account: a file waits for that one form, and for nobody else."""

    public_id: str


class NewIdeaForm(PublicForm):
    title = TextField(
        _l("Your idea in a few words"), [Required(_l("Please write your idea in a few words."))], max_length=120,
        description=_l("In any language. For example: a kitchen where neighbours cook together"),
    )
    text = LongTextField(
        _l("What is it about?"), max_length=LONGEST_TEXT,
        description=_l("Who would it help, and how? Please write no names and nothing private."),
    )
    district_id = ChoiceField(_l("Where?"), choices=[], coerce=int)
    photo = PhotoField(_l("A photo"), max_files=1, render_kw=PICTURES)
    alt = TextField(
        _l("What can be seen in the photo?"), max_length=300,
        description=_l("One sentence. It is read aloud to people who cannot see it."),
    )
    shows_people = CheckField(
        _l("People can be recognised in it"), description=_l("Then only the office sees the photo.")
    )
    mail = MailField(
        _l("Your mail address"), description=_l("So that we can tell you what becomes of it. Nobody else sees it."))
    may_be_public = CheckField(
        _l("Everybody may read my idea"),
        description=_l("Your name and your address are never shown. Without this only the office reads the idea."),
    )
    for_somebody = CheckField(_l("I write this for somebody else"))
    consent_note = TextField(
        _l("How do you know that they agree?"), max_length=300,
        description=_l("For example: She asked me to write it down. Please write no names."),
    )

    def validate_alt(self, field: Any) -> None:
        if self.photo.data and not field.data:
            raise ValidationError(WORDS_FOR_PHOTO)

    @property
    def sender(self) -> Sender | None:
        """Return for whom files of this form wait; nobody, where its key was not made by a form of ours."""
        key = self.form_key.data or ""
        return Sender(hashlib.sha256(f"idea {key}".encode()).hexdigest()[:36]) if KEY.fullmatch(key) else None

    def values(self) -> dict[str, Any]:
        found = super().values()
        return {name: found[name] for name in found if name not in ("photo", "alt", "shows_people")}

    def given_photo(self) -> GivenPhoto | None:
        """Make the picture anew from the file that waits, before anything is locked; refused, where it is none."""
        paper, sender = next(iter(self.photo.papers), None), self.sender
        if paper is None or sender is None:
            return None
        if paper.kind is not PaperKind.PICTURE:
            raise RuleBroken(images.NOT_A_PICTURE, self.photo.name)
        picture = images.read(store.place(paper.key).read_bytes())
        return GivenPhoto(picture, self.alt.data, self.shows_people.data, paper, sender)


class ShowForm(ActForm):
    with_photo = CheckField(_l("Show the photo too"), default=True)


class MineForm(ActForm):
    """What somebody wants who opened the link in our letter; each wish is a button."""

    wish = ChoiceField(_l("What do you want?"), [Required(_l("Please choose one."))], choices=[
        ("take_back", _l("Take my idea back")), ("forget", _l("Delete my address")), ("not_me", _l("This was not me")),
    ])
