"""The pixels of a picture: the only code that decodes files of others, read when the first one comes."""

import io
import threading
import warnings

import pillow_heif
from PIL import Image, ImageCms, UnidentifiedImageError

from incubator.foundation.errors import RuleBroken
from incubator.media.images import (
    BROKEN,
    DAMAGED,
    MAX_PIXELS,
    NOT_A_PICTURE,
    QUALITY,
    SCANNED,
    SEVERAL_PAGES,
    SMALL_SIDE,
    TOO_MANY_PIXELS,
    Picture,
)

MAX_PROFILE_BYTES = 1024 * 1024
ORIENTATION = 0x0112
TURNS = {
    2: (Image.Transpose.FLIP_LEFT_RIGHT,), 3: (Image.Transpose.ROTATE_180,), 4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,), 6: (Image.Transpose.ROTATE_270,), 7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_90,),
}

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)
_one_at_a_time = threading.Lock()  # one large picture in memory is enough


def anew(data: bytes, long_side: int, formats: tuple[str, ...]) -> Picture:
    """Make a new picture of a file's pixels; the number of pixels is looked at before any is unpacked."""
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
