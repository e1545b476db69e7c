"""The fonts of our PDFs are those that were published, and draw what the list says."""

import hashlib

from fontTools.ttLib import TTFont

from incubator.documents.writable import can_draw
from incubator.foundation.language import LANGUAGES
from tests.house.sources import ROOT

FONTS = ROOT / "templates" / "documents" / "fonts"


def test_fonts_are_the_published_ones():
    listed = dict(reversed(line.split("  ")) for line in (FONTS / "SHA256SUMS").read_text().splitlines())
    files = {path.name: path for path in FONTS.iterdir() if path.name != "SHA256SUMS"}
    assert set(listed) == set(files)
    assert {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()} == listed


def test_what_can_be_drawn_is_in_regular_and_bold():
    for family in ("NotoSans", "Vazirmatn"):
        regular, bold = (
            set(TTFont(FONTS / f"{family}_{weight}.ttf").getBestCmap()) for weight in ("400Regular", "700Bold")
        )
        assert all(can_draw(chr(number)) for number in regular & bold if number >= 0xA0)


def test_every_language_can_name_itself_in_a_document():
    for language in LANGUAGES:
        assert all(can_draw(sign) for sign in language.name)
