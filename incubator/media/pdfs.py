"""What arrives as a PDF leaves as pages: no script, no attached file, no link, no author, no place.

Nothing on the pages is unpacked. A file that is not in order is refused rather than guessed at: what would be lost
by mending it, nobody could see.
"""

import io
import re
import threading

import pikepdf
from flask_babel import lazy_gettext as _l
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String
from pikepdf.sanitize import Sanitizer

from incubator.foundation.errors import RuleBroken
from incubator.media.images import BROKEN

MAX_BYTES, MAX_PAGES, MAX_OBJECTS = 15 * 1024 * 1024, 50, 100_000
UNPACKED_BYTES = 64 * 1024 * 1024  # of one stream that the file's own structure is packed in
TOO_LARGE = _l("This PDF is larger than 15 MB. Please choose a smaller one.")
TOO_LONG = _l("This PDF has more than 50 pages. Please choose only the pages that matter.")
TOO_INTRICATE = _l("This PDF is too intricate. Please print it to a new PDF, or take a photo of it.")
LOCKED = _l("This PDF is locked with a password. Please choose one without.")
NO_PAGES = _l("This PDF has no pages. Please choose another file.")
DAMAGED = _l("This PDF is damaged. Please download or scan it again, or take a photo of it.")

pikepdf.settings.set_qpdf_limits(
    flate_max_memory=UNPACKED_BYTES, png_max_memory=UNPACKED_BYTES, tiff_max_memory=UNPACKED_BYTES,
    run_length_max_memory=UNPACKED_BYTES, parser_max_container_size=MAX_OBJECTS,
)
_one_at_a_time = threading.Lock()
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
FAULTS = (pikepdf.PikepdfError, *BROKEN)
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def clean(data: bytes) -> tuple[bytes, int]:
    """Return the file written anew and how many pages it has.

    Photos inside lose their place and camera where they are stored as plain JPEG, which is how phones make PDFs.
    """
    if len(data) > MAX_BYTES:
        raise RuleBroken(TOO_LARGE)
    try:
        with _one_at_a_time, Pdf.open(io.BytesIO(data), attempt_recovery=False, conversion_mode="explicit") as pdf:
            _measure(pdf)
            _strip(pdf)
            kept = io.BytesIO()
            pdf.save(
                kept, stream_decode_level=pikepdf.StreamDecodeLevel.none, encryption=False, deterministic_id=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
            )
            return kept.getvalue(), len(pdf.pages)
    except pikepdf.PasswordError:
        raise RuleBroken(LOCKED) from None
    except FAULTS:
        raise RuleBroken(DAMAGED) from None


def _measure(pdf: Pdf) -> None:
    if len(pdf.objects) > MAX_OBJECTS:
        raise RuleBroken(TOO_INTRICATE)
    if len(pdf.pages) == 0:
        raise RuleBroken(NO_PAGES)
    if len(pdf.pages) > MAX_PAGES:
        raise RuleBroken(TOO_LONG)
    if str(pdf.Root.get("/NeedsRendering", "")).lower() == "true":  # its pages only say that another program draws them
        raise RuleBroken(TOO_INTRICATE)


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
