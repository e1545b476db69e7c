"""What is asked about a translation, and the translation itself."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from incubator.foundation.fields import DayField, LongTextField, Required, TextField
from incubator.foundation.forms import ActForm, VersionedForm
from incubator.projects.rules_translation import FIELDS, LONGEST, Translated


class AskTranslationForm(ActForm):
    due_on = DayField(_l("Last day for the translation"), [Required(_l("Please give the day."))])


class TranslationForm(VersionedForm):
    """The answers of a proposal in another language; nothing must be complete to be saved."""

    title = TextField(FIELDS["title"], max_length=LONGEST["title"])
    summary = LongTextField(FIELDS["summary"], max_length=LONGEST["summary"])
    need = LongTextField(FIELDS["need"], max_length=LONGEST["need"])
    audience = LongTextField(FIELDS["audience"], max_length=LONGEST["audience"])
    activities = LongTextField(FIELDS["activities"], max_length=LONGEST["activities"])
    outcome = LongTextField(FIELDS["outcome"], max_length=LONGEST["outcome"])


def build_translation(pieces: list[Translated], version: int, language: str) -> TranslationForm:
    """Ask only for what was answered in the proposal; each question names the language of its answer."""
    data: dict[str, Any] = {each.field: each.text for each in pieces}
    form = TranslationForm(data=data | {"version": version})
    for name in FIELDS.keys() - data.keys():
        del form[name]
    for each in pieces:
        form[each.field].label.text = _("%(question)s (in %(language)s)", question=each.label, language=language)
    return form
