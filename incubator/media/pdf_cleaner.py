"""Run alone, as a program that holds nothing: a PDF comes in, its pages go out, and what went wrong in a word.

The parser is written in C++, and a file made for it can bring it down. So it runs beside the house, with limits of
its own, and the house only reads the first line of its answer: `pages 3`, or why there are none.
"""

import io
import re
import resource
import sys
from contextlib import suppress

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String
from pikepdf.sanitize import Sanitizer

MAX_PAGES, MAX_OBJECTS = 50, 100_000
UNPACKED_BYTES = 64 * 1024 * 1024  # of one stream that the file's own structure is packed in
MEMORY_BYTES, SECONDS = 1536 * 1024 * 1024, 20
ACTIVE = Sanitizer().remove_javascript().remove_external_access().remove_multimedia().remove_attachments()
OF_DOCUMENT = {
    "/Type", "/Version", "/Extensions", "/Pages", "/PageLabels", "/PageLayout", "/Dests", "/Names", "/Outlines",
    "/AcroForm", "/StructTreeRoot", "/MarkInfo", "/Lang", "/OutputIntents", "/OCProperties",
}
OF_PAGE = {
    "/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Contents",
    "/Rotate", "/Group", "/Annots", "/StructParents", "/Tabs", "/UserUnit",
}
OF_FORM = {"/Fields", "/DR", "/DA", "/Q", "/NeedAppearances"}
OF_NAMES = {"/Dests"}
SEEN_NOTES = {  # what is drawn on a page; links, films, sounds and attached files are not among it
    "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight", "/Underline",
    "/Squiggly", "/StrikeOut", "/Caret", "/Stamp", "/Ink", "/Popup", "/Widget", "/Watermark",
}
ACTS = {
    "/JavaScript", "/URI", "/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/Rendition", "/Movie",
    "/Sound", "/RichMediaExecute", "/Named", "/Hide", "/ResetForm", "/Thread", "/GoTo3DView",
}
NEVER = {
    "/OpenAction", "/JavaScript", "/EmbeddedFiles", "/Renditions", "/RichMediaContent", "/RichMediaSettings", "/XFA",
    "/PieceInfo", "/Thumb",
}
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


class Refused(Exception):
    """Why a file is not taken, in a word that the house knows a sentence for."""


