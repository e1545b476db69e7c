"""Pictures as phones, cameras and hostile people send them."""

import io
import struct
import zlib
from typing import Any

import pillow_heif
from PIL import Image, PngImagePlugin

SECRET = "GEHEIMER ORT 52.2799"
GPS = {1: "N", 2: (52.0, 16.0, 47.0), 3: "E", 4: (8.0, 2.0, 59.0)}


def halves(width: int = 80, height: int = 40) -> Image.Image:
    """A picture that is red on the left and blue on the right."""
    image = Image.new("RGB", (width, height), (220, 20, 20))
    image.paste((20, 20, 220), (width // 2, 0, width, height))
    return image


def marks(*, orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x010E], exif[0x0112], exif[0x9286] = SECRET, orientation, SECRET
    exif.get_ifd(0x8825).update(GPS)
    return exif.tobytes()


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    kept = io.BytesIO()
    image.save(kept, kind, **options)
    return kept.getvalue()


def jpeg(**options: Any) -> bytes:
    return saved(halves(), "JPEG", exif=marks(), comment=SECRET.encode(), **options)


def png() -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", SECRET)
    told.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{SECRET}</x:xmpmeta>")
    return saved(halves(), "PNG", exif=marks(), pnginfo=told)


def webp() -> bytes:
    return saved(halves(), "WEBP", exif=marks(), xmp=SECRET.encode(), lossless=True)


def heic(orientation: int = 1) -> bytes:
    kept = io.BytesIO()
    pillow_heif.from_pillow(halves()).save(kept, exif=marks(orientation=orientation), xmp=SECRET.encode(), quality=90)
    return kept.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """A tiny file that unpacks to as many pixels as it likes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<html><script>alert(1)</script></html>"
