"""A letter that the mail server refused until it was given up, for tests of what people do about it."""

from typing import Any

from incubator.foundation import clock
from incubator.letters.models import Letter, LetterState


def refused(**fields: Any) -> Letter:
    """Return a letter that nobody has stored yet."""
    given = {
        "key": "k", "address": "someone@example.org", "language": "de", "subject": "Betreff", "text": "Text",
        "message_id": "<1@example.org>", "due_at": clock.now(), "written_at": clock.now(), "attempts": 12,
        "state": LetterState.FAILED, "error": "SMTPRecipientsRefused",
    }
    return Letter(**(given | fields))