def limit() -> None:
    """Bound what this process may use, whatever the file makes of it."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        with suppress(ValueError, OSError):  # not every system knows every limit
            resource.setrlimit(kind, (most, most))
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=UNPACKED_BYTES, png_max_memory=UNPACKED_BYTES, tiff_max_memory=UNPACKED_BYTES,
        run_length_max_memory=UNPACKED_BYTES, parser_max_container_size=MAX_OBJECTS,
    )


def clean(data: bytes) -> tuple[bytes, int]:
    """Return the file written anew and how many pages it has; what is on them is not unpacked.

    A file that is not in order is refused rather than guessed at: what would be lost by mending it, nobody could see.
    Photos inside lose their place and camera where they are stored as plain JPEG, which is how phones make PDFs.
    """
    try:
        with Pdf.open(io.BytesIO(data), attempt_recovery=False, conversion_mode="explicit") as pdf:
            _measure(pdf)
            _strip(pdf)
            kept = io.BytesIO()
            pdf.save(
                kept, stream_decode_level=pikepdf.StreamDecodeLevel.none, encryption=False, deterministic_id=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
            )
            return kept.getvalue(), len(pdf.pages)
    except pikepdf.PasswordError:
        raise Refused("locked") from None


def _measure(pdf: Pdf) -> None:
    if len(pdf.objects) > MAX_OBJECTS:
        raise Refused("intricate")
    if len(pdf.pages) == 0:
        raise Refused("empty")
    if len(pdf.pages) > MAX_PAGES:
        raise Refused("long")
    if str(pdf.Root.get("/NeedsRendering", "")).lower() == "true":  # its pages only say that another program draws them
        raise Refused("intricate")


def _strip(pdf: Pdf) -> None:
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    ACTIVE.apply(pdf)
    _keep(pdf.Root, OF_DOCUMENT)
    _keep(pdf.Root.get("/Names"), OF_NAMES)
    _keep(pdf.Root.get("/AcroForm"), OF_FORM)
    for page in pdf.pages:
        _keep(page.obj, OF_PAGE)
        notes = page.obj.get("/Annots")
        if notes is not None:
            listed = list(notes) if isinstance(notes, Array) else []
            page.obj["/Annots"] = Array([note for note in listed if _is_seen(note)])
    for each in pdf.objects:
        _defuse(each)


def _keep(holder: Object | None, names: set[str]) -> None:
    if isinstance(holder, Dictionary):
        for name in set(holder.keys()) - names:
            del holder[name]


def _is_seen(note: Object) -> bool:
    return isinstance(note, Dictionary) and str(note.get("/Subtype", "")) in SEEN_NOTES


def _defuse(thing: Object) -> None:
    """Empty every action in a thing and what it holds itself, wherever it stands, and drop what tells of people."""
    waiting = [thing]
    while waiting:
        holder = waiting.pop()
        if isinstance(holder, Array):
            waiting += [each for each in holder if _is_inside(each)]
        elif isinstance(holder, Dictionary | Stream):
            acts = isinstance(holder.get("/S"), Name) and str(holder["/S"]) in ACTS
            for name in list(holder.keys()):
                value = holder.get(name)
                if (acts and name != "/Length") or name in NEVER or _is_dangerous(name, value):
                    del holder[name]
                elif value is not None and _is_inside(value):
                    waiting.append(value)
            if isinstance(holder, Stream):
                _bare_photo(holder)


def _is_inside(value: Object) -> bool:
    return isinstance(value, Array | Dictionary) and not value.is_indirect


def _is_dangerous(name: str, value: Object | None) -> bool:
    """Look at the value too: a font may be called AA, EF or JS."""
    if name == "/AA":
        return isinstance(value, Dictionary) and str(value.get("/Type", "")) != "/Font"
    if name == "/JS":
        return isinstance(value, String | Stream)
    if name == "/EF":
        return isinstance(value, Dictionary) and not {"/F", "/UF", "/DOS", "/Mac", "/Unix"}.isdisjoint(value.keys())
    if name == "/AF":
        return isinstance(value, Array) or (isinstance(value, Dictionary) and "/EF" in value)
    if name == "/V":  # a signature of the file as it was is broken in the new one, and would look like a forgery
        return isinstance(value, Dictionary) and "/ByteRange" in value
    return name == "/Metadata" and isinstance(value, Stream)


def _bare_photo(stream: Stream) -> None:
    kind = stream.get("/Filter")
    if isinstance(kind, Array) and len(kind) == 1:
        kind = kind[0]
    if isinstance(kind, Name) and str(kind) == "/DCTDecode":
        photo = stream.read_raw_bytes()
        bare = bare_jpeg(photo)
        if bare != photo:
            stream.write(bare, filter=Name.DCTDecode)


def bare_jpeg(data: bytes) -> bytes:
    """Drop what a JPEG says beside its pixels, and what hides behind them, without touching a pixel."""
    if not data.startswith(b"\xff\xd8"):
        return data
    kept, at = [data[:2]], 2
    while found := MARKER.search(data, at):
        start, kind = found.start(), data[found.start() + 1]
        kept.append(data[at:start])  # the pixels before it, if it stands between them
        if kind == 0xD9:
            break
        at = start + 2 + max(2, int.from_bytes(data[start + 2:start + 4], "big"))
        if not _tells(kind, data[start + 4:at]):
            kept.append(data[start:at])
    else:  # it does not say where it ends
        kept.append(data[at:])
    return b"".join([*kept, b"\xff\xd9"])


def _tells(kind: int, content: bytes) -> bool:
    """Of the notes of programs only those count for the colours: JFIF, Adobe and the ICC profile."""
    if kind == 0xE2:
        return not content.startswith(b"ICC_PROFILE\0")
    return kind == 0xFE or (0xE0 < kind <= 0xEF and kind != 0xEE)


def main() -> None:
    limit()
    try:
        cleaned, pages = clean(sys.stdin.buffer.read())
    except Refused as refused:
        sys.stdout.write(f"{refused}\n")
    else:
        sys.stdout.buffer.write(b"pages %d\n" % pages + cleaned)


if __name__ == "__main__":
    main()
