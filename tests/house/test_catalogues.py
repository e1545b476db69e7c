"""Every sentence is there in every language, with the same places to fill."""

import re

import pytest
from babel.messages.catalog import Catalog
from fontTools.ttLib import TTFont

from incubator.foundation import catalogues
from incubator.foundation.language import BY_CODE, Language
from tests.house.sources import ROOT


def test_every_catalogue_is_complete():
    assert list(catalogues.problems()) == []


def test_catalogues_are_compiled_at_start(app):
    for code in catalogues.translated():
        assert catalogues.catalogue_path(code).with_suffix(".mo").exists()


@pytest.mark.parametrize(("string", "fault"), [
    ("", "not translated"), ("Hallo", "placeholders differ"), ("Hallo %(nam)s", "placeholders differ"),
    ("Hallo %(name)s", ""),
])
def test_a_missing_or_wrong_translation_is_found(string, fault):
    message = Catalog(locale="de").add("Hello %(name)s", string)
    assert "".join(catalogues._faults(message)) == fault


def test_our_letters_hold_every_sign_we_write():
    signs: set[int] = set()
    for font in (ROOT / "static" / "fonts").glob("*.woff2"):
        signs |= set(TTFont(font).getBestCmap())
    needed = {
        ord(sign) for code in catalogues.translated() for message in catalogues._read(catalogues.catalogue_path(code))
        for part in ([message.string] if isinstance(message.string, str) else message.string) for sign in part or ""
    }
    missing = {chr(sign) for sign in needed - signs if sign > 32 and chr(sign).isprintable() and chr(sign).isalpha()}
    assert missing == set()


def test_a_new_language_is_one_catalogue_and_one_line(monkeypatch, tmp_path):
    """Its sentences are gathered, translated and counted; those nobody has read yet are said so."""
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    monkeypatch.setattr(catalogues, "TEMPLATE", tmp_path / "messages.pot")
    monkeypatch.setattr(catalogues, "LANGUAGES", [BY_CODE["en"], Language("sv", "sv", "sv", "Svenska")])
    said = Catalog()
    for sentence in ("Hello %(name)s,", "Good bye", ("%(num)s day", "%(num)s days")):
        said.add(sentence)
    monkeypatch.setattr(catalogues, "gathered", lambda: said)
    assert catalogues.extract() == 3
    assert next(catalogues.standing()) == catalogues.Standing("sv", 3, 3, 0, 0)
    path = catalogues.catalogue_path("sv")
    own = catalogues._read(path)
    own["Hello %(name)s,"].string = "Hej %(name)s,"
    own["%(num)s day"].string = ("%(num)s dag", "")
    own["Good bye"].string, own["Good bye"].user_comments = "Hej då", ["unreviewed"]
    catalogues._write(path, own)
    assert next(catalogues.standing()) == catalogues.Standing("sv", 3, 1, 0, 1)
    assert "sv: a plural form is missing: ('%(num)s day', '%(num)s days')" in catalogues.problems()
    assert catalogues.compile_newer() == ["sv"]
    own["%(num)s day"].string = ("%(num)s dag", "%(num)s dagar")
    own.header_comment += "\n# unreviewed"
    catalogues._write(path, own)
    assert next(catalogues.standing()) == catalogues.Standing("sv", 3, 0, 0, 3)
    assert list(catalogues.problems()) == []


# what has one name is not called by another; what stands behind is where the other word is meant
OTHER_WORDS = {
    "de": {"E-Mail": (), "Büro": ("Das Büro der Stadt, das das Programm leitet",), "Panel": (), "mal Bedarf": ()},
    "de@simple": {"Büro": ("Das ist ein Büro bei der Stadt", "Ein Büro bei der Stadt leitet das Programm")},
}


@pytest.mark.parametrize("code", OTHER_WORDS)
def test_one_thing_has_one_name(code):
    said = [str(message.string) for message in catalogues._read(catalogues.catalogue_path(code)) if message.id]
    wrong = [each for each in said for word, meant in OTHER_WORDS[code].items()
             if word in each and not any(whole in each for whole in meant)]
    assert wrong == []


@pytest.mark.parametrize("code", ["ar", "fa"])
def test_sentences_have_the_digits_that_amounts_and_days_have(code):
    said = [str(message.string) for message in catalogues._read(catalogues.catalogue_path(code)) if message.id]
    assert [each for each in said if re.search("[٠-٩۰-۹]", each)] == []
