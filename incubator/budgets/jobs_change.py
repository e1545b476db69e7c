"""Letters about changes and deputies, and requests that nobody can answer any more."""

from collections.abc import Sequence

from incubator import letters
from incubator.accounts.models import Person
from incubator.budgets import operations_change, queries_approval
from incubator.budgets.models_change import Change
from incubator.budgets.rules_change import MONEY
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.policy import Act
from incubator.projects.models import Participation, Project


def _change(entry: Entry) -> Change:
    return db.session.get_one(Change, entry.subject_id)


def _free(change: Change) -> Sequence[Person]:
    """Return who can agree to a changed budget: the project's own mentors and deputies first."""
    if change.new_plan is None:
        return ()
    free = queries_approval.signatures(change.new_plan, clock.today()).free
    own = [person for person in free if change.project.part_of(person.id)]
    return own or free


@on("change.asked")
def ask_for_an_answer(entry: Entry) -> None:
    change = _change(entry)
    if change.kind in MONEY:
        letters.tell(_free(change), "change_to_approve", entry, project=change.project, change=change)
    else:
        free = queries_approval.free_for(Act.DECIDE_CHANGE, change.project, clock.today())
        letters.tell(free, "change_to_decide", entry, project=change.project, change=change)


@on("change.noted")
def confirm_shift(entry: Entry) -> None:
    """Write also to whoever did it: the letter is what they can show later."""
    change = _change(entry)
    for person in (*change.project.leads, *change.project.mentors):
        letters.write(person, "change_noted", key=f"{entry.id}:change_noted:{person.id}", project=change.project,
                      change=change, moved_cents=entry.data["moved_cents"])


@on("change.approval_given")
def ask_for_second(entry: Entry) -> None:
    if entry.data["given"] < entry.data["needed"]:
        change = _change(entry)
        letters.tell(_free(change), "change_second_approval", entry, project=change.project, change=change)


@on("change.approved")
def tell_agreed(entry: Entry) -> None:
    change = _change(entry)
    letters.tell(change.project.leads, "change_agreed", entry, project=change.project, change=change)


@on("change.refused")
def tell_refused(entry: Entry) -> None:
    change = _change(entry)
    letters.tell(change.project.leads, "change_refused", entry, project=change.project, change=change)


@on("deputy.named")
def tell_deputy(entry: Entry) -> None:
    part = db.session.get_one(Participation, entry.subject_id)
    letters.tell([part.person], "deputy_named", entry, project=part.project)


@on("project.moved")
def take_back_what_is_moot(entry: Entry) -> None:
    """A project that was awarded needs no early start; one that was revoked no other budget."""
    operations_change.withdraw_moot(db.session.get_one(Project, entry.subject_id))
