"""What waits between a team and its mentor: talks to write down, words to sign, steps to do, an end to talk about."""

from collections.abc import Iterator
from datetime import timedelta

from flask_babel import lazy_gettext as _l

from incubator.desk.facts import Facts, ProjectFact, Task, Urgency
from incubator.desk.rules_due import urgency
from incubator.foundation.clock import CITY
from incubator.mentoring.rules import TALKING
from incubator.projects.lifecycle import Status
from incubator.projects.models import Part

AHEAD = timedelta(days=14)
ASKED_FOR = timedelta(days=21)  # what can be done without is asked for a while, then no more
CLOSING = (Status.REPORTING, Status.COMPLETED)


def mentoring_tasks(facts: Facts) -> Iterator[Task]:
    known = {project.id: project for project in facts.projects}
    mentored = {number: project for number, project in known.items() if Part.MENTOR in project.kinds}
    yield from _talks(mentored, facts)
    yield from _signatures(known, facts)
    for project in mentored.values():
        yield from _agreement(project, facts)
        yield from _closing(project, facts)
    for step in facts.mentoring.steps:
        if known[step.project_id].status in TALKING and (step.due_on is None or step.due_on <= facts.today + AHEAD):
            yield Task(urgency(step.due_on, facts.today), _l("Do what you agreed"), step.project_title, step.due_on,
                       "mentoring.show", {"project_id": step.project_id}, _l("Look"), step.what, step.language)


def _talks(mentored: dict[int, ProjectFact], facts: Facts) -> Iterator[Task]:
    for talk in facts.mentoring.talks:
        if talk.is_over and talk.project_id in mentored:
            day = talk.starts_at.astimezone(CITY).date()
            yield Task(Urgency.WAITED_FOR, _l("Write down how the talk went"), talk.kind.label, day,
                       "mentoring.log_talk", {"talk_id": talk.id}, _l("Write down"), talk.project_title, talk.language)


def _signatures(known: dict[int, ProjectFact], facts: Facts) -> Iterator[Task]:
    for agreement in facts.mentoring.agreements.values():
        project = known[agreement.project_id]
        role = "lead" if Part.LEAD in project.kinds else "mentor" if agreement.mentor_id == facts.person_id else None
        if role and role not in agreement.signed and project.status in TALKING:
            yield Task(Urgency.WAITED_FOR, _l("Read and sign the mentoring agreement"),
                       _l("It says how you work together. One press signs it."), None, "mentoring.agreement",
                       {"agreement_id": agreement.id}, _l("Read"), project.title, project.language)


def _agreement(project: ProjectFact, facts: Facts) -> Iterator[Task]:
    """Offered after a talk, before the budget is handed in; nobody needs an agreement to go on."""
    last = facts.last_talks.get(project.id)
    has_one = any(each.mentor_id == facts.person_id and each.project_id == project.id
                  for each in facts.mentoring.agreements.values())
    if project.status is Status.MENTORING and last and last + ASKED_FOR >= facts.today and not has_one:
        yield Task(Urgency.LATER, _l("Write down how you work together"),
                   _l("The agreement is prepared. Change what does not fit; both of you sign."), None,
                   "mentoring.write_agreement", {"project_id": project.id}, _l("Write"), project.title,
                   project.language)


def _closing(project: ProjectFact, facts: Facts) -> Iterator[Task]:
    """A mentoring ends with a talk; some weeks after the end nobody is asked for it any more."""
    since = project.status_since.astimezone(CITY).date()
    is_asked = project.status is not Status.COMPLETED or since + ASKED_FOR >= facts.today
    is_planned = any(talk.project_id == project.id for talk in facts.mentoring.talks)
    if project.status in CLOSING and is_asked and not is_planned and project.id not in facts.mentoring.closed:
        yield Task(Urgency.LATER, _l("Hold a closing talk"),
                   _l("What went well, and what comes next? It ends the mentoring in order."), None,
                   "mentoring.plan_talk" if project.status in TALKING else "mentoring.log",
                   {"project_id": project.id}, _l("Plan") if project.status in TALKING else _l("Note a talk"),
                   project.title, project.language)
