"""What is asked of phones and of the moderation."""

import secrets
from datetime import datetime
from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l

from incubator.boards.models import BoardState
from incubator.boards.rules import LONGEST_CARD, LONGEST_GROUP, LONGEST_QUESTION, MOST_DOTS
from incubator.dialogue.forms import LANGUAGE_CHOICES, WRITTEN_IN, TimeField
from incubator.foundation.clock import CITY
from incubator.foundation.fields import (
    LARGEST,
    CheckField,
    ChoiceField,
    DayField,
    LongTextField,
    ManyChoicesField,
    NumberField,
    Required,
    TextField,
)
from incubator.foundation.forms import KEY, ActForm, Form

EMPTY_CARD = _l("Please write something on the card.")


def new_key() -> str:
    return secrets.token_urlsafe(24)


class BareForm(Form):
    """A form that a phone sends without an account. It needs no token: nothing but the phone's own device is known,
    and browsers keep that back when another site sends the form (SameSite).
    """

    class Meta:
        csrf = False


class HandInForm(BareForm):
    """A card; its key makes it one card however often it is sent."""

    text = LongTextField(
        _l("Your card"), [Required(EMPTY_CARD)], max_length=LONGEST_CARD,
        description=_l("One thought for each card, in any language. Please write no names."),
    )
    form_key = wtforms.HiddenField(default=new_key)

    def submitted(self) -> bool:
        """Give a form whose key cannot be read a new one: the words stay, and the next try is taken."""
        sent = super().submitted()
        if not KEY.fullmatch(self.form_key.data or ""):
            self.form_key.raw_data, self.form_key.data = None, new_key()
        return sent

    def values(self) -> dict[str, Any]:
        return {"text": self.text.data, "key": self.form_key.data}


class OpenForm(ActForm):
    question = TextField(
        _l("Your question"), [Required()], max_length=LONGEST_QUESTION,
        description=_l("One question that everybody understands, for example: What is missing in our quarter?"),
    )
    language = ChoiceField(_l("Language of the question"), [Required()], choices=LANGUAGE_CHOICES)
    dots_per_device = NumberField(
        _l("Dots for each phone"), [Required()], min=1, max=MOST_DOTS,
        description=_l("So many cards can each phone mark at the end."),
    )
    on = DayField(_l("Open until: day"), [Required()])
    until = TimeField(_l("Open until: time"), [Required()], description=_l("After that the code opens nothing."))

    def values(self) -> dict[str, Any]:
        found = super().values()
        return found | {"expires_at": datetime.combine(found.pop("on"), found.pop("until"), CITY)}


class PaperForm(ActForm):
    text = TextField(_l("Card from paper"), [Required(EMPTY_CARD)], max_length=LONGEST_CARD)
    language = ChoiceField(WRITTEN_IN, [Required()], choices=LANGUAGE_CHOICES)


class GroupForm(ActForm):
    title = TextField(_l("Name of the group"), [Required()], max_length=LONGEST_GROUP)
    language = ChoiceField(WRITTEN_IN, [Required()], choices=LANGUAGE_CHOICES)


class JoinForm(ActForm):
    into = ChoiceField(_l("Which card says the same?"), [Required()], choices=[], coerce=int)


class IdeasForm(ActForm):
    cards = ManyChoicesField(
        _l("Which cards become ideas?"), [Required(_l("Please choose at least one card."))], choices=[], coerce=int)
    theme_id = ChoiceField(_l("Theme"), choices=[], coerce=int)
    district_id = ChoiceField(_l("District"), choices=[], coerce=int)
    is_public = CheckField(
        _l("Those who wrote these cards agree that everybody can read the ideas"),
        description=_l("Without this they stay inside. Whose idea it is, is never shown."),
    )


class PhaseForm(Form):
    to = ChoiceField(_l("Next step"), [Required()], choices=BoardState, coerce=BoardState)


class MoveForm(Form):
    """Where a card is put; nothing means: in no group, below all others."""

    to = wtforms.StringField()
    before = wtforms.StringField()

    def values(self) -> dict[str, Any]:
        return {name: _number(self[name].data) for name in ("to", "before")}


def _number(text: str | None) -> int | None:
    plain = text if text is not None and text.isascii() and text.isdigit() and len(text) < 11 else "0"
    return int(plain) if 0 < int(plain) <= LARGEST else None
