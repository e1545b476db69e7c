"""Every sentence is there in every language, with the same places to fill."""

import pytest
from babel.messages.catalog import Catalog
from fontTools.ttLib import TTFont

from incubator.foundation import catalogues
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
