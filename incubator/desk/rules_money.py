"""What is to be done about money: asking for it, proving it, confirming it, paying it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext

from incubator.accounts.models import Role
from incubator.budgets.rules_change import MONEY
from incubator.budgets.rules_figures import Amount
from incubator.desk.facts import Facts, ProjectFact, Task, Urgency
from incubator.desk.facts_money import ChangeFact, MoneyFact, RequestFact
from incubator.desk.rules_due import urgency
from incubator.milestones.models import MilestoneStatus
from incubator.payments import rules as payments
from incubator.payments.models_requests import RequestState
from incubator.projects.lifecycle import Status
from incubator.projects.models import Part

QUIET = timedelta(days=30)
SPENDING = (Status.ACTIVE, Status.SUSPENDED, Status.REPORTING)


def _task(project: ProjectFact, how: Urgency, title, detail, endpoint: str, button, due=None, **values) -> Task:
    return Task(how, title, detail, due, endpoint, values or {"project_id": project.id}, button, project.title,
                project.language)


def lead_money_tasks(project: ProjectFact, facts: Facts) -> Iterator[Task]:
    """Tell a lead what can be asked for and what must be proved; once in thirty days, not more."""
    money = facts.money.projects.get(project.id)
    if money is None:
        return
    if money.asks_receipts and money.asked_back:
        where: dict[str, Any] = {"receipt_id": money.question_id} if money.asked_back == 1 else {}
        yield _task(project, Urgency.SOON,
                    lazy_ngettext("Answer a question about a receipt", "Answer questions about %(num)s receipts",
                                  money.asked_back),
                    _l("Your mentor wants to know something before the receipt can be accepted."),
                    "payments.receipt" if where else "payments.receipts", _l("Answer"), **where)
    if (cents := can_ask(project, money, facts)) > 0:
        yield _task(project, Urgency.LATER, _l("Ask for the next instalment"),
                    _l("%(amount)s can be paid now.", amount=Amount(cents)), "payments.ask", _l("Ask for money"))
    if owes_receipts(project, money, facts):
        yield _task(project, Urgency.LATER, _l("Enter your receipts"),
                    _l("Money was paid, and no receipt has come for a while. A photo of each is enough."),
                    "payments.enter_receipt", _l("Enter a receipt"))


def can_ask(project: ProjectFact, money: MoneyFact, facts: Facts) -> int:
    """Return the cents a lead can ask for today (R10)."""
    now = payments.Situation(
        status=project.status, today=facts.today, award_final_on=project.award_final_on, pays_out=money.pays_out,
        late_reports=("",) * money.late_reports,
    )
    if payments.blocks(now):
        return 0
    gates = [each for each in facts.milestones if each.project_id == project.id and each.is_gate
             and each.status is not MilestoneStatus.CANCELLED]
    parts = payments.instalments(
        money.awarded, money.instalments_pct, gates, now, committed=money.committed, paid=money.paid,
        requested=money.requested,
    )
    return payments.ceiling(parts)


def owes_receipts(project: ProjectFact, money: MoneyFact, facts: Facts) -> bool:
    """Say whether money was paid that no receipt shows yet, and nothing was entered for thirty days."""
    if not money.asks_receipts or project.status not in SPENDING or money.last_paid_on is None:
        return False
    last = max(money.last_paid_on, money.last_receipt_on or money.last_paid_on)
    return money.paid - money.returned > money.spent and last + QUIET < facts.today


def checking_tasks(facts: Facts) -> Iterator[Task]:
    """Yield what mentors and deputies check on the projects they accompany, and where a second mentor is needed."""
    checked = {project.id: project for project in facts.projects if project.kinds & {Part.MENTOR, Part.DEPUTY}}
    for project in checked.values():
        money = facts.money.projects.get(project.id)
        if money and money.asks_receipts and money.unchecked and project.id not in facts.excluded:
            yield _task(project, Urgency.WAITED_FOR,
                        lazy_ngettext("Check a receipt", "Check %(num)s receipts", money.unchecked),
                        _l("Was it for the project, and does the amount fit?"), "payments.check", _l("Check"))
    for request in facts.money.requests:
        if request.project_id in checked and request.factual_by_id is None and _may_confirm(request, facts):
            yield _confirm(request, facts, _l("Confirm that the money is needed (factually correct)"),
                           _l("The team asks for %(amount)s.", amount=Amount(request.amount_cents)))
    for change in facts.money.changes:
        if _may_approve(change, facts, change.project_id in checked):
            yield Task(Urgency.WAITED_FOR, _l("Look at a change of the budget"),
                       _l("Agree to it, or say why not."), None, "budgets.review_change", {"change_id": change.id},
                       _l("Look"), change.project_title, change.language)


def _may_confirm(request: RequestFact, facts: Facts) -> bool:
    return (
        request.state is RequestState.ASKED and request.asked_by_id != facts.person_id
        and not request.signed_by(facts.person_id) and request.project_id not in facts.excluded
    )


def _may_approve(change: ChangeFact, facts: Facts, is_checked: bool) -> bool:
    """A project's own mentors first; once one agreed to a large budget, any other mentor may be the second (C3)."""
    if change.kind not in MONEY or change.project_id in facts.excluded or facts.person_id in change.signed:
        return False
    second = Role.MENTOR in facts.roles and change.signed and change.needed > len(change.signed) \
        and change.project_id not in facts.own_ids
    return is_checked or bool(second)


