"""What a project lead must do next."""

from collections.abc import Iterator
from datetime import timedelta

from flask_babel import lazy_gettext as _l

from incubator.budgets.models import PlanState
from incubator.closing.models import ReportState
from incubator.desk.facts import Facts, MilestoneFact, ProjectFact, Task, Urgency
from incubator.desk.rules_due import urgency
from incubator.desk.rules_money import lead_money_tasks
from incubator.milestones.models import MilestoneStatus
from incubator.projects.lifecycle import Stage, Status
from incubator.projects.models import Part

AHEAD = timedelta(days=14)
TRANSLATED = tuple(status for status in Status if status.stage is not Stage.ENDED and status is not Status.COMPLETED)
PLAN_NOW = (Status.BUDGET_REVIEW, Status.BUDGET_APPROVED, Status.WAITLISTED, Status.AWARDED, Status.ACTIVE)
TO_REPORT = (MilestoneStatus.PLANNED, MilestoneStatus.IN_PROGRESS)


def team_tasks(facts: Facts) -> Iterator[Task]:
    """Yield the tasks of the projects this person leads; members help, but the lead is told."""
    led = {project.id: project for project in facts.projects if Part.LEAD in project.kinds}
    for project in led.values():
        yield from _proposal_tasks(project, facts)
        yield from _budget_tasks(project, facts)
        yield from lead_money_tasks(project, facts)
        yield from _closing_tasks(project, facts)
    planned = {milestone.project_id for milestone in facts.milestones}
    for project in led.values():
        if project.status in PLAN_NOW and project.id not in planned:
            how = Urgency.SOON if project.status is Status.ACTIVE else Urgency.LATER
            yield _task(project, how, _l("Plan your milestones"),
                        _l("Say in a few steps what you want to reach and by when."), "milestones.plan", _l("Plan"))
    for milestone in facts.milestones:
        if milestone.project_id in led:
            yield from _milestone_tasks(milestone, facts)
    for news in facts.news:
        if news.is_returned and news.project_id in led:
            yield Task(Urgency.SOON, _l("Change your news"), news.note, None, "milestones.change_update",
                       {"update_id": news.id}, _l("Change"), news.title, news.language)


def _task(project: ProjectFact, how: Urgency, title, detail, endpoint: str, button, due=None) -> Task:
    return Task(how, title, detail, due, endpoint, {"project_id": project.id}, button, project.title, project.language)


def _proposal_tasks(project: ProjectFact, facts: Facts) -> Iterator[Task]:
    if project.status is Status.DRAFT:
        due = project.proposals_until
        yield _task(project, urgency(due, facts.today), _l("Finish your proposal"),
                    _l("Fill in what is missing, then hand it in."), "projects.show", _l("Go on"), due)
    elif project.status is Status.RETURNED:
        due = project.return_due_on
        yield _task(project, urgency(due, facts.today, Urgency.SOON), _l("Complete your proposal"),
                    project.return_reason, "projects.show", _l("Complete"), due)
    if project.translation_due_on and not project.translation_received_on and project.status in TRANSLATED:
        due = project.translation_due_on
        yield _task(project, urgency(due, facts.today, Urgency.SOON), _l("Translate your proposal"),
                    _l("The city needs it in the official language as well."), "projects.translation",
                    _l("Translate"), due)


def _budget_tasks(project: ProjectFact, facts: Facts) -> Iterator[Task]:
    if project.status is not Status.MENTORING:
        return
    plan, due = facts.plans.get(project.id), project.budgets_until
    how = urgency(due, facts.today)
    if plan is not None and plan.state is PlanState.RETURNED:
        yield _task(project, min(how, Urgency.SOON), _l("Change your budget"), plan.return_reason,
                    "budgets.edit", _l("Change"), due)
    elif plan is None or not plan.lines:
        yield _task(project, how, _l("Plan your budget"), _l("Write down what it costs and who pays for it."),
                    "budgets.edit", _l("Plan"), due)
    elif plan.state is PlanState.DRAFT:
        yield _task(project, how, _l("Hand in your budget"), _l("It is written but not handed in."),
                    "budgets.submit", _l("Check and hand in"), due)


def _closing_tasks(project: ProjectFact, facts: Facts) -> Iterator[Task]:
    money, due = facts.money.projects.get(project.id), project.reports_due_on
    if project.status is Status.REPORTING and money is not None and money.report is ReportState.RETURNED:
        yield _task(project, urgency(due, facts.today, Urgency.SOON), _l("Add to the final report"),
                    money.report_reason, "closing.report", _l("Complete"), due)
    elif project.status is Status.REPORTING:
        yield _task(project, urgency(due, facts.today, Urgency.SOON), _l("Write the final report"),
                    _l("Tell how it went and what the money paid for."), "closing.report", _l("Write"), due)
    elif project.status is Status.RECOVERY:
        back = money.recovery_due_on if money is not None else None
        yield _task(project, urgency(back, facts.today, Urgency.SOON), _l("Give money back"),
                    _l("It stands there how much, until when, and which reference to write."), "closing.recovery",
                    _l("Look"), back)


def _milestone_tasks(milestone: MilestoneFact, facts: Facts) -> Iterator[Task]:
    if milestone.project_status is not Status.ACTIVE:
        return
    due, where = milestone.due_on, milestone.project_title
    if milestone.status is MilestoneStatus.RETURNED:
        yield _of_milestone(milestone, min(urgency(due, facts.today), Urgency.SOON), _l("Add to your report"),
                            milestone.return_reason, "milestones.report", _l("Complete"))
    elif milestone.status in TO_REPORT and due < facts.today:
        yield _of_milestone(milestone, Urgency.LATE, _l("Report this milestone, or say how long it will take"),
                            where, "milestones.report", _l("Report"))
    elif milestone.status in TO_REPORT and due <= facts.today + AHEAD:
        yield _of_milestone(milestone, urgency(due, facts.today), _l("Report this milestone when it is reached"),
                            where, "milestones.report", _l("Report"))


def _of_milestone(milestone: MilestoneFact, how: Urgency, title, detail, endpoint: str, button) -> Task:
    return Task(how, title, detail, milestone.due_on, endpoint, {"milestone_id": milestone.id}, button,
                milestone.title, milestone.language)
