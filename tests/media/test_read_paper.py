"""What is made of the papers people send."""

import hashlib
import io
import time
import zipfile

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from incubator.foundation.errors import RuleBroken
from incubator.media import images, papers, pdf_cleaner, pdfs
from incubator.media.models import PaperKind
from tests.media import samples, sheets

HIDDEN = (b"JavaScript", b"GEHEIM", b"OpenAction", b"EmbeddedFile", b"/AA <<", b"evil.example", b"cmd.exe", b"/XFA",
          b"Launch", b"SubmitForm", b"/URI", b"/PieceInfo", b"/Metadata", b"/Author", b"/Hidden", b"/Link")
SHAPES = {"JPEG": samples.jpeg(), "PNG": samples.png(), "WebP": samples.webp(), "HEIC": samples.heic(),
          "TIFF": samples.saved(samples.halves(), "TIFF", exif=samples.marks())}


def pack() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("payload.exe", b"GEHEIME DATEI")
    return kept.getvalue()


@pytest.mark.parametrize("kind", SHAPES)
def test_every_kind_of_picture_becomes_a_jpeg_without_place_and_camera(kind):
    assert samples.SECRET.encode() in SHAPES[kind]
    paper = papers.read(SHAPES[kind], "Bon.jpg")
    made = Image.open(io.BytesIO(paper.data))
    assert (paper.kind, paper.pages, made.format, made.size) == (PaperKind.PICTURE, 1, "JPEG", (80, 40))
    assert not made.getexif() and samples.SECRET.encode() not in paper.data + paper.small
    assert paper.original_sha256 == hashlib.sha256(SHAPES[kind]).hexdigest()


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_a_picture_is_turned_upright_once(kind):
    data = samples.saved(samples.halves(), kind, exif=samples.marks(orientation=6))
    made = Image.open(io.BytesIO(papers.read(data, "").data))
    assert made.size == (40, 80) and made.getpixel((20, 10))[0] > 150


def test_small_print_stays_readable():
    paper = papers.read(samples.saved(samples.halves(4000, 3000), "JPEG"), "")
    assert Image.open(io.BytesIO(paper.data)).size == (2400, 1800)
    assert Image.open(io.BytesIO(paper.small)).size == (480, 360)


def test_a_scan_with_several_pages_is_refused_so_that_none_is_lost():
    data = samples.saved(samples.halves(), "TIFF", save_all=True, append_images=[samples.halves()])
    with pytest.raises(RuleBroken) as refused:
        papers.read(data, "")
    assert refused.value.sentence is images.SEVERAL_PAGES


def test_a_pdf_keeps_its_pages_and_what_stands_on_them():
    paper = papers.read(sheets.pdf(3), "Rechnung.pdf")
    made = sheets.opened(paper.data)
    assert (paper.kind, paper.pages, paper.small, len(made.pages)) == (PaperKind.PDF, 3, None, 3)
    assert [page.Contents.read_bytes() for page in made.pages] == [sheets.TEXT] * 3
    assert set(made.pages[0].Resources.Font.keys()) == {"/F1", "/AA", "/JS", "/EF", "/AF"}


def test_nothing_that_acts_or_hides_is_kept():
    before = sheets.everything(sheets.hostile())
    assert all(each in before for each in HIDDEN)
    after = sheets.everything(papers.read(sheets.hostile(), "").data)
    assert [each for each in HIDDEN if each in after] == []


def test_what_was_filled_in_and_noted_stays():
    made = sheets.opened(papers.read(sheets.hostile(), "").data)
    notes = list(made.pages[0].Annots)
    assert [str(note.Subtype) for note in notes] == ["/Widget", "/FreeText"]
    assert str(notes[0].V) == "12,50" and str(notes[1].Contents) == "bezahlt"
    assert str(made.Root.Outlines.First.A.S) == "/GoTo"


def test_a_photo_inside_a_pdf_loses_its_place_and_none_of_its_pixels():
    photo = samples.jpeg()
    made = sheets.opened(papers.read(sheets.with_photo(photo + b"GEHEIM"), "").data)
    inside = made.pages[0].Resources.XObject.Im0.read_raw_bytes()
    assert samples.SECRET.encode() not in inside and b"GEHEIM" not in inside
    before, after = (Image.open(io.BytesIO(each)) for each in (photo, inside))
    assert not after.getexif() and after.tobytes() == before.tobytes()


@pytest.mark.parametrize("options", [{"progressive": True}, {"restart_marker_rows": 1}, {"quality": 100}])
def test_a_photo_is_made_bare_whatever_way_it_was_packed(options):
    photo = samples.jpeg(**options)
    bare = pdf_cleaner.bare_jpeg(photo)
    assert samples.SECRET.encode() not in bare
    assert Image.open(io.BytesIO(bare)).tobytes() == Image.open(io.BytesIO(photo)).tobytes()
    assert pdf_cleaner.bare_jpeg(bare) == bare


@pytest.mark.parametrize("behind", [samples.HTML, pack()], ids=["HTML", "ZIP"])
def test_what_hides_behind_a_pdf_is_lost(behind):
    after = sheets.everything(papers.read(sheets.pdf() + behind, "").data)
    assert b"alert" not in after and b"payload" not in after


