"""KERN's style sheet without what no page of ours uses, made at start: 68 kB in place of 340 for a phone to read.

A rule is left out where one of its classes is named nowhere in our templates, scripts, sheets and code, a variable
where nothing that stays names it. `static/made/` is not part of the program: where nothing can be written, and while
somebody works on the program (`flask --debug`), the whole sheet is given.
"""

import functools
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from incubator.foundation.folders import renew
from incubator.foundation.later import later

tinycss2 = later("tinycss2")
ROOT = Path(__file__).resolve().parents[2]
WHOLE, MADE = "vendor/kern/2.7.2", "made"
NAMES = {"ltr": "kern.min.css", "rtl": "kern.rtl.min.css"}
OURS = ("templates/**/*.html", "static/js/*.js", "static/css/*.css", "incubator/**/*.py")
WORD = re.compile(r"--[\w-]+|kern-[\w-]*")
ASKED = re.compile(r"var\(\s*(--[\w-]+)")
GROUPS = ("media", "supports", "layer", "container")
ABOUT = "\n/* KERN UX, EUPL-1.2, without what is not used here; whole, with its licence: /static/{whole}/{name} */\n"


class Words:
    """Names that our own files say; one that ends with a dash or a line goes on as the moment wants."""

    def __init__(self, texts: Iterable[str]) -> None:
        said = {word for text in texts for word in WORD.findall(text)}
        self.begun = tuple(word for word in said if word.endswith(("-", "_")) and word.strip("-") != "kern")
        self.whole = said

    def know(self, name: str) -> bool:
        return not name.startswith("kern-") or name in self.whole or name.startswith(self.begun)


_fresh = set[str]()  # sheets that are no older than what they are made of


def name_of(direction: str, *, whole: bool = False) -> str:
    """Name the sheet for pages written in a direction, below the folder of static files."""
    name = NAMES[direction]
    return f"{WHOLE}/{name}" if whole or name not in _fresh else f"{MADE}/{name}"


def words() -> Words:
    return Words(path.read_text(encoding="utf-8") for path in _sources())


def _sources() -> list[Path]:
    return [path for shape in OURS for path in ROOT.glob(shape)]


@functools.cache
def make_newer() -> None:
    """Make, once in a process, what is older than its sources; safe when two processes start at once."""
    newest, known = max(path.stat().st_mtime for path in _sources()), None
    for name in NAMES.values():
        whole, target = ROOT / "static" / WHOLE / name, ROOT / "static" / MADE / name
        if not target.exists() or target.stat().st_mtime < max(newest, whole.stat().st_mtime):
            known = known or words()
            text = trimmed(whole.read_text(encoding="utf-8"), known) + ABOUT.format(whole=WHOLE, name=name)
            try:
                target.parent.mkdir(exist_ok=True)
                renew(target, text.encode())
            except OSError:  # a program that nobody may change gives the whole sheet
                continue
        _fresh.add(name)


@dataclass
class Rule:
    """Selectors with what they say, or a group of rules; a rule that is kept word for word has only its head."""

    head: str
    says: list[tuple[str, str]] = field(default_factory=list)
    inside: list["Rule"] = field(default_factory=list)

    def walk(self) -> Iterator["Rule"]:
        yield self
        for each in self.inside:
            yield from each.walk()


def trimmed(sheet: str, words: Words) -> str:
    """Return a style sheet without the rules and variables that these words do not ask for."""
    rules = list(_read(tinycss2.parse_stylesheet(sheet, True, True), words))
    said = [each for rule in rules for part in rule.walk() for each in part.says]
    asked = {name for name in words.whole if name.startswith("--")}
    asked.update(name for which, text in said if not which.startswith("--") for name in ASKED.findall(text))
    leads = defaultdict[str, set[str]](set)
    for which, text in said:
        leads[which].update(ASKED.findall(text))
    known = set[str]()
    while asked:
        known |= asked
        asked = {further for name in asked for further in leads[name]} - known
    return "".join(_written(rule, known) for rule in rules)


def _read(nodes: Iterable[Any], words: Words) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            if heads := [tinycss2.serialize(each) for each in _selectors(node.prelude) if _is_used(each, words)]:
                yield Rule(",".join(heads), _says(node.content))
        elif node.content is None or node.lower_at_keyword not in GROUPS:
            yield Rule(node.serialize())
        elif inside := list(_read(tinycss2.parse_rule_list(node.content, True, True), words)):
            yield Rule(f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}", inside=inside)


def _selectors(prelude: Iterable[Any]) -> Iterator[list[Any]]:
    selector = list[Any]()
    for part in prelude:
        if part == ",":
            yield selector
            selector = []
        else:
            selector.append(part)
    yield selector


def _is_used(selector: list[Any], words: Words) -> bool:
    """Say whether something of ours may match; what stands in brackets, as behind `:not`, forbids nothing."""
    pairs = itertools.pairwise(selector)
    return all(words.know(name.value) for dot, name in pairs if dot == "." and name.type == "ident")


def _says(content: list[Any]) -> list[tuple[str, str]]:
    parts = tinycss2.parse_blocks_contents(content, True, True)
    if any(part.type != "declaration" for part in parts):
        return [("", tinycss2.serialize(content))]
    return [(part.name, part.serialize()) for part in parts]


def _written(rule: Rule, known: set[str]) -> str:
    if not rule.says and not rule.inside:
        return rule.head
    kept = [text for name, text in rule.says if not name.startswith("--") or name in known]
    inside = "".join(_written(each, known) for each in rule.inside)
    return f"{rule.head}{{{';'.join(kept)}{inside}}}" if kept or inside else ""