def _confirm(request: RequestFact, facts: Facts, title, detail) -> Task:
    return Task(urgency(request.needed_by, facts.today, Urgency.WAITED_FOR), title, detail, request.needed_by,
                "payments.confirm", {"request_id": request.id}, _l("Check"), request.project_title, request.language)


def office_money_tasks(facts: Facts) -> Iterator[Task]:
    """Yield what the coordination confirms, pays and decides, on others' projects only."""
    requests = [each for each in facts.money.requests if each.project_id not in facts.own_ids]
    for request in requests:
        if request.arithmetic_by_id is None and _may_confirm(request, facts):
            yield _confirm(request, facts, _l("Confirm that the sums are right (arithmetically correct)"),
                           _l("The team asks for %(amount)s.", amount=Amount(request.amount_cents)))
    yield from _paying_tasks([each for each in requests if _is_payable(each)], facts)
    for change in facts.money.changes:
        if change.kind not in MONEY and not {change.project_id} & (facts.own_ids | facts.excluded):
            yield Task(Urgency.WAITED_FOR, _l("Decide about a change"),
                       _l("The team asks for: %(what)s", what=change.kind.label), None, "budgets.decide_change",
                       {"change_id": change.id}, _l("Decide"), change.project_title, change.language)
    yield from _deputy_tasks(facts)


def _is_payable(request: RequestFact) -> bool:
    stopped = request.status in payments.STOPPED and request.status is not Status.REPORT_SUBMITTED
    return request.state is not RequestState.ASKED and not stopped


def _paying_tasks(requests: list[RequestFact], facts: Facts) -> Iterator[Task]:
    """One task for all that can go to the bank; one for each organisation whose account nobody wrote down."""
    ready = [each for each in requests if each.state is RequestState.CONFIRMED and each.has_account]
    if ready:
        due, total = min(each.needed_by for each in ready), sum(each.amount_cents for each in ready)
        yield Task(urgency(due, facts.today, Urgency.WAITED_FOR),
                   lazy_ngettext("Pay a request for money", "Pay %(num)s requests for money", len(ready)),
                   _l("%(amount)s were checked by two people.", amount=Amount(total)),
                   due, "payments.office", {}, _l("Pay"))
    lacking = {each.carrier_id: each for each in requests
               if each.state is RequestState.CONFIRMED and each.carrier_id and not each.has_account}
    for carrier_id, request in lacking.items():
        yield Task(urgency(request.needed_by, facts.today, Urgency.WAITED_FOR), _l("Write down a bank account"),
                   _l("Money is to be paid to this organisation, but its account is missing."), request.needed_by,
                   "payments.bank", {"organisation_id": carrier_id}, _l("Write down"), request.carrier)
    done = [each for each in requests
            if each.state is RequestState.ORDERED and each.pays_on and each.pays_on <= facts.today]
    if done:
        yield Task(Urgency.LATER, lazy_ngettext("Note that a payment has gone out",
                                                "Note that %(num)s payments have gone out", len(done)),
                   _l("The bank has the order. Has it paid?"), None, "payments.office", {}, _l("Look"))


def _deputy_tasks(facts: Facts) -> Iterator[Task]:
    """Where too few people are free of conflicts of interest, somebody is named, so that nothing stands still (C3)."""
    for project_id, free in facts.money.free.items():
        if project_id not in facts.own_ids and needed(project_id, facts) > 0:
            yield Task(Urgency.WAITED_FOR, _l("Name a deputy"),
                       _l("Too few people may sign here: the others belong to the project or its organisations."),
                       None, "budgets.name_deputy", {"project_id": project_id}, _l("Name somebody"), free.project_title,
                       free.language)


def needed(project_id: int, facts: Facts) -> int:
    """Return how many people are missing to sign what waits on a project; none or less means that it can go on."""
    free = facts.money.free[project_id]
    lacking = [0]
    if any(each.project_id == project_id and each.state is RequestState.ASKED for each in facts.money.requests):
        lacking.append(2 - free.confirm)
    lacking += [each.needed - free.approve for each in facts.money.changes
                if each.project_id == project_id and each.kind in MONEY]
    plan = facts.plans.get(project_id)
    if plan is not None and plan.project_status is Status.BUDGET_REVIEW:
        lacking.append((2 if plan.needs_second else 1) - free.approve)
    return max(lacking)
