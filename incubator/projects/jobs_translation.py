"""Letters about translations: when one is asked for, before its last day, and when it has arrived."""

from collections.abc import Iterator

from incubator import letters
from incubator.accounts.models import Role
from incubator.accounts.queries import people_with_role
from incubator.foundation import clock
from incubator.foundation.jobs import every_tick
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.letters.operations_remind import Reminder, remind
from incubator.projects import queries_translation as queries
from incubator.projects import rules_translation as rules
from incubator.projects.queries import project


@on("translation.asked")
def ask_lead(entry: Entry) -> None:
    found = project(entry.subject_id)
    if rules.is_waited_for(found):
        letters.tell(found.leads, "translation_asked", entry, project=found, official=rules.official(found))


@on("translation.taken_back")
def tell_lead(entry: Entry) -> None:
    found = project(entry.subject_id)
    if not rules.is_waited_for(found):
        letters.tell(found.leads, "translation_taken_back", entry, project=found, official=rules.official(found))


@on("translation.received")
def tell_which_day_counts(entry: Entry) -> None:
    """The team hears which day counts, also whoever handed the translation in; the coordination reads it."""
    found = project(entry.subject_id)
    for person in found.team:
        letters.write(person, "translation_received", key=f"{entry.id}:translation_received:{person.id}",
                      project=found, in_time=rules.is_in_time(found))
    letters.tell(people_with_role(Role.COORDINATOR), "translation_to_read", entry, project=found,
                 in_time=rules.is_in_time(found))


@every_tick
def remind_of_translations() -> None:
    """Remind the leads once, three days before the last day."""
    remind(_due)


def _due() -> Iterator[Reminder]:
    today = clock.today()
    for found in queries.awaited_until(today, today + rules.REMIND_BEFORE):
        if found.translation_asked_on is None or found.translation_asked_on >= today:  # the question itself came today
            continue
        for lead in found.leads:
            yield Reminder(f"translation:{found.id}:{found.translation_due_on}:{lead.id}", lead, "translation_due",
                           {"project": found, "official": rules.official(found)})
