"""What was corrected after others' sheets could be read, and why; the words stand beside the book, not in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.programme.models import Round
from incubator.projects.models import StepReason
from incubator.selection.models import Sheet, SheetState

CORRECTED = "sheet.corrected"


@dataclass(frozen=True)
class Correction:
    at: datetime
    reason: str
    language: str


def could_read_others(sheet: Sheet) -> bool:
    """Say whether the scorer could see a sheet of somebody else since their own was handed in."""
    if sheet.state is not SheetState.GIVEN:
        return False
    seen = sa.select(Sheet.id).where(
        Sheet.project_id == sheet.project_id, Sheet.person_id != sheet.person_id, Sheet.given_at.is_not(None),
        sa.or_(Sheet.state == SheetState.GIVEN, Sheet.void_at >= sheet.begun_at))
    return db.session.scalar(seen.limit(1)) is not None


def corrections(sheets: Iterable[Sheet]) -> dict[int, list[Correction]]:
    """Return by sheet what was corrected with a reason, the oldest first."""
    ids = {sheet.id: sheet for sheet in sheets}
    if not ids:
        return {}
    projects = {sheet.project_id for sheet in ids.values()}
    rows = db.session.execute(
        sa.select(Entry, StepReason).join(StepReason, StepReason.entry_id == Entry.id)
        .where(StepReason.project_id.in_(projects), Entry.action == CORRECTED,
               Entry.subject_type == Round.__tablename__).order_by(Entry.id)
    )
    found: dict[int, list[Correction]] = {}
    for row in rows:
        if row.Entry.data["sheet"] in ids:
            found.setdefault(row.Entry.data["sheet"], []).append(
                Correction(row.Entry.at, row.StepReason.text, row.StepReason.language))
    return found
