"""Letters about agreements, and what ends with a project."""

from incubator import letters
from incubator.foundation.database import db
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.mentoring import queries_agreements as queries
from incubator.mentoring import rules_agreement as rules
from incubator.mentoring.operations_sessions import close
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project


@on("agreement.written")
def ask_to_sign(entry: Entry) -> None:
    """Tell both sides; the mentor too, because what they wrote is not signed yet."""
    agreement = queries.agreement(entry.subject_id)
    if agreement.replaced_at is None:
        for person in (*agreement.project.leads, agreement.assignment.person):
            letters.write(person, "agreement_written", key=f"{entry.id}:agreement_written:{person.id}",
                          project=agreement.project, agreement=agreement)


@on("agreement.signed")
def tell_of_signature(entry: Entry) -> None:
    agreement = queries.agreement(entry.subject_id)
    signed = next((each for each in agreement.signatures if each.role == entry.data["role"]), None)
    if signed is not None:
        is_complete = rules.is_complete([each.role for each in agreement.signatures])
        letters.tell([*agreement.project.leads, agreement.assignment.person], "agreement_signed", entry,
                     project=agreement.project, agreement=agreement, signed=signed, is_complete=is_complete)


@on("project.moved")
def close_with_project(entry: Entry) -> None:
    """A closing talk held before the project was completed ends the mentoring now."""
    if entry.data["to"] == Status.COMPLETED.value:
        close(db.session.get_one(Project, entry.project_id), None)
