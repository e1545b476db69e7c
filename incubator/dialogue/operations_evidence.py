"""Write down what is known to be needed, and correct it."""

from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.dialogue import rules
from incubator.dialogue.models import NeedEvidence
from incubator.foundation import clock
from incubator.foundation.database import db, hold, seen
from incubator.journal import record
from incubator.wording import operations as wording

FIELDS = ("kind", "statement", "language", "indicator", "count", "base", "pct", "year", "source", "licence",
          "theme_id", "district_id")


def record_evidence(by, *, is_fictional: bool = False, **fields: Any) -> NeedEvidence:
    """Write down one finding with its source; everybody can read it."""
    empty = {"language": "de", "indicator": "", "count": None, "base": None, "pct": None, "licence": "",
             "district_id": None}
    evidence = NeedEvidence(**_checked(empty | fields), is_fictional=is_fictional, recorded_at=clock.now())
    db.session.add(evidence)
    record("evidence.recorded", by, evidence, kind=evidence.kind, theme=evidence.theme_id)
    return evidence


def change_evidence(evidence: NeedEvidence, by, version: int | None = None, **fields: Any) -> NeedEvidence:
    """Correct what is given and leave the rest."""
    hold(evidence)
    current = {field: getattr(evidence, field) for field in FIELDS}
    seen(evidence, version, current)
    with wording.reworded("need_evidence", evidence, "statement", "indicator", "language"):
        for name, value in _checked(current | fields).items():
            setattr(evidence, name, value)
    record("evidence.changed", by, evidence)
    return evidence


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the facts as they are kept; what points at a few people or has no source is refused."""
    if unknown := set(fields) ^ set(FIELDS):
        raise TypeError(f"a finding has its fields and no others: {', '.join(sorted(unknown))}")
    rules.demand_figure(fields["count"], fields["base"], fields["pct"])
    rules.demand_year(fields["year"], clock.today().year)
    return fields | {
        "statement": rules.line(fields["statement"], "statement", _l("Please write what is needed or missing.")),
        "indicator": rules.line(fields["indicator"], "indicator"),
        "source": rules.line(fields["source"], "source",
                             _l("Please say where this is written. Without a source it is not shown.")),
        "licence": rules.line(fields["licence"], "licence"),
    }
