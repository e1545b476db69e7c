"""Which room's facts and which words make which document."""

from collections.abc import Callable, Mapping
from typing import Any

from incubator.documents import (
    queries_agreement,
    queries_award,
    queries_closing,
    queries_cooperation,
    queries_funds,
    queries_report,
    words_agreement,
    words_award,
    words_closing,
    words_cooperation,
    words_funds,
    words_report,
)
from incubator.documents.frame import letter_words
from incubator.documents.models import DocumentKind
from incubator.foundation.language import DEFAULT, in_language
from incubator.projects.models import Project

Gather = Callable[[Project, int | None], dict[str, Any] | None]
Words = Callable[[Mapping[str, Any]], dict[str, Any]]

PARTS: dict[DocumentKind, tuple[Gather, Words]] = {
    DocumentKind.MENTORING_AGREEMENT: (queries_agreement.content, words_agreement.words),
    DocumentKind.AWARD_NOTICE: (queries_award.content, words_award.words),
    DocumentKind.FUNDS_REQUEST: (queries_funds.content, words_funds.words),
    DocumentKind.FINAL_REPORT: (queries_report.content, words_report.words),
    DocumentKind.CLOSING_NOTICE: (queries_closing.content, words_closing.words),
    DocumentKind.COOPERATION_AGREEMENT: (queries_cooperation.content, words_cooperation.words),
}


def content(project: Project, kind: DocumentKind, about_id: int, code: str) -> dict[str, Any] | None:
    """Return everything a document says, in its language; None where there is nothing to say yet."""
    gather, words = PARTS[kind]
    with in_language(code):
        found = gather(project, about_id)
        if found is not None and code != DEFAULT.code:
            found["words"] = letter_words() | words(found)
    return found
