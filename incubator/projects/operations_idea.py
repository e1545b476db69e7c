"""Set an idea free that somebody took and left lying."""

from incubator.dialogue import operations as dialogue
from incubator.dialogue.models import Idea
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.journal import record
from incubator.projects import queries_idea, rules_idea
from incubator.projects.models import Project


def free_idea(idea: Idea, by) -> Project:
    """Let others take up an idea; the draft stays with its team, as a proposal that grew from no idea.

    Lock order: the project before the idea. What was found is looked at again once both are held.
    """
    left = queries_idea.abandoned_draft(idea, clock.today())
    if left is not None:
        hold(left.project)
    hold(idea)
    db.session.refresh(idea)
    left = queries_idea.abandoned_draft(idea, clock.today())
    rules_idea.demand_abandoned(left is not None)
    assert left is not None
    project = left.project
    project.idea = None
    record("project.idea_freed", by, project, idea=idea.id)
    dialogue.step_back(idea, by)
    return project