@pytest.mark.parametrize("before", [samples.HTML, pack(), b"GIF89a", samples.jpeg()[:40]])
def test_what_begins_as_something_else_is_no_pdf(before):
    with pytest.raises(RuleBroken):
        papers.read(before + sheets.pdf(), "")


def test_a_pdf_that_only_its_author_may_change_is_kept_unlocked():
    paper = papers.read(sheets.locked(user=""), "")
    assert not sheets.opened(paper.data).is_encrypted


@pytest.mark.parametrize(("data", "sentence"), [
    (b"", papers.EMPTY),
    (b"Hello", papers.UNREADABLE),
    (samples.SVG, papers.UNREADABLE),
    (samples.HTML, papers.UNREADABLE),
    (pack(), papers.UNREADABLE),
    (b"x" * (images.MAX_BYTES + 1), images.TOO_LARGE),
    (samples.png_claiming(20_000, 20_000), images.TOO_MANY_PIXELS),
    (samples.png_claiming(500, 500), images.DAMAGED),
    (sheets.pdf(0), pdfs.NO_PAGES),
    (sheets.pdf(51), pdfs.TOO_LONG),
    (sheets.locked(user="geheim"), pdfs.LOCKED),
    (b"%PDF-1.7\n", pdfs.DAMAGED),
    (b"%PDF-1.7\n" + samples.HTML, pdfs.DAMAGED),
    (sheets.pdf()[:-30], pdfs.DAMAGED),
    (sheets.pdf(5)[:900], pdfs.DAMAGED),
    (sheets.pdf() + b" " * 5000, pdfs.DAMAGED),
    (sheets.pdf() + b" " * pdfs.MAX_BYTES, pdfs.TOO_LARGE),
    (sheets.bomb(400), pdfs.DAMAGED),
], ids=range(18))
def test_what_is_no_good_paper_is_refused_with_a_sentence(data, sentence):
    with pytest.raises(RuleBroken) as refused:
        papers.read(data, "", "scans")
    assert (refused.value.sentence, refused.value.field) == (sentence, "scans")


def test_fifty_pages_are_not_too_many():
    assert papers.read(sheets.pdf(50), "").pages == 50


def test_a_small_file_packed_like_the_bomb_is_fine():
    assert papers.read(sheets.bomb(1), "").pages == 1


def test_a_form_that_only_another_program_can_draw_is_refused():
    made = sheets.blank()
    made.Root.NeedsRendering = True
    with pytest.raises(RuleBroken) as refused:
        papers.read(sheets.saved(made), "")
    assert refused.value.sentence is pdfs.TOO_INTRICATE


def test_a_page_with_forty_thousand_links_is_cleaned_within_seconds():
    made = sheets.blank()
    many = [made.make_indirect(pikepdf.Dictionary(A=pikepdf.Dictionary(S=pikepdf.Name.URI))) for _ in range(40_000)]
    made.pages[0].obj.Resources.Foo = pikepdf.Array(many)
    begun = time.monotonic()
    assert b"/URI" not in sheets.everything(papers.read(sheets.saved(made), "").data)
    assert time.monotonic() - begun < 30


def test_a_file_that_brings_the_parser_down_brings_nothing_else_down():
    with pytest.raises(RuleBroken) as refused:
        papers.read(sheets.downfall(90_000), "")
    assert refused.value.sentence is pdfs.DAMAGED
    assert papers.read(sheets.pdf(), "").pages == 1


def test_a_file_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(pdfs, "SECONDS", 0.01)
    with pytest.raises(RuleBroken) as refused:
        papers.read(sheets.pdf(), "")
    assert refused.value.sentence is pdfs.TOO_INTRICATE


def test_a_refusal_names_its_file(app):
    with pytest.raises(RuleBroken) as refused:
        papers.read(b"", "C:\\Daten\\Bon 1.jpg")
    assert str(refused.value.sentence) == "\u2068Bon 1.jpg\u2069: This file is empty. Please choose it again."


@pytest.mark.parametrize(("sent", "kept"), [
    ("../../etc/passwd", "passwd"), ("C:\\Users\\Amal\\Bon.jpg", "Bon.jpg"), ("a\u202egpj.exe", "agpj.exe"),
    ("  Bon \n 1\t.pdf ", "Bon 1 .pdf"), ("\x00\ufffd", ""), ("فاتورة.pdf", "فاتورة.pdf"), (".htaccess", "htaccess"),
    ("x" * 200 + ".pdf", "x" * 116 + ".pdf"), ("x" * 200, "x" * 120), ("u\u0308.pdf", "ü.pdf"),
])
def test_a_name_is_cleaned(sent, kept):
    assert papers.clean_name(sent) == kept


def test_a_nameless_file_gets_a_name():
    assert papers.read(sheets.pdf(), "").file_name == "paper.pdf"


@given(places=st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), min_size=1, max_size=20))
@settings(max_examples=30, deadline=None)
def test_a_broken_pdf_gives_a_paper_or_a_sentence_and_nothing_else(places):
    data = bytearray(sheets.hostile())
    for place, value in places:
        data[place % len(data)] = value
    try:
        paper = papers.read(bytes(data), "")
    except RuleBroken:
        return
    assert b"evil.example" not in paper.data and len(sheets.opened(paper.data).pages) == paper.pages


@given(photo=st.binary(max_size=200))
def test_any_bytes_can_be_made_bare(photo):
    pdf_cleaner.bare_jpeg(b"\xff\xd8" + photo)
