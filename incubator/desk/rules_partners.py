"""What partnerships ask of leads and of the coordination."""

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from incubator.budgets.rules_figures import Amount
from incubator.desk.facts import Facts, Task, Urgency
from incubator.partners.rules import is_open_in
from incubator.projects.models import Part


def lead_partner_tasks(facts: Facts) -> Iterator[Task]:
    """One task for each offer, and for each promise that has ended without a word about it."""
    led = {project.id for project in facts.projects if Part.LEAD in project.kinds and is_open_in(project.status)}
    for pledge in facts.partners.pledges:
        if pledge.project_id not in led:
            continue
        detail = _l("%(organisation)s for “%(project)s”", organisation=pledge.organisation,
                    project=pledge.project_title)
        if pledge.is_offer:
            yield Task(Urgency.WAITED_FOR, _l("Answer a partner’s offer"), detail, None, "partners.answer_offer",
                       {"pledge_id": pledge.id}, _l("Answer"), pledge.description, pledge.language)
        else:
            yield Task(Urgency.LATER, _l("Say what came of a promise"), detail, pledge.ends_on, "partners.outcome",
                       {"pledge_id": pledge.id}, _l("Write"), pledge.description, pledge.language)


def gap_tasks(facts: Facts) -> Iterator[Task]:
    """A budget that no longer adds up; nobody decides about their own project."""
    for gap in facts.partners.gaps:
        if gap.project_id not in facts.own_ids:
            yield Task(
                Urgency.SOON, _l("Talk about a budget that does not add up any more"),
                _l("It counts on %(planned)s of money from others; %(confirmed)s are still confirmed.",
                   planned=Amount(gap.planned), confirmed=Amount(gap.confirmed)),
                None, "budgets.show", {"project_id": gap.project_id}, _l("Look"), gap.title, gap.language,
            )
