"""Guides: short, on one sheet, in the words that stand on the pages."""

import re

import pytest
from flask_babel import gettext

from incubator.documents import press
from incubator.foundation import language
from incubator.guides import queries, rules, sheets
from tests.documents.reading import Structure, text_of
from tests.house.sources import PROGRAM, TEMPLATES

WRITTEN = [(role, code) for role in queries.ROLES for code in sorted(queries.languages(role))]
SPOKEN = re.compile(r'\b(?:_|_l|gettext)\(\s*"((?:[^"\\]|\\.)*)"')
MOST_WORDS = 250


@pytest.fixture(scope="module")
def on_pages():
    return {found for path in (*PROGRAM, *TEMPLATES) for found in SPOKEN.findall(path.read_text())}


@pytest.mark.parametrize("role", queries.ROLES)
def test_a_guide_is_written_in_german_easy_language_english_and_arabic(role):
    assert {"de", "de-simple", "en", "ar"} <= queries.languages(role)


@pytest.mark.parametrize(("role", "code"), WRITTEN)
def test_a_guide_is_short(role, code):
    assert queries.guide(role, code).words <= MOST_WORDS


@pytest.mark.parametrize("role", queries.ROLES)
def test_every_page_and_button_a_guide_names_exists(role, on_pages):
    named = queries.guide(role, "en").named
    assert named
    assert [words for words in named if words not in on_pages] == []


@pytest.mark.parametrize(("role", "code"), [each for each in WRITTEN if each[1] != "en"])
def test_a_translation_names_them_as_they_stand_on_its_pages(app, role, code):
    with language.in_language(code):
        expected = [gettext(words) for words in queries.guide(role, "en").named]
    assert list(queries.guide(role, code).named) == expected


@pytest.mark.parametrize("role", queries.ROLES)
def test_a_guide_has_the_same_parts_in_every_language(role):
    def shape(code):
        return [(block.kind) for part in queries.guide(role, code).parts for block in part.blocks]

    for code in queries.languages(role):
        assert len(queries.guide(role, code).parts) == len(queries.guide(role, "en").parts), code
        assert shape(code) == shape("en"), code


@pytest.mark.parametrize(("role", "code"), WRITTEN)
def test_a_guide_fits_on_one_sheet(app, role, code):
    with app.test_request_context():
        made = sheets.pdf(sheets.content(queries.guide(role, code), "http://localhost/guides/lead"))
    assert press.count_pages(made) == 1


def test_the_sheet_can_be_read_by_everyone(visit):
    answer = visit().get("/ar/guides/lead.pdf")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.headers["X-Robots-Tag"] == "noindex"
    seen = Structure(answer.data)
    assert (seen.is_marked, seen.language, seen.ua_part) == (True, "ar", "1")
    assert {"H1", "H2", "L", "Figure"} <= set(seen.tags)
    assert "localhost/guides/lead" in text_of(answer.data)


def test_the_page_says_what_the_sheet_says(visit):
    soup = visit().get("/de/guides/partner").soup
    guide = queries.guide("partner", "de")
    assert soup.h1.get_text() == guide.title
    assert [each.get_text() for each in soup.select(".guide strong")] == list(guide.named)
    assert soup.select_one("main a[href='/de/guides/partner.pdf']")


def test_a_guide_nobody_translated_says_in_which_language_it_is_read(visit):
    soup = visit().get("/fr/guides/lead").soup
    article = soup.select_one(".guide")
    assert (article["lang"], article["dir"]) == ("en", "ltr")
    assert "English" in soup.select_one("main .notice:not([hidden])").get_text()
    assert not visit().get("/de/guides/lead").soup.select("main .notice:not([hidden])")


def test_a_guide_there_is_not_is_no_page(visit):
    assert visit().get("/de/guides/mayor").status == 404
    assert visit().get("/de/guides/mayor.pdf").status == 404


def test_what_is_written_in_a_guide_is_read_as_parts_lists_and_names():
    guide = rules.read("# A\n\nB\nc.\n\n## D\n\nPress **E**.\n\n1. one\n   more\n2. two\n", "lead", "en")
    assert (guide.title, guide.lead, guide.named) == ("A", "B c.", ("E",))
    paragraph, steps = guide.parts[0].blocks
    assert (paragraph.kind, steps.kind) == ("p", "ol")
    assert [line[0].text for line in steps.lines] == ["one more", "two"]
