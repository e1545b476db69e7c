"""Ask for money, confirm it with four eyes, refuse it, take it back.

Lock order: the project before its account before the request, here and everywhere; whoever waits for the journal holds
its rows already.
"""

from datetime import date

from flask_babel import lazy_gettext as _l

from incubator.budgets.operations import declare, release
from incubator.budgets.queries import award_of
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.foundation.language import in_language
from incubator.journal import record
from incubator.payments import operations_ledger as ledger
from incubator.payments import queries, queries_confirm, queries_requests, rules
from incubator.payments.models_requests import FundsRequest, RequestState
from incubator.payments.queries_confirm import ARITHMETIC, FACTUAL
from incubator.policy import Act
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project

UNPAID = (RequestState.ASKED, RequestState.CONFIRMED)


def ask(
    project: Project, by, *, amount_cents: int, purpose: str, needed_by: date, gate_id: int | None = None,
    instalment: int | None = None,
) -> FundsRequest:
    """Ask for a part of the award and set it aside (R10); it belongs to the first instalment with something left.

    `instalment` and `gate_id` may name what somebody saw when they asked; refused where that is not what is open.
    """
    hold(project)
    today = clock.today()
    if blocked := queries_requests.blocks(project, today):
        raise RuleBroken(blocked[0])
    ledger.account_of(project)
    balance = queries.balance(project.id)
    parts = queries_requests.instalments(project, balance)
    rules.demand_amount(amount_cents, parts, balance.left)
    rules.demand_needed_by(needed_by, today, project.round.use_within_days)
    if not purpose.strip():
        raise RuleBroken(_l("Please say what the money is for."), "purpose")
    part = rules.next_instalment(parts)
    assert part is not None, "an amount above zero fits only where something is left"
    seen_gate = part.gate.id if part.gate is not None else None
    if (instalment or part.number) != part.number or (gate_id or seen_gate) != seen_gate:
        raise RuleBroken(_l("This instalment cannot be asked for now."), "amount_cents")

    ledger.request(project, amount_cents)
    request = FundsRequest(
        project_id=project.id, number=queries_requests.next_number(project.id), amount_cents=amount_cents,
        instalment=part.number if len(parts) > 1 else None, gate_id=seen_gate, purpose=purpose.strip(),
        language=getattr(by, "language", project.language), needed_by=needed_by, asked_by_id=by.id,
        asked_at=clock.now(),
    )
    db.session.add(request)
    record("funds_request.asked", by, request, number=request.number, amount_cents=amount_cents, needed_by=needed_by,
           instalment=request.instalment)
    return request


def confirm(request: FundsRequest, by, what: str, no_conflict: bool) -> FundsRequest:
    """Sign one of the two checks, `factual` or `arithmetic`; each by somebody else, both declare anew (R10, C1, C2)."""
    project = _hold(request)
    if what not in (FACTUAL, ARITHMETIC):
        raise RuleBroken(_l("Please choose one of the two checks."))
    if not no_conflict:
        raise RuleBroken(_l("Please declare first that you have no conflict of interest."), "no_conflict")
    _demand(request, RequestState.ASKED)
    _refuse_excluded(request, by)
    if by.id in (request.factual_by_id, request.arithmetic_by_id):
        raise RuleBroken(_l("You have confirmed this request already. Somebody else must do the other check."))
    if (request.factual_by_id if what == FACTUAL else request.arithmetic_by_id) is not None:
        raise RuleBroken(_l("Somebody else has just done this check. The other one is still open."))

    declare(project, by, Act.CONFIRM_FUNDS, False)
    if what == FACTUAL:
        request.factual_by_id, request.factual_at = by.id, clock.now()
    else:
        request.arithmetic_by_id, request.arithmetic_at = by.id, clock.now()
    is_complete = request.factual_by_id is not None and request.arithmetic_by_id is not None
    if is_complete:
        request.state = RequestState.CONFIRMED
    record("funds_request.confirmed", by, request, number=request.number, what=what, complete=is_complete)
    return request


