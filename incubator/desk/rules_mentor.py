"""What a city mentor must do next."""

from collections.abc import Iterator
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l

from incubator.accounts.models import Role
from incubator.budgets.models import PlanState
from incubator.desk.facts import Facts, PlanFact, ProjectFact, Task, Urgency
from incubator.desk.rules_money import checking_tasks
from incubator.foundation.clock import CITY
from incubator.milestones.models import MilestoneStatus
from incubator.projects.lifecycle import Status
from incubator.projects.models import Part

ACCOMPANIED = (Status.MENTORING, Status.BUDGET_REVIEW, Status.ACTIVE, Status.SUSPENDED)


def mentor_tasks(facts: Facts) -> Iterator[Task]:
    for asked in facts.assignments:
        yield Task(Urgency.WAITED_FOR, _l("Say whether you will be the mentor"),
                   _l("You were asked. The people of the project wait for your answer."), None,
                   "mentoring.answer", {"assignment_id": asked.id}, _l("Answer"), asked.project_title, asked.language)
    accompanied = {project.id: project for project in facts.projects if Part.MENTOR in project.kinds}
    checked = accompanied | {project.id: project for project in facts.projects if Part.DEPUTY in project.kinds}
    yield from _budgets(facts, frozenset(checked))
    yield from checking_tasks(facts)
    for milestone in facts.milestones:
        if milestone.project_id in checked and milestone.status is MilestoneStatus.REPORTED:
            yield Task(Urgency.WAITED_FOR, _l("Look at what was reported"), milestone.project_title, milestone.due_on,
                       "milestones.review", {"milestone_id": milestone.id}, _l("Look"), milestone.title,
                       milestone.language)
    for project in checked.values():
        is_open = project.id not in facts.excluded and project.id not in facts.report_signers
        if project.status is Status.REPORT_SUBMITTED and is_open:
            yield Task(Urgency.WAITED_FOR, _l("Read the final report"), _l("Accept it, or say what is missing."), None,
                       "closing.check", {"project_id": project.id}, _l("Read"), project.title, project.language)
    for project in accompanied.values():
        yield from _first_talk(project, facts)
        if project.status in ACCOMPANIED and (since := silent_since(project, facts)) is not None:
            yield Task(Urgency.LATER, _l("Get in touch and note the talk"),
                       _l("No talk has been noted for %(days)s days.", days=(facts.today - since).days), None,
                       "mentoring.log", {"project_id": project.id}, _l("Note a talk"), project.title, project.language)


def _first_talk(project: ProjectFact, facts: Facts) -> Iterator[Task]:
    """The first talk opens the way to the budget."""
    if project.status is Status.MENTORING and project.id not in facts.last_talks:
        yield Task(Urgency.WAITED_FOR, _l("Meet the team, then note the first talk"),
                   _l("Without an initial consultation the budget cannot be handed in."), project.budgets_until,
                   "mentoring.log", {"project_id": project.id}, _l("Note a talk"), project.title, project.language)


def silent_since(project: ProjectFact, facts: Facts) -> date | None:
    """Return the day of the last talk, planned ones too, or of the mentor's start, if it is longer ago than allowed."""
    planned = [each.starts_at.astimezone(CITY).date() for each in facts.mentoring.talks
               if each.project_id == project.id]
    last = max([*planned, *([facts.last_talks[project.id]] if project.id in facts.last_talks else [])], default=None)
    if last is None and project.status is not Status.MENTORING:
        last = project.mentor_since
    limit = timedelta(days=project.mentor_silence_alert_days)
    return last if last is not None and last + limit < facts.today else None


def _budgets(facts: Facts, accompanied: frozenset[int]) -> Iterator[Task]:
    """A project's own mentors look first; once one approved a large budget, any other mentor may be the second."""
    for plan in facts.plans.values():
        if not _waits_for(plan, facts):
            continue
        if plan.project_id in accompanied:
            yield _review(plan, _l("Check the budget"), _l("Approve it, or say what has to change."))
        elif (
            plan.needs_second and plan.approved_by and Role.MENTOR in facts.roles
            and plan.project_id not in facts.own_ids
        ):
            yield _review(plan, _l("Check the budget as the second mentor"),
                          _l("It is large, so two mentors have to approve it. One has done so."))


def _waits_for(plan: PlanFact, facts: Facts) -> bool:
    return (
        plan.project_status is Status.BUDGET_REVIEW and plan.state is PlanState.SUBMITTED
        and facts.person_id not in plan.approved_by and plan.project_id not in facts.excluded
    )


def _review(plan: PlanFact, title, detail) -> Task:
    return Task(Urgency.WAITED_FOR, title, detail, None, "budgets.review", {"project_id": plan.project_id}, _l("Check"),
                plan.project_title, plan.project_language)
