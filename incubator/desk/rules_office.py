"""What the coordinator must do next. On projects of their own they decide nothing."""

from collections.abc import Iterator
from datetime import timedelta

from flask_babel import lazy_gettext as _l

from incubator.desk.facts import Facts, ProjectFact, Task, Urgency
from incubator.desk.rules_due import urgency
from incubator.desk.rules_money import office_money_tasks
from incubator.milestones.models import MilestoneStatus
from incubator.projects.lifecycle import Status

LATE_AFTER = timedelta(days=14)
NOT_DONE = (MilestoneStatus.PLANNED, MilestoneStatus.IN_PROGRESS, MilestoneStatus.RETURNED)


def office_tasks(facts: Facts) -> Iterator[Task]:
    yield from _round_tasks(facts)
    yield from _pledge_tasks(facts)
    yield from office_money_tasks(facts)
    yield from _news_tasks(facts)
    for project in facts.office:
        yield from _mentor_tasks(project, facts)
        yield from _paper_tasks(project)
        if project.id not in facts.own_ids:
            yield from _deciding_tasks(project, facts)
            yield from _later_tasks(project, facts)
    for change in facts.round_changes:
        yield Task(Urgency.WAITED_FOR, _l("Agree to a change of the round, or not"),
                   _l("Changes of settings on money and selection need a second person."), None,
                   "programme.decide_change",
                   {"change_id": change.id}, _l("Look"), change.name)
    for signature in facts.signatures:
        if signature.project_id not in facts.own_ids:
            yield Task(Urgency.WAITED_FOR, _l("Give the second signature"),
                       _l("Someone proposed to revoke the award. It needs a second person."), None, "projects.revoke",
                       {"project_id": signature.project_id}, _l("Look"), signature.project_title, signature.language)
    for milestone in facts.milestones:
        if milestone.status in NOT_DONE and milestone.project_status is Status.ACTIVE \
                and milestone.due_on + LATE_AFTER < facts.today and milestone.project_id not in facts.own_ids:
            yield Task(Urgency.LATER, _l("A milestone is late: ask how it goes"), milestone.project_title,
                       milestone.due_on, "milestones.show", {"project_id": milestone.project_id}, _l("Look"),
                       milestone.title, milestone.language)


def _round_tasks(facts: Facts) -> Iterator[Task]:
    if not facts.has_round:
        yield Task(Urgency.WAITED_FOR, _l("Set up a round"),
                   _l("How much money is there, and until when can people propose projects?"),
                   None, "programme.add_round", {}, _l("Begin"))
    for each in facts.planned_rounds:
        yield Task(Urgency.LATER, _l("Open the round when it is ready"),
                   _l("Nobody can propose a project before."), None, "programme.round", {"round_id": each.id},
                   _l("Look"), each.name)


def talk_tasks(facts: Facts) -> Iterator[Task]:
    """What people said waits for the coordination and for whoever moderates."""
    if facts.unanswered_ideas:
        yield Task(Urgency.WAITED_FOR, _l("Ideas wait for an answer"),
                   _l("Read them and say what becomes of each. Waiting now: %(number)s.",
                      number=facts.unanswered_ideas),
                   None, "dialogue.home", {}, _l("Look"))
    for each in facts.workshops:
        if not each.is_over:
            yield Task(Urgency.SOON, _l("Today: open the live board of the workshop"),
                       _l("People scan its code and write cards, each in their language."), facts.today,
                       "boards.open_board", {"workshop_id": each.id}, _l("Begin"), each.title, each.language)
            continue
        yield Task(Urgency.WAITED_FOR, _l("Write what came out of the workshop"),
                   _l("Whoever was there wants to read it, and whoever could not come."), None, "dialogue.sum_up",
                   {"workshop_id": each.id}, _l("Write"), each.title, each.language)


def _pledge_tasks(facts: Facts) -> Iterator[Task]:
    """Nobody speaks for these organisations here, so the coordination asks them and answers in their name."""
    for pledge in facts.unspoken:
        if pledge.project_id not in facts.own_ids:
            yield Task(Urgency.WAITED_FOR, _l("Ask the partner and confirm the pledge"),
                       _l("%(organisation)s for “%(project)s”", organisation=pledge.organisation,
                          project=pledge.project_title),
                       None, "partners.answer_pledge", {"pledge_id": pledge.id}, _l("Answer"), pledge.description,
                       pledge.language)


