"""Documents asked for by what happens, made in the worker, and the letters about them."""

from incubator import letters
from incubator.documents import operations, queries, rules, store
from incubator.documents.models import DocumentKind
from incubator.foundation.database import db
from incubator.foundation.jobs import every_tick, job
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.mentoring import queries as mentoring
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project


@job
def make(document_id: int) -> None:
    operations.make(document_id)


@every_tick
def make_waiting() -> None:
    """Make what a dead Redis or a killed worker left behind."""
    operations.make()


@every_tick
def sweep_files() -> None:
    store.sweep(queries.known_keys)


@on("project.moved")
def ask_by_step(entry: Entry) -> None:
    kind = rules.BY_STATUS.get(Status(entry.data["to"]))
    if kind is None:
        return
    project = db.session.get_one(Project, entry.project_id)
    for each, about in queries.subjects(project):
        if each is kind:
            operations.ask(project, kind, None, about=about)


@on("mentoring.accepted")
def ask_for_agreement(entry: Entry) -> None:
    assignment = mentoring.assignment(entry.subject_id)
    about = ("assignment", assignment.id)
    operations.ask(assignment.project, DocumentKind.MENTORING_AGREEMENT, None, about=about)


@on("funds_request.asked")
def ask_for_request(entry: Entry) -> None:
    project = db.session.get_one(Project, entry.project_id)
    operations.ask(project, DocumentKind.FUNDS_REQUEST, None, about=("funds_request", entry.subject_id))


@on("document.made")
def tell_leads(entry: Entry) -> None:
    """Tell each lead once their own language's version lies there; only about what the city has decided."""
    document = queries.document(entry.subject_id)
    if document.kind in rules.TOLD_BY_LETTER:
        readers = [person for person in document.project.leads if person.language == document.language]
        letters.tell(readers, "document_ready", entry, project=document.project, document=document)
