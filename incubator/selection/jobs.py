"""Letters about the panel, and sheets that do not count any more because of what happened elsewhere."""

from typing import Any

import sqlalchemy as sa

from incubator import letters
from incubator.accounts.models import Role
from incubator.accounts.queries import people_with_role
from incubator.foundation.database import db, hold
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.programme.models import Round, RoundState
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project
from incubator.selection import operations_panel, operations_sheets, queries
from incubator.selection.models import PanelMember, Sheet, SheetState


@on("panel.member_named")
def tell_member(entry: Entry) -> None:
    member = db.session.get_one(PanelMember, entry.subject_id)
    if member.until is None:
        letters.tell([member.person], "panel_named", entry, round=member.round)


@on("round.added")
def take_over_criteria(entry: Entry) -> None:
    """A round that follows another looks at the same things; whom it asks is a new question."""
    last = entry.data.get("copied_from")
    round_ = db.session.get(Round, entry.subject_id)
    if last is None or round_ is None or queries.criteria(round_.id):
        return
    for each in queries.criteria(last):
        operations_panel.add_criterion(round_, None, title=each.title, text=each.text, weight=each.weight,
                                       position=each.position, language=each.language)


@on("organisation.affiliated", "partnership.begun", "project.carrier_agreed", "project.edited", "project.joined",
    "conflict.declared")
def void_conflicted(entry: Entry) -> None:
    """Look again at who may score where; a sheet whose scorer has come to have a conflict counts no more.

    Who declares to have none changes nothing.
    """
    if entry.data.get("has_conflict") is False:
        return
    rounds = [hold(round_) for round_ in db.session.scalars(_scored_rounds(entry.project_id)).all()]
    for round_ in rounds:  # all are held before the first entry is written
        operations_sheets.void_conflicted(round_)


def _scored_rounds(project_id: int | None) -> sa.Select[Any]:
    """Return the rounds with living sheets on undecided projects; of one project's round where it is about one."""
    living = (
        sa.select(Project.round_id).join(Sheet, Sheet.project_id == Project.id)
        .where(Project.status == Status.BUDGET_APPROVED, Sheet.state != SheetState.VOID)
    )
    if project_id is not None:
        living = living.where(Project.id == project_id)
    chosen = sa.select(Round).where(Round.id.in_(living), Round.has_panel, Round.state != RoundState.ARCHIVED)
    return chosen.order_by(Round.id)


@on("sheet.voided")
def tell_coordination(entry: Entry) -> None:
    sheet = db.session.get_one(Sheet, entry.data["sheet"])
    letters.tell(people_with_role(Role.COORDINATOR), "panel_sheet_void", entry, project=sheet.project)
