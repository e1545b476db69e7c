"""Our own sentences: the catalogue of the moment at once, and in templates each sentence as it goes into a page."""

from pathlib import Path
from typing import Any

import flask
from babel.support import NullTranslations, Translations
from flask_babel import Domain, get_translations
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from incubator.foundation import language
from incubator.foundation.lines import Catalogue


class Catalogues(Domain):
    """Flask-Babel's works out anew for each sentence what the language is, and takes every sentence into memory."""

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[str, Translations | NullTranslations] = {}

    def get_translations(self) -> Translations | NullTranslations:
        spoken = language.current().babel
        if spoken not in self.known:
            self.known[spoken] = self._opened(spoken)
        return self.known[spoken]

    def _opened(self, spoken: str) -> Translations:
        """Return what a language says; nothing where it has no catalogue, as English."""
        (folder,) = self.translation_directories
        path = Path(folder) / spoken / "LC_MESSAGES" / f"{self.domain[0]}.mo"
        if not path.exists():
            return Translations()
        with path.open("rb") as file:
            return Catalogue(file)


class Said(dict[str, str]):
    """What a catalogue says, `whole` or with places to fill, as markup or plain; what it lacks is asked for each time.

    English has no catalogue: it lacks nothing.
    """

    def __init__(self, catalogue: NullTranslations, kind: type[str], whole: bool) -> None:
        self.catalogue, self.kind, self.whole = catalogue, kind, whole
        self.holds = getattr(catalogue, "_catalog", {})

    def __missing__(self, sentence: str) -> str:
        said = self.kind(self.catalogue.gettext(sentence))
        said = said % {} if self.whole else said
        if not self.holds or sentence in self.holds:
            self[sentence] = said
        return said


def _said(how: EvalContext, whole: bool) -> Said:
    """Return this app's table for the language of the moment."""
    tables: dict[tuple[str, bool, bool], Said] = flask.current_app.extensions["sentences"]
    key = (language.current().babel, bool(how.autoescape), whole)
    table = tables.get(key)
    if table is None:
        table = tables[key] = Said(get_translations(), Markup if how.autoescape else str, whole)
    return table


@pass_eval_context
def gettext(how: EvalContext, sentence: str, /, **values: Any) -> str:
    if not values:
        return _said(how, True)[sentence]
    return _said(how, False)[sentence] % values


@pass_eval_context
def ngettext(how: EvalContext, singular: str, plural: str, num: int, /, **values: Any) -> str:
    said = get_translations().ngettext(singular, plural, num)
    kind = Markup if how.autoescape else str
    return kind(said) % ({"num": num} | values)


def set_up(app: flask.Flask) -> None:
    app.extensions["babel"].instance.domain_instance = Catalogues()
    app.extensions["sentences"] = {}
    app.jinja_env.globals.update({"_": gettext, "gettext": gettext, "ngettext": ngettext})
