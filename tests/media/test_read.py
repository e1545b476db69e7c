"""What is made of the files people send."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from incubator.foundation.errors import RuleBroken
from incubator.media import images
from tests.media import samples

SENT = {"JPEG": samples.jpeg(), "PNG": samples.png(), "WebP": samples.webp(), "HEIC": samples.heic()}


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def is_red(pixel: tuple[int, ...]) -> bool:
    return pixel[0] > 150 and pixel[2] < 110


@pytest.mark.parametrize("kind", SENT)
def test_every_kind_becomes_a_jpeg_that_looks_the_same(kind):
    picture = images.read(SENT[kind])
    made = opened(picture.large)
    assert (made.format, made.size, made.mode) == ("JPEG", (80, 40), "RGB")
    assert (picture.width, picture.height) == (80, 40)
    assert is_red(made.getpixel((10, 20))) and not is_red(made.getpixel((70, 20)))


@pytest.mark.parametrize("kind", SENT)
def test_nothing_but_pixels_is_kept(kind):
    assert samples.SECRET.encode() in SENT[kind]
    picture = images.read(SENT[kind])
    for data in (picture.large, picture.small):
        made = opened(data)
        assert not made.getexif() and samples.SECRET.encode() not in data
        assert set(made.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}


@pytest.mark.parametrize(("orientation", "red_at"), [
    (1, (10, 20)), (2, (70, 20)), (3, (70, 20)), (6, (20, 10)), (8, (20, 70)),
])
def test_photos_stand_upright(orientation, red_at):
    data = samples.saved(samples.halves(), "JPEG", exif=samples.marks(orientation=orientation))
    made = opened(images.read(data).large)
    assert made.size == ((80, 40) if orientation < 5 else (40, 80))
    assert is_red(made.getpixel(red_at))


def test_a_heic_is_not_turned_twice():
    made = opened(images.read(samples.heic(orientation=6)).large)
    assert made.size == (40, 80)
    assert is_red(made.getpixel((20, 10)))


def test_large_photos_become_smaller_and_small_ones_stay():
    picture = images.read(samples.saved(samples.halves(4000, 3000), "JPEG"))
    assert opened(picture.large).size == (1600, 1200) == (picture.width, picture.height)
    assert opened(picture.small).size == (480, 360)
    assert opened(images.read(samples.jpeg()).small).size == (80, 40)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_kind_of_pixels_is_understood(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    made = opened(images.read(samples.saved(Image.new(mode, (30, 20)), kind)).large)
    assert (made.size, made.mode) == ((30, 20), "RGB")


def test_what_is_transparent_becomes_white():
    data = samples.saved(Image.new("RGBA", (10, 10), (0, 0, 0, 0)), "PNG")
    assert min(opened(images.read(data).large).getpixel((5, 5))) > 250


def test_of_a_moving_picture_the_first_is_taken():
    first, second = samples.halves(), Image.new("RGB", (80, 40), "green")
    for kind in ("PNG", "WEBP"):
        data = samples.saved(first, kind, save_all=True, append_images=[second])
        assert is_red(opened(images.read(data).large).getpixel((10, 20)))


def test_what_hides_behind_a_picture_is_lost():
    for kind in SENT:
        picture = images.read(SENT[kind] + samples.HTML)
        assert b"script" not in picture.large + picture.small


@pytest.mark.parametrize(("data", "sentence"), [
    (b"", images.EMPTY),
    (samples.SVG, images.NOT_A_PICTURE),
    (samples.HTML, images.NOT_A_PICTURE),
    (b"GIF89a" + samples.HTML, images.NOT_A_PICTURE),
    (b"%PDF-1.7", images.NOT_A_PICTURE),
    (samples.saved(samples.halves(), "GIF"), images.NOT_A_PICTURE),
    (samples.saved(samples.halves(), "TIFF"), images.NOT_A_PICTURE),
    (b"\xff\xd8\xff\xe0" + samples.HTML, images.NOT_A_PICTURE),
    (b"x" * (images.MAX_BYTES + 1), images.TOO_LARGE),
    (samples.png_claiming(8000, 7000), images.TOO_MANY_PIXELS),
    (samples.png_claiming(20_000, 20_000), images.TOO_MANY_PIXELS),
    (samples.png_claiming(2_000_000_000, 1), images.TOO_MANY_PIXELS),
    (samples.png_claiming(500, 500), images.DAMAGED),
], ids=range(13))
def test_what_is_no_good_picture_is_refused_with_a_sentence(data, sentence):
    with pytest.raises(RuleBroken) as refused:
        images.read(data)
    assert refused.value.sentence == sentence


@pytest.mark.parametrize("kind", SENT)
def test_half_a_photo_is_refused(kind):
    with pytest.raises(RuleBroken):
        images.read(SENT[kind][: len(SENT[kind]) // 2])


@given(kind=st.sampled_from(sorted(SENT)), places=st.lists(
    st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=20))
@settings(max_examples=150, deadline=None)
def test_broken_files_give_a_picture_or_a_sentence_and_nothing_else(kind, places):
    data = bytearray(SENT[kind])
    for place, value in places:
        data[place % len(data)] = value
    try:
        picture = images.read(bytes(data))
    except RuleBroken:
        return
    assert opened(picture.large).format == "JPEG" and samples.SECRET.encode() not in picture.large
