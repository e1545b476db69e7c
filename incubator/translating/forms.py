"""What is written in the other language: one field for each passage of a thing."""

from collections.abc import Sequence
from typing import Any, TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from incubator.foundation.fields import ChoiceField, LongTextField, TextField
from incubator.foundation.forms import ActForm, VersionedForm
from incubator.foundation.language import named
from incubator.translating import queries_thing as things
from incubator.translating.queries_sources import ROOM, SOURCES, Field
from incubator.translating.queries_thing import Piece
from incubator.translating.rules import Standing
from incubator.wording.models import Why

STANDINGS = tuple(Standing)


class AllForm(ActForm):
    """A button that does something with everything at once."""


class ThingForm(VersionedForm):
    """A button that does something with one thing as it was shown."""


class WithdrawForm(ThingForm):
    """Why everybody should read the original again; it may be left open."""

    why = ChoiceField(_l("What is wrong with it?"), choices=Why, blank=True)


Pressed = TypeVar("Pressed", bound=ThingForm)


def thing_form(pieces: Sequence[Piece], kind: type[Pressed]) -> Pressed:
    return kind(data={"version": things.version(pieces)})


def words_form(pieces: Sequence[Piece], code: str) -> VersionedForm:
    """Ask for the words of each passage; the label names the language they are asked in."""
    parts: dict[str, Any] = {each.name: _field(each.field) for each in pieces}
    kind = type("WordsForm", (VersionedForm,), parts)
    data: dict[str, Any] = {each.name: each.text for each in pieces}
    form: VersionedForm = kind(data=data | {"version": things.version(pieces)})
    for each in pieces:
        form[each.name].label.text = _(
            "%(question)s (in %(language)s)", question=each.field.label, language=named(code).name)
    return form


def _field(field: Field) -> Any:
    kind = LongTextField if field.is_long else TextField
    return kind(field.label, max_length=field.longest * ROOM)


def kinds() -> list[tuple[str, Any]]:
    return [(kind, source.label) for kind, source in SOURCES.items()]
