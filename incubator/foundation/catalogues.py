"""Translations of our own sentences: gathered from the code, compiled at start, checked for completeness.

The sentences in the code are English, so English needs no catalogue.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from incubator.foundation.folders import renew
from incubator.foundation.language import LANGUAGES
from incubator.foundation.later import later

frontend = later("babel.messages.frontend")
ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "incubator" / "translations"
TEMPLATE = FOLDER / "messages.pot"
SOURCE = "en"
UNREVIEWED = "unreviewed"
KEYWORDS: dict[str, Any] = {
    "_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "_n": (1, 2),
    "lazy_ngettext": (1, 2), "pgettext": ((1, "c"), 2), "lazy_pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACE = re.compile(r"%(?:\((\w+)\)[sd]|%)")
CHANGING = re.compile('"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Report-Msgid|Language-Team)')
SKIPPED = (".venv", "instance", "tests", "migrations", "benchmarks", "tools", "static", "docs")


def catalogue_path(code: str) -> Path:
    return FOLDER / code / "LC_MESSAGES" / "messages.po"


def translated() -> list[str]:
    """Return the codes of the languages that need a catalogue."""
    return [language.babel for language in LANGUAGES if language.code != SOURCE]


def compile_newer() -> list[str]:
    """Compile catalogues that were changed since they were compiled last; safe when two processes start at once."""
    done = []
    for path in sorted(FOLDER.glob("*/LC_MESSAGES/messages.po")):
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            compiled = io.BytesIO()
            write_mo(compiled, _read(path))
            renew(target, compiled.getvalue())
            done.append(path.parts[-3])
    return done


def _empty(code: str | None = None) -> Catalog:
    about = "# What the Incubator says; part of the program and under its licence (EUPL-1.2)."
    return Catalog(
        locale=code, project="Incubator", version="1", header_comment=about, charset="utf-8", fuzzy=False,
        msgid_bugs_address="", last_translator="", language_team="",
    )


def gathered() -> Catalog:
    """Read every sentence out of the code and the templates, with the files it stands in."""
    catalogue = _empty()
    with (ROOT / "babel.cfg").open() as file:
        methods, options = frontend.parse_mapping_cfg(file)
    found = extract_from_dir(
        ROOT, methods, options, keywords=KEYWORDS, comment_tags=("i18n:",), strip_comment_tags=True,
        directory_filter=lambda path: Path(path).name not in SKIPPED and not Path(path).name.startswith("."),
    )
    for filename, _line, text, comments, context in sorted(found, key=lambda each: (each[0], each[1])):
        catalogue.add(text, None, [(filename, 0)], auto_comments=comments, context=context)
    return catalogue


def extract() -> int:
    """Write the template and bring every catalogue in line with it; return how many sentences there are."""
    catalogue = gathered()
    FOLDER.mkdir(parents=True, exist_ok=True)
    _write(TEMPLATE, catalogue)
    for code in translated():
        path = catalogue_path(code)
        own = _read(path) if path.exists() else _empty(code)
        own.update(catalogue, no_fuzzy_matching=True, update_creation_date=False)
        own.obsolete.clear()
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, own)
    return len(catalogue)


def problems() -> Iterator[str]:
    """Name everything that keeps the catalogues from being complete."""
    wanted = _ids(gathered())
    if not TEMPLATE.exists() or _ids(_read(TEMPLATE)) != wanted:
        yield "messages.pot is not what the code says; run: flask translations extract"
    for code in translated():
        path = catalogue_path(code)
        if not path.exists():
            yield f"{code}: there is no catalogue"
            continue
        own = _read(path)
        for message in own.obsolete.values():
            yield f"{code}: obsolete: {message.id!r}"
        for missing in wanted - _ids(own):
            yield f"{code}: not in the catalogue: {missing[0]!r}"
        for message in own:
            if message.id and _key(message) in wanted:
                yield from (f"{code}: {wrong}: {message.id!r}" for wrong in _faults(message))


@dataclass(frozen=True)
class Standing:
    """How far one language is.

    `unreviewed` are sentences that nobody who grew up with the language has read yet: those below a comment
    `# unreviewed`, or all of them where it stands at the head of the catalogue.
    """

    code: str
    sentences: int
    missing: int
    fuzzy: int
    unreviewed: int

    @property
    def done(self) -> int:
        return self.sentences - self.missing


def standing() -> Iterator[Standing]:
    """Say for each language how many of the template's sentences it has."""
    wanted = _ids(_read(TEMPLATE))
    for code in translated():
        path = catalogue_path(code)
        catalogue = _read(path) if path.exists() else _empty(code)
        own = [message for message in catalogue if message.id and _key(message) in wanted]
        said = [message for message in own if not message.fuzzy and not _is_missing(message)]
        yield Standing(
            code, len(wanted), len(wanted) - len(said), sum(message.fuzzy for message in own),
            len(said) if UNREVIEWED in catalogue.header_comment else
            sum(UNREVIEWED in message.user_comments for message in said),
        )


def _is_missing(message: Message) -> bool:
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return not all(forms)


def _faults(message: Message) -> Iterator[str]:
    if message.fuzzy:
        yield "fuzzy"
    if isinstance(message.id, tuple | list):
        forms = list(message.string) if isinstance(message.string, tuple | list) else [message.string]
        if not all(forms):
            yield "a plural form is missing"
        places = _places(message.id[1])
        if any(not _places(form or "") <= places for form in forms) or _places(forms[-1] or "") != places:
            yield "placeholders differ"
    elif not message.string:
        yield "not translated"
    elif _places(str(message.string)) != _places(message.id):
        yield "placeholders differ"


def _places(text: str) -> set[str]:
    return {match[1] or "%" for match in PLACE.finditer(text)}


def _key(message: Message) -> tuple[Any, str | None]:
    text = message.id
    return (tuple(text) if isinstance(text, tuple | list) else text, message.context)


def _ids(catalogue: Catalog) -> set[tuple[Any, str | None]]:
    return {_key(message) for message in catalogue if message.id}


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=None if path == TEMPLATE else path.parts[-3], charset="utf-8")


def _write(path: Path, catalogue: Catalog) -> None:
    """Write without dates and line numbers: they would change with every run and say nothing."""
    text = io.BytesIO()
    write_po(text, catalogue, width=120, sort_output=True, include_lineno=False, ignore_obsolete=True)
    kept = [line for line in text.getvalue().decode().splitlines() if not CHANGING.match(line)]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
