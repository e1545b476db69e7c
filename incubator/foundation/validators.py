"""What an answer must be: there, short enough, within its limits, and text that can be read."""

import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional, StopValidation, ValidationError


class Required:
    """Refuse an empty answer; an amount or number of zero is an answer."""

    field_flags = {"required": True}

    def __init__(self, sentence: Any = None) -> None:
        self.sentence = sentence

    def __call__(self, form: Any, field: Any) -> None:
        if field.errors:  # what could not be read was not empty
            raise StopValidation()
        if field.data is None or field.data is False or (isinstance(field.data, str | list) and not field.data):
            tick = isinstance(field, wtforms.BooleanField)
            raise StopValidation(self.sentence or (_l("Please tick this box.") if tick else _l("Please fill this in.")))


class Length:
    """Refuse a text that is longer, or shorter, in letters."""

    def __init__(self, largest: int | None, smallest: int = 0) -> None:
        self.largest, self.smallest = largest, smallest
        self.field_flags = {"maxlength": largest} if largest else {}

    def __call__(self, form: Any, field: Any) -> None:
        length = len(field.data or "")
        if self.largest and length > self.largest:
            raise ValidationError(_l("That is %(number)s letters; at most %(limit)s fit here.",
                                     number=length, limit=self.largest))
        if length < self.smallest:
            raise ValidationError(_l("Please write at least %(limit)s letters.", limit=self.smallest))


class Between:
    """Refuse what lies outside; the limits are shown as `shown` writes them."""

    def __init__(self, smallest: Any, largest: Any, shown: Callable[[Any], str] = str) -> None:
        self.smallest, self.largest, self.shown = smallest, largest, shown

    def __call__(self, form: Any, field: Any) -> None:
        if field.data is None:
            return
        if self.smallest is not None and field.data < self.smallest:
            raise ValidationError(_l("At least %(limit)s, please.", limit=self.shown(self.smallest)))
        if self.largest is not None and field.data > self.largest:
            raise ValidationError(_l("At most %(limit)s, please.", limit=self.shown(self.largest)))


def with_own(validators: Iterable[Any] | None, *own: Any) -> list[Any]:
    """Answers are optional unless the form says otherwise."""
    given = list(validators or ())
    return [*([] if any(isinstance(each, Required) for each in given) else [Optional()]), *given, *own]


def refuse_controls(text: str, allowed: str = "") -> None:
    """Refuse what databases and mail lose: control characters, and bytes that were no text when they arrived."""
    for sign in text:
        if sign == "\ufffd" or (sign not in allowed and unicodedata.category(sign) in ("Cc", "Cs")):
            raise ValueError(_l("There is a character in it that cannot be kept. Please type it again."))
