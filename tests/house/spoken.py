"""What a page says, line by line, with the language each line claims to be in."""

from html.parser import HTMLParser

INLINE = frozenset({"a", "abbr", "b", "bdi", "code", "em", "i", "mark", "q", "small", "span", "strong", "sub", "sup",
                    "time", "u", "wbr"})
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
SILENT = frozenset({"script", "style", "template"})
SAID_BY = ("title", "aria-label", "aria-description", "placeholder", "alt")


class Page(HTMLParser):
    """The lines of a page; `lang` and `dir` are those of its first element."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.lang = self.dir = ""
        self.lines: list[tuple[str, str]] = []  # (language, what is said)
        self._open: list[tuple[str, str]] = []  # (tag, language inside it)
        self._said = ""
        self.feed(text)
        self._end_line()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "html":
            self.lang, self.dir = known.get("lang") or "", known.get("dir") or ""
        here = self._open[-1][1] if self._open else self.lang
        inside = known.get("lang") or here
        if tag not in INLINE or inside != here:
            self._end_line()
        self.lines += [(inside, known[name] or "") for name in SAID_BY if known.get(name)]
        if tag not in VOID:
            self._open.append((tag, inside))

    def handle_endtag(self, tag: str) -> None:
        while any(each == tag for each, _ in self._open):
            last, inside = self._open[-1]
            after = self._open[-2][1] if len(self._open) > 1 else self.lang
            if last not in INLINE or inside != after:
                self._end_line()
            self._open.pop()
            if last == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self._open or self._open[-1][0] not in SILENT:
            self._said += data

    def _end_line(self) -> None:
        if said := " ".join(self._said.split()):
            self.lines.append((self._open[-1][1] if self._open else self.lang, said))
        self._said = ""
