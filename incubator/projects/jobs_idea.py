"""Whoever gave the idea hears when everybody can see what grew from it, also where it was joined with another one."""

from collections.abc import Iterator

from incubator import letters
from incubator.dialogue.jobs_ideas import write_to_giver
from incubator.dialogue.models import Idea
from incubator.dialogue.queries import joined
from incubator.foundation.database import db
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.projects.lifecycle import Action
from incubator.projects.models import Project


@on("project.moved")
def tell_giver(entry: Entry) -> None:
    project = db.session.get(Project, entry.project_id) if entry.data["action"] == Action.AWARD.value else None
    if project is not None and project.status.is_public and project.idea is not None:
        for idea in _behind(project.idea):
            if idea.mail:
                write_to_giver(idea, "idea_project", f"{entry.id}", project=project)


def _behind(idea: Idea) -> Iterator[Idea]:
    """Yield an idea, and those that went into it."""
    yield idea
    for each in joined(idea):
        yield from _behind(each)


@on("project.idea_freed")
def tell_leads(entry: Entry) -> None:
    """Tell whoever took the idea that others can take it up now."""
    project = db.session.get_one(Project, entry.subject_id)
    letters.tell(project.leads, "project_idea_freed", entry, project=project)
