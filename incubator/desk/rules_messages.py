"""What people wrote to projects: the office reads it first, then the team answers."""

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext

from incubator.desk.facts import Facts, Task, Urgency
from incubator.desk.rules_due import urgency
from incubator.projects.models import Part


def reading_tasks(facts: Facts) -> Iterator[Task]:
    """One task however many wait: a flood of messages must not bury everything else."""
    number = sum(each.number for each in facts.messages if each.waits and each.project_id not in facts.own_ids)
    if number:
        yield Task(
            Urgency.WAITED_FOR, lazy_ngettext("Read what somebody wrote", "Read %(num)s messages from people", number),
            _l("Pass on what is about the project; nobody else sees it before."), None, "moderation.index", {},
            _l("Read"),
        )


def answering_tasks(facts: Facts) -> Iterator[Task]:
    led = {project.id: project for project in facts.projects if Part.LEAD in project.kinds}
    for each in facts.messages:
        if not each.waits and (project := led.get(each.project_id)):
            title = lazy_ngettext(
                "Answer somebody who wrote to you", "Answer %(num)s people who wrote to you", each.number)
            yield Task(
                Urgency.WAITED_FOR, title,
                _l("A question, or an offer of help. The office has read it."), None, "questions.project",
                {"project_id": project.id}, _l("Answer"), project.title, project.language,
            )


def barrier_tasks(facts: Facts) -> Iterator[Task]:
    """One task for all of them; the first last day says how urgent it is."""
    if each := facts.barriers:
        yield Task(
            urgency(each.due_on, facts.today, Urgency.WAITED_FOR),
            lazy_ngettext("Answer who reported a barrier", "Answer %(num)s reports of barriers", each.number),
            _l("Somebody cannot use one of our pages. The answer is due within a month."), each.due_on,
            "barriers.index", {}, _l("Look"),
        )


def erasure_tasks(facts: Facts) -> Iterator[Task]:
    """One task for all requests; the first last day says how urgent it is."""
    if each := facts.rights.erasures:
        yield Task(
            urgency(each.due_on, facts.today, Urgency.WAITED_FOR),
            lazy_ngettext("Delete somebody who asks for it", "Delete %(num)s people who ask for it", each.number),
            _l("They want everything about them to be deleted. It is due within a month."), each.due_on,
            "erasure.index", {}, _l("Look"),
        )


def consent_tasks(facts: Facts) -> Iterator[Task]:
    """People in photos agreed for a time; whoever leads the project asks them again."""
    for photo in facts.rights.consents:
        yield Task(
            urgency(photo.until, facts.today, Urgency.LATER), _l("Ask the people in a photo again"),
            _l("After that day nobody sees the photo any more."), photo.until, "consents.renew",
            {"photo_key": photo.key}, _l("Look"), photo.alt, photo.language,
        )
