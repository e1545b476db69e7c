"""The questions that forms ask: each cleans what was typed, says what is wrong with it, and never loses it."""

import enum
from collections.abc import Callable
from typing import Any

import wtforms
from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, RadioInput, TextInput

from incubator.foundation import digits, language, money
from incubator.foundation.files import PapersField as PapersField
from incubator.foundation.validators import Between, Length, refuse_controls, with_own
from incubator.foundation.validators import Required as Required

LARGEST = 2**31 - 1
BLANK = ("", _l("Please choose"))
PRIVATE = {"data-private": True}  # no browser keeps it for later: neither a draft nor what waits for a network


class TextField(wtforms.StringField):
    """One line; spaces around it are removed."""

    def __init__(self, label: Any = None, validators: Any = None, *, max_length: int = 200, min_length: int = 0,
                 **kwargs: Any) -> None:
        super().__init__(label, with_own(validators, Length(max_length, min_length)), **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = " ".join(valuelist[0].split()) if valuelist else ""
        refuse_controls(self.data)


class LongTextField(wtforms.TextAreaField):
    """Several lines; line ends become those of one kind."""

    def __init__(self, label: Any = None, validators: Any = None, *, max_length: int = 4000, min_length: int = 0,
                 **kwargs: Any) -> None:
        super().__init__(label, with_own(validators, Length(max_length, min_length)), **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = text.replace("\r\n", "\n").replace("\r", "\n").strip()
        refuse_controls(self.data, "\n\t")


class MailField(TextField):
    """A mail address in lower-case letters."""

    input_mode = "email"

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        kept = {"autocomplete": "email"} | (kwargs.pop("render_kw", None) or {}) | PRIVATE
        super().__init__(label, validators, max_length=254, render_kw=kept, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if not self.data:
            return
        try:
            validate_email(self.data, check_deliverability=False, test_environment=True)
        except EmailNotValidError:
            raise ValueError(_l("That is not a mail address. It looks like name@example.org.")) from None
        self.data = self.data.lower()


class PasswordField(wtforms.PasswordField):
    """Never shown again, never trimmed."""

    def __init__(self, label: Any = None, validators: Any = None, *, min_length: int = 0, max_length: int = 200,
                 **kwargs: Any) -> None:
        kept = (kwargs.pop("render_kw", None) or {}) | PRIVATE
        super().__init__(label, with_own(validators, Length(max_length, min_length)), render_kw=kept, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        refuse_controls(self.data or "")


class MoneyField(wtforms.StringField):
    """An amount in whole cents, written as the page's language writes amounts; `min` and `max` are cents."""

    input_mode = "decimal"

    def __init__(self, label: Any = None, validators: Any = None, *, min: int | None = 0, max: int | None = None,
                 **kwargs: Any) -> None:
        limits = Between(min, max, lambda cents: money.format(cents, language.current().code))
        super().__init__(label, with_own(validators, limits), **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        if valuelist and valuelist[0].strip():
            code = language.current().code
            try:
                self.data = money.parse(valuelist[0], code)
            except money.NotAnAmount:
                raise ValueError(
                    _l("Please write the amount like this: %(example)s", example=money.plain(1_234_56, code))
                ) from None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else money.plain(self.data, language.current().code)


class DayField(wtforms.DateField):
    """A day of the calendar; browsers show their own picker."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = digits.day(valuelist[0], slashes=language.current().code != "en")
        except ValueError:
            raise ValueError(_l("That is not a day of the calendar.")) from None
        if not 1900 <= self.data.year <= 2199:
            raise ValueError(_l("Please look at the year again."))

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, with_own(validators), **kwargs)


class NumberField(wtforms.IntegerField):
    """A whole number."""

    widget = TextInput()
    input_mode = "numeric"

    def __init__(self, label: Any = None, validators: Any = None, *, min: int = 0, max: int = LARGEST,
                 **kwargs: Any) -> None:
        super().__init__(label, with_own(validators, Between(min, max)), **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                self.data = int(digits.western(valuelist[0]))
            except ValueError:
                raise ValueError(_l("Please write a whole number.")) from None


def _options(choices: Any, coerce: Any, blank: bool) -> tuple[Any, Callable[[Any], Any]]:
    """Turn a StrEnum into choices with its labels, and let an empty choice mean None."""
    if isinstance(choices, enum.EnumMeta):
        kind: Any = choices
        coerce = coerce or kind
        choices = [(member.value, member.label) for member in kind]
    if isinstance(choices, list):
        choices = [SelectChoice(value, label) for value, label in ([BLANK, *choices] if blank else choices)]
    cast = coerce or str
    return choices, lambda value: None if value in (None, "") else cast(value)


class ChoiceField(wtforms.SelectField):
    """One of several; `choices` is a list of (value, label), a StrEnum with labels, or set by the route."""

    def __init__(self, label: Any = None, validators: Any = None, *, choices: Any = None, coerce: Any = None,
                 blank: bool = False, radio: bool = False, **kwargs: Any) -> None:
        choices, coerce = _options(choices, coerce, blank)
        super().__init__(label, with_own(validators), choices=choices, coerce=coerce, **kwargs)
        if radio:
            self.widget, self.option_widget = ListWidget(prefix_label=False), RadioInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        if valuelist:
            try:
                self.data = self.coerce(valuelist[0])
            except ValueError:
                raise ValueError(_l("Please choose one of these.")) from None

    def pre_validate(self, form: Any) -> None:
        known = [self.coerce(choice.value) for choice in self.iter_choices()]
        if self.data not in known and self.data is not None:
            raise ValidationError(_l("Please choose one of these."))


class ManyChoicesField(wtforms.SelectMultipleField):
    """Any number out of several, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any = None, validators: Any = None, *, choices: Any = None, coerce: Any = None,
                 **kwargs: Any) -> None:
        choices, coerce = _options(choices, coerce, blank=False)
        super().__init__(label, with_own(validators), choices=choices, coerce=coerce, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            self.data = list(dict.fromkeys(self.coerce(value) for value in valuelist))
        except ValueError:
            self.data = []
            raise ValueError(_l("Please choose from these.")) from None

    def pre_validate(self, form: Any) -> None:
        known = [self.coerce(choice.value) for choice in self.iter_choices()]
        if any(value not in known for value in self.data or ()):
            raise ValidationError(_l("Please choose from these."))


class CheckField(wtforms.BooleanField):
    """A box to tick; with `Required` it must be ticked."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, list(validators or ()), **kwargs)
