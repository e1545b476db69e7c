"""Workbooks for LibreOffice (OpenDocument 1.3), written row by row into the archive: memory does not grow."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr  # nosec B406

from incubator.opendata.fields import Field, Kind
from incubator.opendata.sheets import Sheet, parts, typed

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML cannot hold
WHEN = (2026, 1, 1, 0, 0, 0)  # the same rows give the same file
SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"' for name, space in (
    ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("number", "datastyle"),
    ("fo", "xsl-fo-compatible")))
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.3" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
STYLES = (
    '<office:automatic-styles><number:number-style style:name="N1"><number:number number:decimal-places="2" '
    'number:min-decimal-places="2" number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
    '<style:style style:name="amount" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/>'
    "</style:style></office:automatic-styles>"
)
BEGIN = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3" {SPACES}>{STYLES}'
    "<office:body><office:spreadsheet>"
)
END = "</office:spreadsheet></office:body></office:document-content>"
EMPTY = "<table:table-cell/>"


def write(path: Path, sheets: Iterable[Sheet]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_entry("mimetype", zipfile.ZIP_STORED), TYPE)
        archive.writestr(_entry("META-INF/manifest.xml"), MANIFEST)
        with archive.open(_entry("content.xml"), "w", force_zip64=True) as paper:
            for piece in _content(sheets):
                paper.write(piece.encode())


def _entry(name: str, how: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, WHEN)
    entry.compress_type = how
    return entry


def _content(sheets: Iterable[Sheet]) -> Iterator[str]:
    yield BEGIN
    for each in sheets:
        for name, rows in parts(each):
            yield f"<table:table table:name={quoteattr(name)}><table:table-column "
            yield f'table:number-columns-repeated="{len(each.fields)}"/>'
            yield _row("".join(_text(title, ' table:style-name="head"') for title in each.head))
            for row in rows:
                yield _row("".join(_cell(field, typed(field, row[field.name])) for field in each.fields))
            yield "</table:table>"
    yield END


def _row(cells: str) -> str:
    return f"<table:table-row>{cells}</table:table-row>"


def _cell(field: Field, value: Any) -> str:
    if value is None:
        return EMPTY
    if isinstance(value, bool):
        said = "true" if value else "false"
        return _valued("boolean", f'office:boolean-value="{said}"', said)
    if field.kind in (Kind.NUMBER, Kind.AMOUNT):
        style = ' table:style-name="amount"' if field.kind is Kind.AMOUNT else ""
        return _valued("float", f'office:value="{value}"{style}', str(value))
    if field.kind in (Kind.DAY, Kind.MOMENT):
        said = value.isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()
        return _valued("date", f'office:date-value="{said}"', said)
    return _text(value)


def _valued(kind: str, attributes: str, said: str) -> str:
    return f'<table:table-cell office:value-type="{kind}" {attributes}><text:p>{said}</text:p></table:table-cell>'


def _text(value: str, style: str = "") -> str:
    """Write words; each of their lines is a paragraph, as the format wants it."""
    clean = FORBIDDEN.sub("", value)
    lines = "".join(f"<text:p>{escape(each)}</text:p>" for each in clean.splitlines() or [""])
    return f'<table:table-cell office:value-type="string"{style}>{lines}</table:table-cell>'
