"""What arrives as a picture leaves as pixels: no place, no camera, no comment, nothing hidden behind it."""

import io
import struct
import threading
import warnings
from dataclasses import dataclass

import pillow_heif
from flask_babel import lazy_gettext as _l
from PIL import Image, ImageCms, UnidentifiedImageError

from incubator.foundation.errors import RuleBroken
from incubator.media import scanner

MAX_BYTES = 12 * 1024 * 1024
MAX_PIXELS = 50_000_000
LONG_SIDE, SMALL_SIDE = 1600, 480
QUALITY = 82
MAX_PROFILE_BYTES = 1024 * 1024
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
SCANNED = "TIFF"
ORIENTATION = 0x0112
TURNS = {
    2: (Image.Transpose.FLIP_LEFT_RIGHT,), 3: (Image.Transpose.ROTATE_180,), 4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,), 6: (Image.Transpose.ROTATE_270,), 7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_90,),
}
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

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)
_one_at_a_time = threading.Lock()  # one large picture in memory is enough


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
    with _one_at_a_time, _opened(data, formats) as image:
        if image.width * image.height > MAX_PIXELS:
            raise RuleBroken(TOO_MANY_PIXELS)
        try:
            if image.format == SCANNED and getattr(image, "n_frames", 1) > 1:
                raise RuleBroken(SEVERAL_PAGES)
            large = _upright(image, long_side)
            small = large.copy()
            small.thumbnail((SMALL_SIDE, SMALL_SIDE))
            return Picture(_jpeg(large), _jpeg(small), large.width, large.height)
        except BROKEN:
            raise RuleBroken(DAMAGED) from None


def _opened(data: bytes, formats: tuple[str, ...]) -> Image.Image:
    try:
        return Image.open(io.BytesIO(data), formats=formats)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise RuleBroken(TOO_MANY_PIXELS) from None
    except UnidentifiedImageError:
        raise RuleBroken(NOT_A_PICTURE) from None
    except BROKEN:
        raise RuleBroken(NOT_A_PICTURE) from None


def _upright(image: Image.Image, long_side: int) -> Image.Image:
    profile = image.info.get("icc_profile")
    image.draft("RGB", (long_side, long_side))  # a JPEG is unpacked at a size near the one we keep
    image.seek(0)
    image.load()
    turns = TURNS.get(_orientation(image), ())  # not before: HEIC and TIFF are turned while they are unpacked
    if image.mode in ("L", "RGB", "RGBA", "CMYK"):  # the sooner it is small, the less memory the rest takes
        image.thumbnail((long_side, long_side))
    image = _in_srgb(_plain(image), profile)
    image.thumbnail((long_side, long_side))
    for turn in turns:
        image = image.transpose(turn)
    return image


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except BROKEN:
        return 1


def _plain(image: Image.Image) -> Image.Image:
    """Bring any kind of pixels to L, RGB or CMYK; what is transparent becomes white."""
    if image.mode.startswith("I;16"):
        image = image.convert("I")
    if image.mode == "I":
        return image.point(lambda value: value / 256).convert("L")
    if image.mode in ("P", "PA", "LA", "La", "RGBA", "RGBa") or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        return ground
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: object) -> Image.Image:
    if isinstance(profile, bytes) and 0 < len(profile) <= MAX_PROFILE_BYTES:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            found = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            return found if found is not None else image.convert("RGB")
        except (ImageCms.PyCMSError, *BROKEN):
            pass  # a profile nobody can read, or one for other colours: the numbers are taken as they are
    return image.convert("RGB")


def _jpeg(image: Image.Image) -> bytes:
    """Write the pixels alone; the fresh picture has nowhere else to keep anything."""
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    kept = io.BytesIO()
    bare.save(kept, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return kept.getvalue()
