"""What a form says is wrong is ours, and so in every language: no field of a library answers for itself."""

import importlib
import pkgutil

import pytest
import wtforms
from werkzeug.datastructures import MultiDict
from wtforms.fields.core import UnboundField
from wtforms.validators import Optional

import incubator
from incubator.foundation import fields
from incubator.foundation.language import in_language
from incubator.foundation.validators import Required

# they take whatever comes, and have nothing to say about it
MUTE = {"BooleanField", "FieldList", "FileField", "FormField", "HiddenField", "MultipleFileField", "StringField",
        "SubmitField"}


def _forms():
    for found in pkgutil.walk_packages(incubator.__path__, "incubator."):
        if ".forms" in found.name or found.name.endswith(".public_forms"):
            importlib.import_module(found.name)
    waiting = [wtforms.Form]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.startswith("incubator."):
            yield form


def _fields(form):
    """Yield the fields a form asks, also those inside lists."""
    for name in dir(form):
        found = getattr(form, name, None)
        while isinstance(found, UnboundField):
            yield f"{form.__name__}.{name}", found
            found = found.args[0] if found.field_class is wtforms.FieldList and found.args else None


def test_every_question_of_every_form_speaks_for_itself():
    wrong, seen = [], 0
    for form in _forms():
        for name, field in _fields(form):
            seen += 1
            kind = field.field_class
            if not kind.__module__.startswith("incubator.") and kind.__name__ not in MUTE:
                wrong.append(f"{name} is a {kind.__name__}")
            rules = [*(field.args[1] if len(field.args) > 1 and isinstance(field.args[1], list) else ()),
                     *(field.kwargs.get("validators") or ())]
            wrong += [f"{name} has a rule of a library: {type(rule).__name__}" for rule in rules
                      if type(rule).__module__.startswith("wtforms") and not isinstance(rule, Optional)
                      and getattr(rule, "message", None) is None]
    assert seen > 200
    assert wrong == []


GARBAGE = ["\x00", "viel", "99999999999999999999", "٣٫٥٫٧", "-1", "no such choice", "31.02.2026"]


@pytest.mark.parametrize("code", ["ar", "fa", "uk"])
def test_no_refusal_is_in_english(app, code):
    """Sentences with an address or an example in them may hold Latin letters, but never two English words in a row."""
    kinds = {
        "text": fields.TextField("x", [Required()], max_length=3), "long": fields.LongTextField("x", max_length=3),
        "mail": fields.MailField("x"), "money": fields.MoneyField("x", max=1), "day": fields.DayField("x"),
        "number": fields.NumberField("x", max=3), "one": fields.ChoiceField("x", choices=[("a", "a")]),
        "many": fields.ManyChoicesField("x", choices=[("a", "a")]), "tick": fields.CheckField("x", [Required()]),
        "secret": fields.PasswordField("x", min_length=100, max_length=200),
    }
    form = type("EveryField", (wtforms.Form,), kinds)
    said = set()
    with app.test_request_context(), in_language(code):
        for answer in ["", *GARBAGE]:
            asked = form(MultiDict(dict.fromkeys(kinds, answer)))
            asked.validate()
            said |= {str(error) for errors in asked.errors.values() for error in errors}
    assert len(said) > 10
    assert [each for each in said if any(a.isascii() and b.isascii() and a.isalpha() and b.isalpha()
                                         for a, b in zip(each.split(), each.split()[1:], strict=False))] == []
