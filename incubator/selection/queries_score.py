"""What one member of the panel sees: their own sheets, and those of others once their own is handed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from incubator.projects.models import Project
from incubator.selection import queries, queries_conflicts
from incubator.selection.models import Sheet, SheetState
from incubator.selection.rules_panel import Ground


@dataclass(frozen=True)
class OwnRow:
    """A project to be scored, and how far this person is with it."""

    project: Project
    sheet: Sheet | None
    ground: Ground | None
    grant_cents: int

    @property
    def is_void(self) -> bool:
        return self.ground is not None or (self.sheet is not None and self.sheet.state is SheetState.VOID)

    @property
    def is_given(self) -> bool:
        return self.sheet is not None and self.sheet.state is SheetState.GIVEN


def own_rows(round_id: int, person_id: int, today: date) -> list[OwnRow]:
    """Return what is to be scored, what is missing first."""
    projects = queries.eligible(round_id)
    ids = [project.id for project in projects]
    own = {sheet.project_id: sheet for sheet in queries.sheets(ids) if sheet.person_id == person_id}
    why = queries_conflicts.grounds(ids, [person_id], today)
    grants = queries.grants(ids)
    rows = [OwnRow(each, own.get(each.id), why.get((each.id, person_id)), grants.get(each.id, 0)) for each in projects]
    return sorted(rows, key=lambda row: (row.is_void, row.is_given, row.project.id))


def others(project_id: int, person_id: int) -> Sequence[Sheet]:
    """Return what others handed in; ask only for somebody whose own sheet is handed in."""
    return [sheet for sheet in queries.sheets([project_id], SheetState.GIVEN) if sheet.person_id != person_id]
