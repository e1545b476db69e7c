"""Who hears of questions and offers, and the clock that forgets."""

from incubator import letters
from incubator.accounts.models import Role
from incubator.accounts.queries import people_with_role
from incubator.foundation.database import db
from incubator.foundation.jobs import now_and_then
from incubator.foundation.language import named
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.questions import operations, queries, rules
from incubator.questions.models import Message, MessageKind


@on("message.received")
def ask_office(entry: Entry) -> None:
    """Write to each reader once until they have looked: a flood of messages makes one letter a day.

    Nobody reads for their own projects, so nobody was told of what waits there.
    """
    message = db.session.get(Message, entry.subject_id)
    if message is None:
        return
    project, told = message.project, queries.waiting_before(message, entry.at - rules.QUIET_FOR)
    free = [
        each for each in people_with_role(Role.COORDINATOR)
        if not project.part_of(each.id) and all(other.part_of(each.id) for other in told)
    ]
    letters.tell(free, "question_to_moderate", entry, message=message, project=project)


@on("message.passed")
def tell_team(entry: Entry) -> None:
    message = db.session.get(Message, entry.subject_id)
    if message is not None:
        template = "offer_passed" if message.kind is MessageKind.OFFER else "question_passed"
        letters.tell(message.project.team, template, entry, message=message, project=message.project)


@on("message.answered")
def tell_asker(entry: Entry) -> None:
    _write_back(entry, "question_answered")


@on("offer.accepted")
def thank_giver(entry: Entry) -> None:
    _write_back(entry, "offer_answered")


@on("offer.declined")
def decline_kindly(entry: Entry) -> None:
    _write_back(entry, "offer_answered")


def _write_back(entry: Entry, template: str) -> None:
    """Write to whoever left an address: once for each message, and never again."""
    message = db.session.get(Message, entry.subject_id)
    if message is not None and rules.is_reachable(message):
        letters.write(
            message.mail, template, key=f"{operations.PREFIX}{message.id}", language=named(message.language).code,
            message=message, project=message.project,
        )


@now_and_then
def forget_old() -> None:
    operations.forget_old()