def declare_conflict(request: FundsRequest, by) -> None:
    """Note that somebody takes no part; what they had confirmed before and is not paid yet must be checked again."""
    project = _hold(request)
    declare(project, by, Act.CONFIRM_FUNDS, True)
    for each in queries_requests.open_of(project.id):
        if each.state not in UNPAID or by.id not in (each.factual_by_id, each.arithmetic_by_id):
            continue
        each.state = RequestState.ASKED
        if each.factual_by_id == by.id:
            each.factual_by_id = each.factual_at = None
        else:
            each.arithmetic_by_id = each.arithmetic_at = None


def refuse(request: FundsRequest, by, reason: str) -> None:
    """Do not pay it, with a reason that the lead is told; what was set aside is free again."""
    project = _hold(request)
    _demand(request, *UNPAID)
    _refuse_excluded(request, by)
    if not reason.strip():
        raise RuleBroken(_l("Please give a reason; the team will read it."), "reason")
    _end(project, request, RequestState.REFUSED, by, reason.strip())


def withdraw(request: FundsRequest, by) -> None:
    """Take a request back before it is on its way to the bank."""
    project = _hold(request)
    _demand(request, *UNPAID)
    _end(project, request, RequestState.WITHDRAWN, by)


def let_go(project: Project) -> int:
    """End what a revoked project still asks for, and keep of the award only what was paid; return how many ended.

    What is on its way to the bank stays until it is paid or its order is dropped. Asked again, it changes nothing.
    """
    hold(project)
    if project.status is not Status.REVOKED or award_of(project.id) is None:
        return 0
    account = ledger.account_of(project)
    ended = [each for each in queries_requests.open_of(project.id) if each.state in UNPAID]
    for request in ended:
        _end(project, hold(request), RequestState.REFUSED, None, project.end_reason)
    db.session.refresh(account)
    kept = account.paid_cents + account.requested_cents
    ledger.commit_only(project, kept, None, on=clock.today(), reference=project.notice_number or "")
    return len(ended)


def free_revoked(project: Project) -> int:
    """Let go of a revoked award and give back to the round's fund all of it that is neither paid nor on its way.

    Asked again once money has come back, that becomes free too; return the cents that did.
    """
    hold(project.round)
    let_go(project)
    account = queries.account(project.id)
    kept = account.paid_cents - account.returned_cents + account.requested_cents if account is not None else 0
    return release(project, kept)


def keep_earned(project: Project, eligible_cents: int, by) -> None:
    """Let an accepted report decide what still holds of the award: what was earned, and never less than was paid.

    The project must be held. Requests that no longer fit end as refused, the newest first. Refused with `RuleBroken`
    while money is on its way to the bank: whether it was paid belongs to the outcome.
    """
    account = ledger.account_of(project)
    open_ = queries_requests.open_of(project.id)
    if any(each.state is RequestState.ORDERED for each in open_):
        raise RuleBroken(_l("Money is on its way to the bank. Please note its payment first, then sign."))
    with in_language(project.round.language):
        reason = str(_l("The final report shows that less money was needed."))
    for request in reversed(open_):
        if account.paid_cents + account.requested_cents > eligible_cents:
            _end(project, hold(request), RequestState.REFUSED, by, reason)
            db.session.refresh(account)
    kept = max(eligible_cents, account.paid_cents + account.requested_cents)
    ledger.commit_only(project, kept, by, on=clock.today(), reference=project.notice_number or "")


def _end(project: Project, request: FundsRequest, state: RequestState, by, reason: str = "") -> None:
    ledger.request(project, -request.amount_cents)
    request.state, request.refusal = state, reason
    record(f"funds_request.{state.value}", by, request, number=request.number, amount_cents=request.amount_cents)


def _hold(request: FundsRequest) -> Project:
    project = hold(request.project)
    ledger.account_of(project)
    hold(request)
    return project


def _demand(request: FundsRequest, *states: RequestState) -> None:
    if request.state not in states:
        raise RuleBroken(_l("This is not possible any more. The request stands at “%(state)s”.",
                            state=request.state.label))


def _refuse_excluded(request: FundsRequest, by) -> None:
    found = queries_confirm.exclusions(request.project, [by.id], clock.today(), request.asked_by_id)
    if by.id in found:
        raise RuleBroken(found[by.id])
