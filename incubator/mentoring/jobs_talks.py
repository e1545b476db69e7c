"""Letters about planned talks: each with an invitation for the calendar of the one who reads it."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from incubator import letters
from incubator.foundation import clock
from incubator.foundation.jobs import every_tick
from incubator.journal import on
from incubator.journal.models import Entry
from incubator.letters.operations_remind import Reminder, remind
from incubator.mentoring import queries, rules_talks
from incubator.mentoring import queries_talks as talks
from incubator.mentoring.calendar import invitation
from incubator.mentoring.models_agreement import PlannedTalk, TalkState
from incubator.projects.models import TEAM


@on("talk.planned")
def invite(entry: Entry) -> None:
    _tell_of(entry, "talk_planned")


@on("talk.changed")
def invite_again(entry: Entry) -> None:
    _tell_of(entry, "talk_changed")


def _tell_of(entry: Entry, template: str) -> None:
    """Whoever planned it gets it too: it belongs into their calendar as well. What was called off is not sent."""
    talk = talks.talk(entry.subject_id)
    if talk.state is TalkState.PLANNED:
        _send(entry, template, talk, talks.people(talk.project))


@on("talk.cancelled")
def take_back(entry: Entry) -> None:
    talk = talks.talk(entry.subject_id)
    if entry.data["was_ahead"]:
        _send(entry, "talk_cancelled", talk, talks.people(talk.project), is_off=True)


@on("mentoring.ended")
def take_back_from_who_left(entry: Entry) -> None:
    assignment = queries.assignment(entry.subject_id)
    person = assignment.person
    if person.is_active and person.id not in {each.id for each in talks.people(assignment.project)}:
        for talk in talks.coming(assignment.project_id, clock.now()):
            _send(entry, "talk_left", talk, [person], is_off=True)


@on("mentoring.accepted")
def invite_who_begins(entry: Entry) -> None:
    assignment = queries.assignment(entry.subject_id)
    for talk in talks.coming(assignment.project_id, clock.now()):
        _send(entry, "talk_planned", talk, [assignment.person])


@on("project.joined")
def invite_who_joins(entry: Entry) -> None:
    """Somebody new on the team comes to the talks that were planned before; who only changed their part knows them."""
    part = talks.part(entry.subject_id)
    if part.kind in TEAM and part.until is None and not talks.only_changed_part(entry):
        for talk in talks.coming(part.project_id, clock.now()):
            _send(entry, "talk_planned", talk, [part.person])


@on("project.left")
def take_back_from_who_left_the_team(entry: Entry) -> None:
    part = talks.part(entry.subject_id)
    person = part.person
    if part.kind in TEAM and person.is_active and person.id not in {each.id for each in talks.people(part.project)}:
        for talk in talks.coming(part.project_id, clock.now()):
            _send(entry, "talk_left_team", talk, [person], is_off=True)


def _send(entry: Entry, template: str, talk: PlannedTalk, people: Iterable[Any], *, is_off: bool = False) -> None:
    for person in people:
        letters.write(
            person, template, key=f"{entry.id}:{template}:{talk.id}:{person.id}", project=talk.project, talk=talk,
            calendar=invitation(talk, person, now=clock.now(), is_off=is_off))


@every_tick
def remind_of_talks() -> None:
    """Write the day before a talk to everybody who comes."""
    remind(_tomorrow)


def _tomorrow() -> Iterable[Reminder]:
    today = clock.today()
    end = datetime.combine(today + timedelta(days=2), time(), clock.CITY)
    for talk in talks.starting(clock.now(), end):
        if rules_talks.is_reminded(talk.starts_at, talk.planned_at, today):
            day = talk.starts_at.astimezone(clock.CITY).date().isoformat()
            for person in talks.people(talk.project):
                yield Reminder(f"talk:{talk.id}:{day}:{person.id}", person, "talk_tomorrow",
                               {"project": talk.project, "talk": talk})


@every_tick
def remind_of_steps() -> None:
    """Write to whoever promised a step on the day it is due."""
    remind(_due_steps)


def _due_steps() -> Iterable[Reminder]:
    today = clock.today()
    for step in queries.steps_due(today - timedelta(days=3), today):
        people = {person.id: person for person in talks.people(step.project)}
        if owner := people.get(step.owner_id or 0):
            yield Reminder(f"step:{step.id}:{step.due_on}:{owner.id}", owner, "step_due",
                           {"project": step.project, "step": step})
