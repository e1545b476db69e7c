"""What the calendar reminds of: a word that is missing, a promise that begins soon, one nobody said the end of."""

from collections.abc import Iterable, Iterator
from typing import Any

from incubator import letters
from incubator.accounts.models import Person
from incubator.foundation import clock
from incubator.foundation.jobs import every_tick
from incubator.foundation.transaction import transaction
from incubator.letters.operations_remind import Reminder
from incubator.letters.operations_remind import remind as remind_people
from incubator.letters.queries import written
from incubator.partners import queries_pledges, readers
from incubator.partners.models import Pledge

Note = tuple[str, readers.Reader, str, dict[str, Any]]


def _leads(pledge: Pledge, where: str) -> Iterator[readers.Reader]:
    for person in pledge.project.leads:
        yield readers.Reader(person, person.id, person.given_name, person.language, where)


def _notes() -> Iterator[Note]:
    today = clock.today()
    waiting = queries_pledges.unanswered(clock.now())
    offered = queries_pledges.offered_by_partners([each.id for each in waiting])
    for pledge in waiting:
        asked: Iterable[readers.Reader] = readers.readers(pledge.project_id, pledge.organisation_id, pledge)
        if pledge.id in offered:
            asked = _leads(pledge, f"desk/pledges/{pledge.id}/offer")
        yield from _about(pledge, "pledge_unanswered", asked)
    for pledge in queries_pledges.starting(today):
        where = f"desk/projects/{pledge.project_id}/partners"
        both = [*readers.readers(pledge.project_id, pledge.organisation_id, pledge), *_leads(pledge, where)]
        yield from _about(pledge, "pledge_starts", both)
    for pledge in queries_pledges.unproved(today):
        yield from _about(pledge, "pledge_unproved", _leads(pledge, f"desk/pledges/{pledge.id}/outcome"))


def _about(pledge: Pledge, template: str, asked: Iterable[readers.Reader]) -> Iterator[Note]:
    for reader in asked:
        facts = {"pledge": pledge, "project": pledge.project, "organisation": pledge.organisation,
                 "name": reader.name, "where": reader.where}
        yield reader.key(f"{template}:{pledge.id}"), reader, template, facts


@every_tick
def remind() -> None:
    """Remind each of a promise once: people as they want to hear, those with a link by their address."""
    remind_people(_of_people)
    if not _of_links():
        return
    with transaction():
        for key, reader, template, facts in _of_links():
            letters.write(reader.to, template, key=key, language=reader.language, **facts)


def _of_people() -> Iterator[Reminder]:
    for key, reader, template, facts in _notes():
        if isinstance(reader.to, Person):
            yield Reminder(key, reader.to, template, facts)


def _of_links() -> list[Note]:
    notes = {note[0]: note for note in _notes() if isinstance(note[1].to, str)}
    done = written(notes) if notes else set()
    return [note for key, note in notes.items() if key not in done]


