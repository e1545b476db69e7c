"""What arrives as a picture leaves as pixels: no place, no camera, no comment, nothing hidden behind it."""

import struct
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from incubator.foundation.errors import RuleBroken
from incubator.foundation.later import later
from incubator.media import scanner

MAX_BYTES = 12 * 1024 * 1024
MAX_PIXELS = 50_000_000
LONG_SIDE, SMALL_SIDE = 1600, 480
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
SCANNED = "TIFF"
# what decoders raise about broken or hostile files
BROKEN = (
    OSError, ValueError, SyntaxError, EOFError, RuntimeError, struct.error, IndexError, KeyError, TypeError,
    AttributeError, ArithmeticError, MemoryError,
)
NOT_A_PICTURE = _l("This is not a picture we can read. Please choose a photo (JPEG, PNG, HEIC or WebP).")
EMPTY = _l("This file is empty. Please choose the photo again.")
TOO_LARGE = _l("This photo is larger than 12 MB. Please choose a smaller one.")
TOO_MANY_PIXELS = _l("This picture has more than 50 million pixels. Please choose a smaller one.")
DAMAGED = _l("This photo is damaged. Please choose another one.")
SEVERAL_PAGES = _l("This picture has several pages. Please save it as a PDF and choose that.")

pixels = later("incubator.media.pixels")


@dataclass(frozen=True)
class Picture:
    """A JPEG made by us, large and small; the measures in pixels are those of the large one."""

    large: bytes
    small: bytes
    width: int
    height: int


def read(data: bytes, *, long_side: int = LONG_SIDE, formats: tuple[str, ...] = FORMATS) -> Picture:
    """Take a file apart and make a new picture of its pixels, upright, in sRGB and `long_side` pixels at most.

    Of moving pictures the first one is taken; scans with several pages are refused, so that none is lost. Refused
    too: what is no picture, empty, damaged or too large; the number of pixels is looked at before any is unpacked.
    """
    if not data:
        raise RuleBroken(EMPTY)
    if len(data) > MAX_BYTES:
        raise RuleBroken(TOO_LARGE)
    scanner.demand_clean(data)
    picture: Picture = pixels.anew(data, long_side, formats)
    return picture
