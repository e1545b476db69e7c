"""How the tests read a document: its text, its structure, and the fonts it carries."""

import io
import unicodedata
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdf

ISOLATES = str.maketrans("", "", "\u2068\u2069\u200f\u200e\u061c")


def text_of(data: bytes) -> str:
    """Return all text with spaces made plain, so that line breaks of the page do not matter."""
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    return plain(" ".join(pages))


def pages_of(data: bytes) -> list[str]:
    return [plain(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).translate(ISOLATES).split())


class Structure:
    """What assistive technology meets: the tags in their order, and what the file says about itself."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.Pdf.open(io.BytesIO(data))
        self.root = self.pdf.Root

    @property
    def is_marked(self) -> bool:
        return bool(self.root.MarkInfo.Marked)

    @property
    def language(self) -> str:
        return str(self.root.Lang)

    @property
    def title(self) -> str:
        with self.pdf.open_metadata() as about:
            return str(about["dc:title"])

    @property
    def ua_part(self) -> str:
        with self.pdf.open_metadata() as about:
            return str(about["pdfuaid:part"])

    @property
    def tags(self) -> list[str]:
        return list(self._walk(self.root.StructTreeRoot.K))

    def _walk(self, node: Any) -> Iterator[str]:
        if isinstance(node, pikepdf.Array):
            for each in node:
                yield from self._walk(each)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield str(node.S).removeprefix("/")
            if "/K" in node:
                yield from self._walk(node.K)

    @property
    def fonts(self) -> set[str]:
        found = set()
        for page in self.pdf.pages:
            for font in page.Resources.get("/Font", {}).values():
                assert "/ToUnicode" in font, "text that cannot be copied"
                found.add(str(font.BaseFont).partition("+")[2])
        return found
