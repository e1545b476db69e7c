"""What must hold for a round that came in, by the same rules as everywhere: sums, plans, approvals, the fund."""

from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.budgets import rules as budgets
from incubator.budgets.models import Approval, Award, Plan
from incubator.budgets.rules_figures import figures_of
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.mentoring import rules_agreement
from incubator.mentoring.models_agreement import Agreement, AgreementSignature
from incubator.payments.models import Account, EntryKind, LedgerEntry
from incubator.payments.models_requests import OPEN_REQUESTS, FundsRequest
from incubator.programme.models import Round
from incubator.projects.models import Project


def demand_sound(round_id: int, back: dict[str, dict[int, int]]) -> None:
    """Refuse what does not add up; `back` leads from our numbers to those there, of which some hashes were made."""
    round_ = db.session.get_one(Round, round_id)
    projects = list(db.session.scalars(sa.select(Project).where(Project.round_id == round_id)))
    for project in projects:
        _demand_account(project)
        for plan in db.session.scalars(sa.select(Plan).where(Plan.project_id == project.id)):
            _bind_plan(plan, back)
        for agreement in db.session.scalars(
            sa.select(Agreement).where(Agreement.project_id == project.id)
        ):
            _bind_agreement(agreement, back)
    _demand_fund(round_, [project.id for project in projects])
    db.session.flush()


def _broken(what: str) -> RuleBroken:
    return RuleBroken(_l("The sums in the archive do not add up (%(what)s). Nothing was taken in.", what=what))


def _demand_account(project: Project) -> None:
    sums: dict[Any, int] = dict(db.session.execute(  # type: ignore[arg-type]
        sa.select(LedgerEntry.kind, sa.func.sum(LedgerEntry.amount_cents))
        .where(LedgerEntry.project_id == project.id).group_by(LedgerEntry.kind)).all())
    account = db.session.get(Account, project.id)
    if account is None:
        if sums:
            raise _broken(project.slug)
        return
    asked = db.session.scalar(sa.select(sa.func.coalesce(sa.func.sum(FundsRequest.amount_cents), 0)).where(
        FundsRequest.project_id == project.id, FundsRequest.state.in_(OPEN_REQUESTS)))
    if account.requested_cents != asked:
        raise _broken(project.slug)
    for kind in EntryKind:
        if getattr(account, f"{kind.value}_cents") != sums.get(kind, 0):
            raise _broken(project.slug)


def _bind_plan(plan: Plan, back: dict[str, dict[int, int]]) -> None:
    """See that an approval still stands for what was approved (C4), and bind it to the plan's number here."""
    if not plan.content_hash:
        return
    there = SimpleNamespace(project_id=back["project"][plan.project_id], number=plan.number,
                            explanation=plan.explanation, costs=plan.costs, financing=plan.financing)
    figures = figures_of(plan)
    if budgets.content_hash(there) != plan.content_hash or figures.costs != figures.financing:
        raise _broken(f"{plan.project_id}/{plan.number}")
    before, plan.content_hash = plan.content_hash, budgets.content_hash(plan)
    db.session.execute(sa.update(Approval).where(Approval.plan_id == plan.id, Approval.plan_hash == before)
                       .values(plan_hash=plan.content_hash))


def _bind_agreement(agreement: Agreement, back: dict[str, dict[int, int]]) -> None:
    there = SimpleNamespace(**{name: getattr(agreement, name) for name in rules_agreement.MARKED})
    there.project_id = back["project"][agreement.project_id]
    there.assignment_id = back["assignment"][agreement.assignment_id]
    if rules_agreement.content_hash(there) != agreement.content_hash:
        raise _broken(f"{agreement.project_id}/{agreement.number}")
    before, agreement.content_hash = agreement.content_hash, rules_agreement.content_hash(agreement)
    db.session.execute(sa.update(AgreementSignature).where(
        AgreementSignature.agreement_id == agreement.id, AgreementSignature.content_hash == before,
    ).values(content_hash=agreement.content_hash))


def _demand_fund(round_: Round, projects: list[int]) -> None:
    """R6: what was awarded and the reserve fit into the fund, and no award is missing from the sum."""
    awarded = db.session.scalar(sa.select(sa.func.coalesce(sa.func.sum(Award.amount_cents), 0)).where(
        Award.project_id.in_(projects))) or 0
    if round_.awarded_cents + round_.reserve_cents > round_.fund_cents or round_.awarded_cents > awarded:
        raise _broken(round_.slug)
