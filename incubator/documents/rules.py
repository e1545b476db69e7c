"""When documents are asked for, in which languages, and what makes two of them the same."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from incubator.documents.models import DocumentKind
from incubator.foundation.language import BY_CODE, DEFAULT
from incubator.projects.lifecycle import Status

BY_STATUS = {
    Status.AWARDED: DocumentKind.AWARD_NOTICE,
    Status.REPORT_SUBMITTED: DocumentKind.FINAL_REPORT,
    Status.RECOVERY: DocumentKind.CLOSING_NOTICE,  # the notice is what asks for the money back
    Status.COMPLETED: DocumentKind.CLOSING_NOTICE,
}
TOLD_BY_LETTER = frozenset({DocumentKind.AWARD_NOTICE, DocumentKind.CLOSING_NOTICE})


def languages_for(spoken: Iterable[str]) -> list[str]:
    """Return German first, because only it is binding (§ 23 VwVfG), then each other language its readers speak."""
    others = sorted({code for code in spoken if code in BY_CODE} - {DEFAULT.code})
    return [DEFAULT.code, *others]


def content_hash(content: Mapping[str, Any], about: tuple[str, int], edition: str) -> str:
    """Return what is the same for the same content about the same thing, set with the same templates."""
    canonical = json.dumps([about, edition, content], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
