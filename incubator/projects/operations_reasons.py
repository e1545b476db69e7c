"""Keep why somebody did something beside the journal, which holds only the mark of their words."""

from collections.abc import Callable

from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.journal.rules import mark, new_salt
from incubator.projects.models import StepReason


def explain(write: Callable[..., Entry], text: str, *, project_id: int, language: str) -> Entry:
    """Write an entry, and keep the words beside it where there are any.

    `write` is asked for the entry, with the mark of the words as `reason_mark`: by it the journal proves them later.
    """
    text, salt = text.strip(), new_salt()
    if not text:
        return write()
    entry = write(reason_mark=mark(salt, text))
    db.session.add(StepReason(entry_id=entry.id, project_id=project_id, text=text, salt=salt, language=language))
    return entry
