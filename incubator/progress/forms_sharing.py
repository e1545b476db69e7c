"""What is asked of somebody who prints a poster; it stands in the address, so that a poster can be linked."""

import enum
from typing import Any

import flask
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from incubator.foundation.fields import ChoiceField, ManyChoicesField, Required
from incubator.foundation.forms import Form
from incubator.foundation.language import LANGUAGES, current

MOST_LANGUAGES = 3


class Paper(enum.StrEnum):
    A4 = "a4"
    A3 = "a3"

    @property
    def label(self) -> Any:
        return {Paper.A4: _l("A4, for a door or a shop window"), Paper.A3: _l("A3, for a wall")}[self]


class PosterForm(Form):
    paper = ChoiceField(
        _l("Size of the paper"), [Required(_l("Please choose a size."))], choices=Paper, radio=True, default=Paper.A4
    )
    languages = ManyChoicesField(
        _l("Languages on the poster"), [Required(_l("Please choose at least one language."))],
        choices=[(each.code, each.name) for each in LANGUAGES], default=lambda: [current().code],
    )

    class Meta:
        csrf = False  # it only reads

    def validate_languages(self, field: Any) -> None:
        if len(field.data) > MOST_LANGUAGES:
            raise ValidationError(_l("Please choose three languages at most: more would be too small to read."))


def asked() -> tuple[PosterForm, bool]:
    """Return the choice made in the address and whether it can be printed; who chose nothing gets the usual one."""
    args = flask.request.args
    if "paper" not in args and "languages" not in args:
        return PosterForm(formdata=None), True
    form = PosterForm(formdata=args)
    return form, bool(form.validate())
