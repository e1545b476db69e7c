"""Whoever gave the idea hears when everybody can see what grew from it."""

from incubator.dialogue.jobs_ideas import write_to_giver
from incubator.foundation.database import db
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.projects.lifecycle import Action
from incubator.projects.models import Project


@on("project.moved")
def tell_giver(entry: Entry) -> None:
    project = db.session.get(Project, entry.project_id) if entry.data["action"] == Action.AWARD.value else None
    if project is not None and project.status.is_public and project.idea is not None and project.idea.mail:
        write_to_giver(project.idea, "idea_project", f"{entry.id}", project=project)
