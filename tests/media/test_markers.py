"""What a file says beside its picture never reaches the disk: each kind of marker, in each format, by each way in."""

import io
import struct
import zlib

import pillow_heif
import pytest
from PIL import Image, PngImagePlugin

from incubator.foundation.errors import RuleBroken
from incubator.media import images, papers
from tests.media import samples

MARKS = ("EXIF", "GPS", "XMP", "COMMENT", "TEXT", "THUMBNAIL")
CANARY = {mark: f"canary-{mark.lower()}-7261" for mark in MARKS}
XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{CANARY['XMP']}</x:xmpmeta>".encode()


def _thumbnail() -> bytes:
    """A small JPEG of its own that still shows what was cut off, named by its comment."""
    return samples.saved(Image.new("RGB", (16, 8)), "JPEG", comment=CANARY["THUMBNAIL"].encode())


def _exif() -> bytes:
    """Two directories as cameras write them: words, a place, and in the second one the thumbnail."""
    words = f"{CANARY['EXIF']}\0".encode()
    place = f"{CANARY['GPS']}\0".encode()
    small = _thumbnail()
    first, gps, second = 8, 8 + 2 + 24 + 4, 8 + 2 + 24 + 4 + 2 + 12 + 4
    tail = second + 2 + 24 + 4
    at_place, at_small = tail + len(words), tail + len(words) + len(place)
    entry = struct.Struct("<HHII")
    return b"Exif\0\0II*\0" + struct.pack("<I", first) + struct.pack("<H", 2) + (
        entry.pack(0x010E, 2, len(words), tail) + entry.pack(0x8825, 4, 1, gps) + struct.pack("<I", second)
        + struct.pack("<H", 1) + entry.pack(0x001B, 2, len(place), at_place) + struct.pack("<I", 0)
        + struct.pack("<H", 2) + entry.pack(0x0201, 4, 1, at_small) + entry.pack(0x0202, 4, 1, len(small))
        + struct.pack("<I", 0) + words + place + small
    )


def _jpeg() -> bytes:
    plain = samples.saved(samples.halves(), "JPEG", exif=_exif(), xmp=XMP, comment=CANARY["COMMENT"].encode())
    block = b"Photoshop 3.0\08BIM" + CANARY["TEXT"].encode()
    return plain[:2] + b"\xff\xed" + struct.pack(">H", len(block) + 2) + block + plain[2:]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png() -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", CANARY["COMMENT"])
    told.add_text("Author", CANARY["TEXT"])
    told.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return samples.saved(samples.halves(), "PNG", exif=_exif(), pnginfo=told)


def _webp() -> bytes:
    plain = samples.saved(samples.halves(), "WEBP", exif=_exif(), xmp=XMP, lossless=True)
    said = ((b"COMM", CANARY["COMMENT"].encode()), (b"TEXT", CANARY["TEXT"].encode()))
    more = b"".join(kind + struct.pack("<I", len(word)) + word + b"\0" * (len(word) % 2) for kind, word in said)
    return plain[:4] + struct.pack("<I", len(plain) - 8 + len(more)) + plain[8:] + more


def _heic() -> bytes:
    kept = io.BytesIO()
    pillow_heif.from_pillow(samples.halves()).save(kept, exif=_exif(), xmp=XMP, quality=90)
    said = (CANARY["COMMENT"] + CANARY["TEXT"]).encode()
    return kept.getvalue() + struct.pack(">I", len(said) + 8) + b"free" + said


def _gif() -> bytes:
    plain = samples.saved(samples.halves().convert("P"), "GIF", comment=CANARY["COMMENT"].encode())
    said = "".join(CANARY[mark] for mark in MARKS if mark != "COMMENT").encode()
    note = b"!\xfe" + b"".join(bytes([len(said[at:at + 200])]) + said[at:at + 200] for at in range(0, len(said), 200))
    return plain[:-1] + note + b"\0;"


def _tiff() -> bytes:
    tags = {270: CANARY["EXIF"], 305: CANARY["COMMENT"], 315: CANARY["TEXT"], 316: CANARY["GPS"],
            700: XMP, 37724: CANARY["THUMBNAIL"].encode()}
    return samples.saved(samples.halves(), "TIFF", tiffinfo=tags)


SENT = {"JPEG": _jpeg(), "PNG": _png(), "WebP": _webp(), "HEIC": _heic(), "GIF": _gif(), "TIFF": _tiff()}
REFUSED = {("photo", "GIF"), ("photo", "TIFF"), ("paper", "GIF")}  # what is not taken leaves nothing either


def _stored(way: str, data: bytes) -> bytes:
    if way == "photo":
        picture = images.read(data)
        return picture.large + picture.small
    paper = papers.read(data, "scan.bin")
    return paper.data + (paper.small or b"")


@pytest.mark.parametrize("kind", SENT)
def test_every_marker_was_planted(kind):
    assert [mark for mark in MARKS if CANARY[mark].encode() not in SENT[kind]] == []


@pytest.mark.parametrize("kind", SENT)
@pytest.mark.parametrize("way", ["photo", "paper"])
def test_no_marker_reaches_the_stored_bytes(way, kind):
    if (way, kind) in REFUSED:
        with pytest.raises(RuleBroken):
            _stored(way, SENT[kind])
        return
    stored = _stored(way, SENT[kind])
    assert [mark for mark in MARKS if CANARY[mark].encode() in stored] == []
    assert b"Exif" not in stored and b"adobe" not in stored.lower()
