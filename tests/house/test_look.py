"""The look keeps its promises: what pages name exists, and fonts are fetched once."""

import hashlib
import re
from pathlib import Path

import config

STATIC = config.ROOT / "static"
TEMPLATES = config.ROOT / "templates"
SHEETS = sorted((STATIC / "css").glob("*.css"))
CLASS = re.compile(r"\.([a-zA-Z][\w-]*)")
NAMED = re.compile(r'\bclass="([^"]*)"')
SPOKEN = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
# Classes that only name a part, and those whose end is filled in by the page.
UNSTYLED = {"legend__all", "stepper__label"}


def _styled() -> set[str]:
    kern = STATIC / "vendor" / "kern"
    return {name for sheet in [*SHEETS, *kern.rglob("kern.min.css")] for name in CLASS.findall(sheet.read_text())}


def _classes(template: Path) -> set[str]:
    named: set[str] = set()
    for text in NAMED.findall(template.read_text()):
        whole = SPOKEN.sub("\0", text)
        named |= {each for each in whole.split() if "\0" not in each and re.fullmatch(r"[\w-]+", each)}
    return named


def test_every_class_a_template_names_has_a_look() -> None:
    known = _styled() | UNSTYLED
    homeless = {
        f"{template.relative_to(TEMPLATES)}: {name}"
        for template in TEMPLATES.rglob("*.html")
        for name in _classes(template)
        if name not in known and not name.endswith(("-", "__"))
    }
    assert homeless == set()


def test_fonts_are_named_with_their_fingerprint() -> None:
    addresses = re.findall(r'fonts/([\w-]+\.woff2)\?v=(\w+)"', (STATIC / "css" / "app.css").read_text())
    assert len(addresses) == 4
    for name, fingerprint in addresses:
        assert hashlib.sha256((STATIC / "fonts" / name).read_bytes()).hexdigest().startswith(fingerprint)


def test_what_we_carry_of_others_is_what_was_listed() -> None:
    listed = (STATIC / "SHA256SUMS").read_text().splitlines()
    assert listed
    for line in listed:
        checksum, name = line.split()
        assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == checksum, name


def test_every_file_a_template_names_exists() -> None:
    named = {
        name
        for template in TEMPLATES.rglob("*.html")
        for name in re.findall(r"asset\('([\w./-]+)'\)", template.read_text())
    }
    missing = [name for name in named if not (STATIC / name).is_file()]
    assert missing == []
