"""Every page in every language: nothing of ours is left in another one, and nothing shows how it was made.

Each address is opened in Arabic, which differs most from the code's English, and every other one in one more language;
which one goes round. What no page happens to say is filled in for all languages at once: that costs nothing.
"""

import re
from collections import defaultdict
from itertools import cycle

import pytest
from flask_babel import get_translations

from incubator.foundation import catalogues
from incubator.foundation.language import BY_CODE, LANGUAGES, in_language
from tests.house.siege import HOME_OF, HOMES, Siege, allowed, paths_of, places, send, world_in
from tests.house.spoken import Page

TRANSLATED = [each for each in LANGUAGES if each.code != catalogues.SOURCE]
TURNS = [each.code for each in LANGUAGES if each.code not in ("ar", catalogues.SOURCE)]
RAW = re.compile(
    r"%\(|%[sd]\b|\{\{|\}\}|\{%|<Lazy|lazy_gettext|&(?:amp|lt|quot|#)|(?<!-)\bNone\b(?!-)|(?<![.V])\.\.(?!\.)")
FILLED = re.compile(r"%\(|%[sd]\b|\{\{|(?<!\.)\.\.(?!\.)|  | [.,;!?](?: |$)|\(\)")
SEVERAL = re.compile(r"[^\W\d_]+[\W\d_]+[^\W\d_]+")


class Asked:
    """Stands behind a catalogue, and hears what it could not answer."""

    def __init__(self):
        self.sentences = set()

    def gettext(self, message):
        self.sentences.add(message)
        return message

    def ngettext(self, singular, plural, num):
        return self.gettext(singular if num == 1 else plural)

    def pgettext(self, context, message):
        return self.gettext(message)

    def npgettext(self, context, singular, plural, num):
        return self.ngettext(singular, plural, num)

    ugettext, ungettext, upgettext, unpgettext, add_fallback = gettext, ngettext, pgettext, npgettext, None


@pytest.fixture(scope="module")
def catalogue():
    """Return what each language says for each English sentence that stands alone and is translated."""
    said = {}
    for each in TRANSLATED:
        own = catalogues._read(catalogues.catalogue_path(each.babel))
        said[each.code] = {message.id: message.string for message in own if isinstance(message.id, str) and message.id}
    return said


@pytest.fixture
def unknown(app):
    """Hear, in each language, of sentences that no catalogue has ever seen."""
    heard = {}
    for each in TRANSLATED:
        with app.test_request_context(), in_language(each.code):
            heard[each.code] = Asked()
            get_translations()._fallback, heard[each.code].before = heard[each.code], get_translations()._fallback
    yield heard
    for each in TRANSLATED:
        with app.test_request_context(), in_language(each.code):
            get_translations()._fallback = heard[each.code].before


def _wrong(text, code, ours):
    """Yield what is wrong with a page in a language."""
    page, spoken = Page(text), BY_CODE[code]
    if "<html" in text and (page.lang, page.dir) != (spoken.html, spoken.dir):
        yield f"is in {page.lang} {page.dir}"
    for language, line in page.lines:
        if RAW.search(line):
            yield f"raw: {line[:120]}"
        if language in ("", spoken.html) and SEVERAL.search(line) and ours.get(line, line) not in ("", line):
            yield f"in English: {line[:120]}"


def _opened(siege, rule, path, code):
    """Return who may open an address, and what they get in a language."""
    if "language" not in rule.arguments:
        return None
    for name in allowed(siege.app, rule.endpoint):
        answer = send(siege.as_(name), "GET", path.replace("/de/", f"/{code}/", 1))
        if isinstance(answer, str) or answer.status not in (302, 303, 403, 404, 410):
            return answer
    return None


@pytest.mark.long
@pytest.mark.parametrize("home", HOMES)
def test_every_page_speaks_one_language(app, make, tmp_path, catalogue, unknown, home):
    app.config["DEMO"] = True
    siege, wrong, turns = Siege(app, world_in(home, make), tmp_path), defaultdict(list), cycle(TURNS)
    found = [(rule, path) for rule in places(app, "GET") if HOME_OF.get(rule.endpoint, "active") == home
             for path in paths_of(rule, siege.world)]
    for turn, (rule, path) in enumerate(found):
        for code in ("ar", next(turns)) if turn % 2 else ("ar",):
            answer = _opened(siege, rule, path, code)
            if isinstance(answer, str) or (answer and answer.status >= 400):
                wrong[f"{answer}"].append(f"{code} {path}")
            elif answer and answer.response.mimetype == "text/html":
                for problem in _wrong(answer.text, code, catalogue[code]):
                    wrong[problem].append(f"{code} {path}")
    for code, heard in unknown.items():  # what is gathered and not yet translated is the catalogues' own matter
        for sentence in heard.sentences - set(catalogue[code]):
            wrong[f"never gathered: {sentence}"].append(code)
    assert not wrong, "\n" + "\n".join(f"{problem}: {', '.join(where[:4])}" for problem, where in wrong.items())


class Anything(dict):
    """Whatever a sentence has a place for is there."""

    def __missing__(self, name):
        return "7"


def _filled():
    """Yield language, English sentence, and what stands there once its places are filled; every form of it."""
    for each in TRANSLATED:
        for message in catalogues._read(catalogues.catalogue_path(each.babel)):
            forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
            english = message.id[-1] if isinstance(message.id, tuple | list) else message.id
            for form in forms:
                if english and form:
                    yield each, english, form % Anything() if "%" in english and "%(" in english else form


def test_every_sentence_can_be_filled_in_every_language():
    wrong = []
    for each, english, said in _filled():
        clean = FILLED.search(english % Anything() if "%(" in english else english) is None
        if clean and FILLED.search(said):
            wrong.append(f"{each.code}: {said!r}")
    assert wrong == [], "\n" + "\n".join(wrong)


@pytest.mark.parametrize(("page", "problem"), [
    ('<html lang="ar" dir="rtl"><p>لا توجد بعد</p><p lang="de">Noch <b>nichts</b></p>', ""),
    ('<html lang="en" dir="ltr"><p>x</p>', "is in en ltr"),
    ('<html lang="ar" dir="rtl"><p>No <b>workshop</b> yet</p>', "in English: No workshop yet"),
    ('<html lang="ar" dir="rtl"><input aria-label="No workshop yet">', "in English: No workshop yet"),
    ('<html lang="ar" dir="rtl"><p lang="en">No workshop yet</p>', ""),
    ('<html lang="ar" dir="rtl"><p>%(num)s</p>', "raw: %(num)s"),
    ('<html lang="ar" dir="rtl"><p>am <bdi>4. Mai.</bdi>.</p>', "raw: am 4. Mai.."),
])
def test_what_is_looked_for_is_found(page, problem):
    assert next(_wrong(page, "ar", {"No workshop yet": "لا ورشة بعد"}), "") == problem
