"""Who hears of news before everybody does, and of what became of it."""

from incubator import letters
from incubator.accounts import queries as accounts
from incubator.accounts.models import Role
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.milestones import queries


@on("update.proposed")
def tell_readers(entry: Entry) -> None:
    """Tell the coordination, but nobody who belongs to the project: they do not read their own news."""
    update = queries.update(entry.subject_id)
    project = update.project
    readers = [each for each in accounts.people_with_role(Role.COORDINATOR) if not project.part_of(each.id)]
    letters.tell(readers, "update_to_review", entry, update=update, project=project)


@on("update.returned")
def tell_writers(entry: Entry) -> None:
    update = queries.update(entry.subject_id)
    letters.tell(update.project.team, "update_returned", entry, update=update, project=update.project)


@on("update.published")
def tell_of_publication(entry: Entry) -> None:
    """Tell the team what the coordination published for them; their own click they know of."""
    update = queries.update(entry.subject_id)
    if update.reviewed_by_id is not None:
        letters.tell(update.project.team, "update_published_for_you", entry, update=update, project=update.project)


@on("update.corrected")
def tell_of_correction(entry: Entry) -> None:
    """Tell the others of the project; to those who follow it a correction is no news."""
    update = queries.update(entry.subject_id)
    project = update.project
    people = {each.id: each for each in [*project.team, *project.mentors]}.values()
    letters.tell(people, "update_corrected", entry, update=update, project=project)
