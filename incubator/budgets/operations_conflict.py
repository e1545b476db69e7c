"""Declare what one has to do with a project, and turn away whoever must take no part (C1, C2).

Every approval, check and confirmation about a project's money asks here, in this room and in later ones.
"""

from flask_babel import lazy_gettext as _l

from incubator.budgets import queries_approval
from incubator.budgets.rules_approval import with_way_out
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.policy import Act
from incubator.projects.models import ConflictDeclaration, Project


def declare(project: Project, by, act: Act, has_conflict: bool) -> ConflictDeclaration:
    """Keep what somebody declared before an act; a declared conflict excludes them from then on (C1)."""
    declaration = ConflictDeclaration(
        project_id=project.id, person_id=by.id, act=Act(act).value, has_conflict=has_conflict, declared_at=clock.now()
    )
    db.session.add(declaration)
    record("conflict.declared", by, declaration, act=Act(act), has_conflict=has_conflict)
    return declaration


def demand_free(project: Project, by, act: Act) -> None:
    """Refuse whoever takes no part: ties with carrier or partner, on the team, a declared conflict.

    Having written the budget stands in the way of approving it, and of nothing else (C2).
    """
    if sentence := queries_approval.exclusion_from(act, project, by.id, clock.today()):
        raise RuleBroken(sentence)


def demand_free_to_decide(project: Project, by) -> None:
    """Refuse whoever takes no part in the decision about a project, and say who can record it instead (C1)."""
    act = Act.RECORD_RESOLUTION
    if sentence := queries_approval.exclusion_from(act, project, by.id, clock.today()):
        free = queries_approval.free_for(act, project, clock.today())
        raise RuleBroken(with_way_out(sentence, [person.name for person in free]))


def declare_free(project: Project, by, act: Act, no_conflict: bool) -> ConflictDeclaration:
    """Refuse whoever is not free and keep that they declared to have no conflict: the start of every signature.

    The project is held first: whoever waits for the journal must hold its rows already.
    """
    if not no_conflict:
        raise RuleBroken(_l("Please declare first that you have no conflict of interest."), "no_conflict")
    hold(project)
    demand_free(project, by, act)
    return declare(project, by, act, False)
