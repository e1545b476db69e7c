"""The frame of the room's pages, and how a thing and a language are read off an address."""

import flask
from flask import abort

from incubator.foundation.forms import Form
from incubator.foundation.language import BY_CODE, Language
from incubator.wording.notes import note

bp = flask.Blueprint("translating", __name__)


def language_or_404(code: str) -> Language:
    """Return the language somebody translates into; the address names it after the page's own."""
    found = BY_CODE.get(code)
    if found is None:
        abort(404)
    return found


bp.app_template_filter("written_note")(note)


def flash_problems(form: Form) -> None:
    """Show on the next page why something was refused; for forms that are only a button."""
    for sentences in form.errors.values():
        for sentence in sentences:
            flask.flash(str(sentence), "danger")
