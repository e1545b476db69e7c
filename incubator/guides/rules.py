"""How a guide is read: a title, one sentence, parts of paragraphs and lists; **bold** is what stands on a page."""

import re
from collections.abc import Iterator

from incubator.guides.pages import Block, Guide, Line, Part, Run

NAMED = re.compile(r"\*\*(.+?)\*\*")
ITEM = re.compile(r"(?:(?P<ul>-)|(?P<ol>\d+\.))\s+(?P<text>.+)")


def read(text: str, role: str, code: str) -> Guide:
    """Read what stands in a file; only what guides need is understood."""
    head, *rest = re.split(r"^## ", text.strip(), flags=re.MULTILINE)
    title, _, lead = head.partition("\n")
    return Guide(role, code, title.removeprefix("# ").strip(), " ".join(lead.split()), tuple(map(_part, rest)))


def line(text: str) -> Line:
    pieces = NAMED.split(text)
    return tuple(Run(piece, at % 2 == 1) for at, piece in enumerate(pieces) if piece)


def _part(text: str) -> Part:
    title, _, body = text.partition("\n")
    return Part(title.strip(), tuple(_blocks(body)))


def _blocks(body: str) -> Iterator[Block]:
    for paragraph in re.split(r"\n\s*\n", body.strip()):
        kind, lines = "p", list[str]()
        for each in paragraph.splitlines():
            item = ITEM.fullmatch(each.strip())
            if item:
                kind = "ul" if item["ul"] else "ol"
                lines.append(item["text"])
            elif lines:
                lines[-1] += f" {each.strip()}"
            else:
                lines.append(each.strip())
        yield Block(kind, tuple(line(each) for each in lines))
