"""Which entries of the journal everybody may read in full; of all others only their seals are shown."""

from collections.abc import Mapping
from typing import Any

from incubator.progress.rules import STEP_SENTENCES
from incubator.projects.lifecycle import PUBLIC, Action, Status

MOVED = "project.moved"
CHECKED = frozenset({"eligible_cents", "recovery_cents", "interest_cents"})
APPROVED = frozenset({"kind", "number", "grant_cents", "hash", "given", "needed", "until", "early_from"})
OPEN: Mapping[str, frozenset[str]] = {
    MOVED: frozenset({"action", "from", "to", "waiver", "reason_mark"}),
    "award.recorded": frozenset({"amount_cents", "resolution_on", "notice_on", "final_on"}),
    "award.released": frozenset({"amount_cents"}),
    "milestone.accepted": frozenset({"update", "is_gate"}),
    "update.published": frozenset({"milestone"}),
    "pledge.confirmed": frozenset({"before", "after", "organisation", "by_link"}),
    "payment.paid": frozenset({"number", "amount_cents", "paid_on"}),
    "change.approved": APPROVED,
    "report.accepted": CHECKED,
    "recovery.settled": frozenset({"amount_cents", "on", "interest_cents"}),
}


def is_open(action: str, data: Mapping[str, Any]) -> bool:
    """Say whether an entry of a public project may be read by all: a listed action that says nothing unforeseen.

    Of a project's steps only those are open that its public story tells, from the award on.
    """
    known = OPEN.get(action)
    if known is None or not set(data) <= known:
        return False
    return action != MOVED or (data.get("action") in _TOLD and data.get("to") in _PUBLIC)


_TOLD = frozenset(Action(step).value for step in STEP_SENTENCES)
_PUBLIC = frozenset(Status(status).value for status in PUBLIC)
