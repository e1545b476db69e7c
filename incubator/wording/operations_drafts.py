"""What is written in another language before everybody reads it.

`owner` is the row whose passage it is, held by the caller; the journal gets facts only, never a word of the text.
"""

from typing import Any

from incubator.foundation import clock
from incubator.foundation.database import db, fingerprint
from incubator.journal import record
from incubator.wording import rules
from incubator.wording.models import DraftState, Origin, Translation, TranslationDraft, Why
from incubator.wording.operations import hide, of_passage, translate


def save_draft(
    owner: Any, field: str, language: str, by: Any, text: str, *, of: str, origin: Origin,
) -> TranslationDraft:
    """Write words down for later; whatever was found right before is to be read again."""
    draft = of_passage(TranslationDraft, owner.__tablename__, owner.id, field, language)
    before = draft or of_passage(Translation, owner.__tablename__, owner.id, field, language)
    if draft is None:
        draft = TranslationDraft(owner_type=owner.__tablename__, owner_id=owner.id, field=field, language=language)
        db.session.add(draft)
    is_untouched = before is not None and before.origin is Origin.MACHINE and before.text == text
    draft.origin = Origin.MACHINE if is_untouched else origin  # a machine's words stay so, whoever saves them
    draft.author = None if is_untouched else by.public_id
    draft.text, draft.source_hash, draft.reviewer = text, fingerprint(of), None
    draft.state, draft.written_at = DraftState.WRITING, clock.now()
    _record("passage.written", by, owner, draft)
    return draft


def ask_machine(owner_type: str, owner_id: int, field: str, language: str) -> TranslationDraft:
    """Leave an empty draft for a machine to fill; `written_at` says when it is due, its version how often it was tried.

    Whoever writes meanwhile writes over it.
    """
    draft = TranslationDraft(
        owner_type=owner_type, owner_id=owner_id, field=field, language=language, text="", origin=Origin.MACHINE,
        source_hash="", state=DraftState.WRITING, written_at=clock.now(),
    )
    db.session.add(draft)
    return draft


def fill(draft: TranslationDraft, owner: Any, text: str, *, of: str) -> None:
    """Write down what a machine made of the original; a person reads it before it is published."""
    draft.text, draft.source_hash, draft.state = text, fingerprint(of), DraftState.READY
    draft.written_at = clock.now()
    _record("passage.handed_in", None, owner, draft)


def hand_in(draft: TranslationDraft, owner: Any, by: Any) -> None:
    rules.demand_step(draft.state, DraftState.READY)
    rules.demand_words(draft.text)
    draft.state = DraftState.READY
    _record("passage.handed_in", by, owner, draft)


def review(draft: TranslationDraft, owner: Any, by: Any, *, of: str) -> None:
    """Say that the words are right: somebody else than who wrote them."""
    rules.demand_step(draft.state, DraftState.REVIEWED)
    rules.demand_second(draft.author, by.public_id)
    rules.demand_current(draft.source_hash, fingerprint(of))
    draft.state, draft.reviewer = DraftState.REVIEWED, by.public_id
    _record("passage.reviewed", by, owner, draft)


def send_back(draft: TranslationDraft, owner: Any, by: Any) -> None:
    rules.demand_step(draft.state, DraftState.WRITING)
    draft.state, draft.reviewer = DraftState.WRITING, None
    _record("passage.returned", by, owner, draft)


def publish(draft: TranslationDraft, owner: Any, by: Any, *, of: str, alone: bool = False) -> Translation:
    """Let everybody read the words; the draft goes."""
    rules.demand_may_publish(draft.state, alone=alone)
    rules.demand_words(draft.text)
    rules.demand_current(draft.source_hash, fingerprint(of))
    row = translate(
        draft.owner_type, draft.owner_id, draft.field, draft.language, draft.text, of=of, origin=draft.origin,
        author=draft.author, reviewer=draft.reviewer,
    )
    db.session.delete(draft)
    _record("passage.published", by, owner, draft)
    return row


def drop(draft: TranslationDraft, owner: Any, by: Any) -> None:
    """Throw a draft away; what everybody reads stays."""
    db.session.delete(draft)
    _record("passage.dropped", by, owner, draft)


def withdraw(row: Translation, owner: Any, by: Any, why: Why | None = None) -> None:
    """Let everybody read the original again; the words wait as a draft for whoever translates."""
    hide(row)
    _record("passage.withdrawn", by, owner, row, **({"why": why} if why else {}))


def _record(action: str, by: Any, owner: Any, row: Translation | TranslationDraft, **facts: Any) -> None:
    record(action, by, owner, field=row.field, language=row.language, origin=row.origin, **facts)
