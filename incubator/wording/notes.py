"""What is said below a text that somebody reads in another language than its own, or than theirs."""

from typing import Any

from flask_babel import gettext as _

from incubator.foundation.language import Language, name_of
from incubator.wording.queries import Passage


def note(passage: Passage, reader: Language) -> str:
    """Say in which language a text is where it is not the reader's, who translated it, and whether it is older.

    Whoever reads easy language reads its own language as well: they hear only that there is no easy text yet.
    """
    return " ".join(_sentences(passage, reader)) if passage.text else ""


def _sentences(passage: Passage, reader: Language) -> list[Any]:
    found: list[Any] = []
    if passage.language in reader.also:
        found.append(_("There is no text in easy language yet."))
    elif passage.language != reader.code and passage.is_translation:
        found.append(_("You read this in %(language)s.", language=name_of(passage.language, reader.babel)))
    elif passage.language != reader.code:
        found.append(_("Written in %(language)s; there is no translation yet.",
                       language=name_of(passage.language, reader.babel)))
    if passage.is_translation and passage.origin is not None:
        found.append(f"{passage.origin.label}.")
    if passage.is_stale:
        found.append(_("The original has changed since then: this translation may be out of date."))
    return found
