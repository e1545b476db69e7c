"""Languages: what there is, which one a request speaks, and how to speak another for a while."""

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import flask
from babel.core import Locale, UnknownLocaleError, get_global
from flask_babel import Babel, force_locale
from werkzeug.datastructures import LanguageAccept
from werkzeug.exceptions import NotFound
from werkzeug.routing import BaseConverter, ValidationError

from incubator.foundation.cookies import cookie

COOKIE = "language"


@dataclass(frozen=True)
class Language:
    """One language: its code in addresses, in HTML, in Babel, its own name and its direction.

    `also` are languages that everybody who chose this one reads as well.
    """

    code: str
    html: str
    babel: str
    name: str
    dir: str = "ltr"
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.code

    @property
    def comma(self) -> str:
        """Return what stands between the parts of a list: Arabic has a comma of its own, turned the other way."""
        return ", " if self.dir == "ltr" else "\N{ARABIC COMMA} "

    @functools.cached_property
    def locale(self) -> str:
        """Name the language with the country where most speak it, as social networks want it."""
        plain = self.babel.partition("@")[0]
        likely: str = get_global("likely_subtags").get(plain, plain)
        return f"{plain}_{likely.rpartition('_')[2]}" if "_" in likely else plain


LANGUAGES = [
    Language("de", "de", "de", "Deutsch"),
    Language("de-simple", "de-simple", "de@simple", "Leichte Sprache", also=("de",)),
    Language("en", "en", "en", "English"),
    Language("tr", "tr", "tr", "Türkçe"),
    Language("ar", "ar", "ar", "العربية", "rtl"),
    Language("ru", "ru", "ru", "Русский"),
    Language("uk", "uk", "uk", "Українська"),
    Language("pl", "pl", "pl", "Polski"),
    Language("fr", "fr", "fr", "Français"),
    Language("fa", "fa", "fa", "فارسی", "rtl"),
]
BY_CODE = {language.code: language for language in LANGUAGES}
DEFAULT = BY_CODE["de"]
ALIASES = {
    "arb": "ar", "ara": "ar", "deu": "de", "eng": "en", "tur": "tr", "rus": "ru", "ukr": "uk", "pol": "pl",
    "fra": "fr", "fas": "fa", "pes": "fa", "prs": "fa",
    "de-x-ls": "de-simple", "de-de-x-ls": "de-simple", "de-leicht": "de-simple",
}


class LanguageConverter(BaseConverter):
    """The first part of every address for people; anything else is no page."""

    part_isolating = True
    regex = "[a-z]{2,3}(?:-[a-z]+)?"

    def to_python(self, value: str) -> str:
        if value not in BY_CODE:
            raise ValidationError()
        return value


def named(code: str | None) -> Language:
    """Return the language with this code, or German when there is none."""
    return BY_CODE.get(code or "", DEFAULT)


def name_of(code: str, reader: str) -> str:
    """Name a language in the reader's; both are Babel codes or ours. Unknown codes stay as they are."""
    if "-" in code and code in BY_CODE:  # easy language is German and more
        return BY_CODE[code].name
    try:
        named = Locale.parse(code.split("-")[0]).get_language_name(reader)
    except (UnknownLocaleError, ValueError):
        named = None
    return named or code


def current() -> Language:
    """Return the language of the request, or German outside of one."""
    return getattr(flask.g, "language", DEFAULT) if flask.has_app_context() else DEFAULT


def reading(code: str) -> tuple[str, ...]:
    """Return the languages to look for words in, for somebody who chose one: it, what comes with it, what they read."""
    more = flask.g.get("also_reads", ()) if flask.has_app_context() else ()
    return tuple(dict.fromkeys((code, *named(code).also, *more)))


def negotiate(accepted: LanguageAccept, cookie: str | None) -> Language:
    """Choose for somebody who named none in the address: their last choice, else what the browser asks for."""
    if cookie in BY_CODE:
        return BY_CODE[cookie]
    for wish, quality in accepted:
        code = wish.lower()
        base = code.split("-")[0]
        for guess in (code, ALIASES.get(code), base, ALIASES.get(base)):
            if quality > 0 and guess in BY_CODE:
                return BY_CODE[guess]
    return DEFAULT


@contextmanager
def in_language(code: str) -> Iterator[Language]:
    """Speak a language for a while: letters and documents in jobs."""
    language = named(code)
    before = getattr(flask.g, "language", None)
    flask.g.language = language
    try:
        with force_locale(language.babel):
            yield language
    finally:
        if before is None:
            flask.g.pop("language", None)
        else:
            flask.g.language = before


def _take_from_address(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Speak the language an address begins with, also when it leads nowhere; else what the visitor seems to read."""
    if values and "language" in values:
        flask.g.language = BY_CODE[values.pop("language")]
        return
    request, first = flask.request, flask.request.path.split("/", 2)[1]
    flask.g.language = BY_CODE.get(first) or negotiate(request.accept_languages, request.cookies.get(cookie(COOKIE)))
    flask.g.language_is_guessed = first not in BY_CODE


def _put_into_address(endpoint: str, values: dict[str, Any]) -> None:
    app = flask.current_app
    if "language" in values or endpoint not in app.view_functions:
        return
    if app.url_map.is_endpoint_expecting(endpoint, "language"):
        values["language"] = current().code


def _send_to_language() -> flask.typing.ResponseReturnValue | None:
    """Redirect an address without a language to the same one with it, so that caches never mix languages."""
    request = flask.request
    if not isinstance(request.routing_exception, NotFound) or request.method not in ("GET", "HEAD"):
        return None
    path = f"/{current().code}{request.path}"
    if not flask.current_app.url_map.bind("").test(path, "GET"):
        return None
    query = request.query_string.decode("latin-1")
    return flask.redirect(path + (f"?{query}" if query else ""), 302)


def _tell_caches(response: flask.Response) -> flask.Response:
    """Say that the next visitor may read this address in another language."""
    if flask.g.get("language_is_guessed") and response.mimetype == "text/html":
        response.vary.update(("Accept-Language", "Cookie"))
    return response


def switch_url(code: str) -> str:
    """Return the address of this same page in another language."""
    request = flask.request
    if request.endpoint is None or (not request.view_args and request.url_rule is None):
        return f"/{code}/"
    path = request.path.split("/", 2)
    rest = path[2] if len(path) > 2 and path[1] in BY_CODE else ""
    query = request.query_string.decode("latin-1")
    return f"/{code}/{rest}" + (f"?{query}" if query else "")


def set_up(app: flask.Flask) -> None:
    app.url_map.converters["language"] = LanguageConverter
    Babel(app, locale_selector=lambda: current().babel)
    app.url_value_preprocessor(_take_from_address)
    app.url_defaults(_put_into_address)
    app.before_request(_send_to_language)
    app.after_request(_tell_caches)
