"""What somebody must do next: from facts to tasks, in order of urgency."""

from collections.abc import Iterable, Iterator
from datetime import date

from flask_babel import lazy_gettext as _l

from incubator.accounts.models import Role
from incubator.desk.facts import Facts, PledgeFact, Task, Urgency
from incubator.desk.rules_carrier import carrier_tasks
from incubator.desk.rules_mentor import mentor_tasks
from incubator.desk.rules_mentoring import mentoring_tasks
from incubator.desk.rules_messages import answering_tasks, barrier_tasks, consent_tasks, erasure_tasks, reading_tasks
from incubator.desk.rules_office import office_tasks, talk_tasks
from incubator.desk.rules_partners import gap_tasks, lead_partner_tasks
from incubator.desk.rules_selection import choosing_tasks, scoring_tasks
from incubator.desk.rules_team import team_tasks
from incubator.desk.rules_words import words_tasks

FAR = date.max


def tasks(facts: Facts) -> tuple[Task, ...]:
    """Return everything that waits for this person, the most urgent first."""
    found: list[Task] = [*team_tasks(facts), *mentor_tasks(facts), *pledge_tasks(facts.pledges)]
    found += [*carrier_tasks(facts), *scoring_tasks(facts)]
    found += [*answering_tasks(facts), *barrier_tasks(facts), *erasure_tasks(facts), *mentoring_tasks(facts)]
    found += consent_tasks(facts)
    found += [*lead_partner_tasks(facts), *words_tasks(facts)]
    if facts.roles & {Role.COORDINATOR, Role.MODERATOR}:
        found += talk_tasks(facts)
    if Role.COORDINATOR in facts.roles:
        found += [*reading_tasks(facts), *office_tasks(facts), *gap_tasks(facts), *choosing_tasks(facts)]
    return tuple(sorted(found, key=_order))


def _order(task: Task) -> tuple[Urgency, date, str]:
    return task.urgency, task.due or FAR, task.endpoint


def pledge_tasks(pledges: Iterable[PledgeFact]) -> Iterator[Task]:
    for pledge in pledges:
        yield Task(
            Urgency.WAITED_FOR, _l("Say whether your promise stands"),
            _l("%(organisation)s for “%(project)s”", organisation=pledge.organisation, project=pledge.project_title),
            None, "partners.answer_pledge", {"pledge_id": pledge.id}, _l("Answer"), pledge.description, pledge.language,
        )