def _news_tasks(facts: Facts) -> Iterator[Task]:
    """Nobody reads their own news."""
    for news in facts.news:
        if not news.is_returned and news.project_id not in facts.own_ids and news.written_by_id != facts.person_id:
            yield Task(Urgency.WAITED_FOR, _l("Read news before everybody does"), news.project_title, None,
                       "milestones.review_update", {"update_id": news.id}, _l("Read"), news.title, news.language)


def _task(project: ProjectFact, how: Urgency, title, detail, endpoint: str, button, due=None) -> Task:
    return Task(how, title, detail, due, endpoint, {"project_id": project.id}, button, project.title, project.language)


def _mentor_tasks(project: ProjectFact, facts: Facts) -> Iterator[Task]:
    """A project needs a mentor from the check of its proposal until its end; one who was asked is waited for.

    A new proposal is checked first, and that page leads on to asking a mentor; the check is for others to do.
    """
    if project.asked or project.accepted or project.mentors:
        return
    is_checked = project.declined or project.id in facts.own_ids
    if project.status in (Status.MENTORING, Status.ACTIVE) or (project.status is Status.SUBMITTED and is_checked):
        yield _task(project, Urgency.LATER if project.status is Status.ACTIVE else Urgency.WAITED_FOR,
                    _l("Find a mentor"), _l("Nobody accompanies this project, and nobody has been asked."),
                    "mentoring.propose", _l("Ask a mentor"))


def _paper_tasks(project: ProjectFact) -> Iterator[Task]:
    if project.status is Status.MENTORING and project.carrier_agreed_on is None:
        yield _task(project, Urgency.LATER, _l("Record the carrier’s agreement"),
                    _l("Without it the budget cannot be handed in."), "projects.carrier_agreement", _l("Record"),
                    project.budgets_until)


def _deciding_tasks(project: ProjectFact, facts: Facts) -> Iterator[Task]:
    today = facts.today
    if project.status is Status.SUBMITTED and project.missing_points:
        yield _task(project, urgency(project.check_until, today, Urgency.WAITED_FOR), _l("Check the proposal again"),
                    _l("Something was missing. Is it there now? Else return the proposal."), "projects.check",
                    _l("Check"), project.check_until)
    elif project.status is Status.SUBMITTED and project.translation_received_on and not project.accepted:
        yield _task(project, urgency(project.check_until, today, Urgency.WAITED_FOR), _l("Check the proposal"),
                    _l("The translation has arrived."), "projects.check", _l("Check"), project.check_until)
    elif project.status is Status.SUBMITTED and project.accepted:
        yield _task(project, urgency(project.check_until, today, Urgency.WAITED_FOR), _l("Admit to mentoring"),
                    _l("A mentor has accepted."), "mentoring.admit", _l("Admit"), project.check_until)
    elif project.status is Status.SUBMITTED and not project.asked and not project.declined:
        yield _task(project, urgency(project.check_until, today, Urgency.WAITED_FOR), _l("Check the proposal"),
                    _l("Is everything there, and does it fit? Then ask a mentor."), "projects.check", _l("Check"),
                    project.check_until)
    elif project.status is Status.BUDGET_APPROVED and not project.publishes_together:
        yield _task(project, urgency(project.council_on, today, Urgency.WAITED_FOR), _l("Record the decision"),
                    _l("The mentors approved the budget. What did the council decide?"), "budgets.decide",
                    _l("Record"), project.council_on)
    elif project.status is Status.AWARDED and project.award_final_on is not None and project.award_final_on <= today:
        yield _task(project, Urgency.WAITED_FOR, _l("Start the project"), _l("The award is final."), "projects.start",
                    _l("Start"))


def _later_tasks(project: ProjectFact, facts: Facts) -> Iterator[Task]:
    """What waits for the coordination once a project runs: pauses, the second signature, money that comes back."""
    if project.status is Status.SUSPENDED:
        yield _task(project, Urgency.LATER, _l("Let the project go on"),
                    _l("It is suspended. Is the reason gone?"), "projects.resume", _l("Look"))
    elif project.status is Status.REPORT_SUBMITTED and facts.report_signers.get(project.id, facts.person_id) \
            != facts.person_id:
        yield _task(project, Urgency.WAITED_FOR, _l("Agree to the final report"),
                    _l("A mentor has checked and signed it. A second person must agree."), "closing.check",
                    _l("Read"))
    elif project.status is Status.RECOVERY:
        money = facts.money.projects.get(project.id)
        due = money.recovery_due_on if money else None
        yield _task(project, urgency(due, facts.today), _l("Note it when the money has come back"),
                    _l("Part of the money goes back to the city."), "closing.recovery", _l("Look"), due)
