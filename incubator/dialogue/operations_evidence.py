"""Write down what is known to be needed, and correct it."""

from typing import Any

from incubator.dialogue import rules_evidence
from incubator.dialogue.models import NeedEvidence
from incubator.foundation import clock
from incubator.foundation.database import db, hold, seen
from incubator.journal import record
from incubator.wording import operations as wording


def record_evidence(by, *, is_fictional: bool = False, **fields: Any) -> NeedEvidence:
    """Write down one finding with its source; everybody can read it."""
    facts = rules_evidence.checked(rules_evidence.EMPTY | fields, clock.today().year)
    evidence = NeedEvidence(**facts, is_fictional=is_fictional, recorded_at=clock.now())
    db.session.add(evidence)
    record("evidence.recorded", by, evidence, kind=evidence.kind, theme=evidence.theme_id)
    return evidence


def change_evidence(evidence: NeedEvidence, by, version: int | None = None, **fields: Any) -> NeedEvidence:
    """Correct what is given and leave the rest."""
    hold(evidence)
    current = {field: getattr(evidence, field) for field in rules_evidence.FIELDS}
    seen(evidence, version, current)
    with wording.reworded("need_evidence", evidence, "statement", "indicator", "language"):
        for name, value in rules_evidence.checked(current | fields, clock.today().year).items():
            setattr(evidence, name, value)
    record("evidence.changed", by, evidence)
    return evidence
