"""Words of the programme, each explained in one sentence."""

import re

from incubator.guides import glossary
from tests.house.sources import TEMPLATES

LINKED = re.compile(r'meaning\("([\w-]+)"')


def test_every_word_has_one_plain_sentence(app):
    assert len(glossary.BY_KEY) == len(glossary.TERMS) >= 25
    for term in glossary.TERMS:
        assert str(term.told).endswith("."), term.key
        assert len(str(term.told).split()) <= 22, term.key


def test_a_word_can_be_linked_to(visit):
    soup = visit().get("/de/glossary").soup
    assert {each["id"] for each in soup.select(".terms > div")} == set(glossary.BY_KEY)
    assert not soup.select("abbr")


def test_every_link_to_a_word_finds_it():
    linked = {key for path in TEMPLATES for key in LINKED.findall(path.read_text())}
    assert linked
    assert linked <= set(glossary.BY_KEY)


def test_the_official_german_word_stands_beside_a_plain_one(visit):
    term = visit().get("/en/glossary").soup.select_one("#final-report dt")
    assert term.select_one("bdi[lang=de]").get_text() == "Verwendungsnachweis"
