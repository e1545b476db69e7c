"""Plans, approvals and awards."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.budgets import rules
from incubator.budgets.models import Approval, Award, FinancingKind, FinancingLine, Plan
from incubator.budgets.models_change import Change, ChangeState
from incubator.budgets.rules_figures import Amount, PlanFigures, figures_of, settings_of
from incubator.foundation.database import db
from incubator.mentoring import queries as mentoring
from incubator.partners import queries as partners
from incubator.programme.models import Round
from incubator.projects.models import Project

EDITIONS_PER_NUMBER = 100_000


@dataclass(frozen=True)
class Missing:
    """Something without which a budget may not be submitted, and the page where it can be mended."""

    sentence: Any
    endpoint: str
    hint: Any = None


def plan(plan_id: int) -> Plan | None:
    return db.session.get(Plan, plan_id)


def plans(project_id: int) -> Sequence[Plan]:
    """Return all versions, the newest first."""
    return db.session.scalars(sa.select(Plan).where(Plan.project_id == project_id).order_by(Plan.number.desc())).all()


def current_plan(project_id: int) -> Plan | None:
    """Return the newest version that counts: the plan in force of an awarded project, never one that only waits."""
    newest = sa.select(Plan).where(Plan.project_id == project_id, counts()).order_by(Plan.number.desc()).limit(1)
    return db.session.scalar(newest)


def current_among(versions: Sequence[Plan]) -> Plan | None:
    """Return the same of all versions of a project, the newest first, that were read already."""
    waiting = sa.select(Plan.id).where(Plan.id.in_([version.id for version in versions]), ~counts())
    left_out = set(db.session.scalars(waiting)) if versions else set()
    return next((version for version in versions if version.id not in left_out), None)


def counts(plan: Any = Plan) -> sa.ColumnElement[bool]:
    """Return the condition that leaves out versions that were only asked for: waiting, not agreed, taken back."""
    return ~sa.exists().where(
        Change.new_plan_id == plan.id, Change.state.not_in((ChangeState.NOTED, ChangeState.APPROVED))
    )


def edition(plan: Plan | None) -> int:
    """Return what an edit form was drawn from: number and row version in one, zero where there was no plan."""
    return 0 if plan is None else plan.number * EDITIONS_PER_NUMBER + plan.version


def totals(plan: Plan | None) -> PlanFigures:
    return figures_of(plan)


def grant_of(plan: Plan) -> int:
    """Return the grant a plan asks for, summed by the database."""
    return int(db.session.scalar(sa.select(grant_column()).select_from(Plan).where(Plan.id == plan.id)) or 0)


def grant_column() -> sa.ScalarSelect[int]:
    """Return the grant as a column of a query about plans."""
    return (
        sa.select(sa.func.coalesce(sa.func.sum(FinancingLine.amount_cents), 0))
        .where(FinancingLine.plan_id == Plan.id, FinancingLine.kind == FinancingKind.GRANT)
        .correlate(Plan)
        .scalar_subquery()
    )


def approvals(plan: Plan) -> Sequence[Approval]:
    """Return the approvals that stand: of exactly this content, and not void (C4)."""
    return db.session.scalars(
        sa.select(Approval)
        .where(Approval.plan_id == plan.id, Approval.plan_hash == plan.content_hash, Approval.voided_at.is_(None))
        .options(sa.orm.joinedload(Approval.person))
        .order_by(Approval.id)
    ).all()


def award_of(project_id: int) -> Award | None:
    return db.session.scalar(sa.select(Award).where(Award.project_id == project_id))


def missing_for_submission(project: Project, plan: Plan | None) -> list[Missing]:
    """Return all that keeps a budget from being submitted: its own rules, and what must be on file beside it."""
    found = []
    figures = totals(plan)
    if plan is None or not plan.costs:
        found.append(Missing(_l("The budget has no costs yet."), "budgets.edit"))
    else:
        broken = rules.refusals(figures, settings_of(project.round))
        found.extend(Missing(check.sentence, "budgets.edit", check.hint) for check in broken)
    if sentence := unconfirmed_money(project, figures):
        found.append(Missing(sentence, "partners.show"))
    if not mentoring.has_initial_consultation(project.id):
        found.append(Missing(_l("Your city mentor has not noted the first talk (initial consultation) yet."),
                             "mentoring.show"))
    if project.carrier_id is None or project.carrier_agreed_on is None:
        found.append(Missing(_l("The written agreement of the carrier organisation is not on file yet."),
                             "projects.show"))
    return found


def unconfirmed_money(project: Project, figures: PlanFigures) -> Any | None:
    """Say that a plan counts on more money from others than partners have confirmed, or None."""
    confirmed = partners.confirmed_money(project.id) if figures.third_party else 0
    if figures.third_party <= confirmed:
        return None
    return _l("The plan counts on %(planned)s of money from others, but only %(confirmed)s are confirmed by partners.",
              planned=Amount(figures.third_party), confirmed=Amount(confirmed))


def next_notice_number(year: int) -> str:
    """Suggest the next free number of an award notice, such as 2026-007."""
    used = db.session.scalars(sa.select(Project.notice_number).where(Project.notice_number.like(f"{year}-%")))
    numbers = [int(tail) for each in used if each and (tail := each.partition("-")[2]).isdigit()]
    return f"{year}-{max(numbers, default=0) + 1:03}"


def notice_number_is_taken(number: str, project_id: int) -> bool:
    taken = sa.select(Project.id).where(Project.notice_number == number, Project.id != project_id)
    return db.session.scalar(taken) is not None


def last_resolution(round_id: int) -> Project | None:
    """Return the project of a round that was decided on last: bodies decide on many in one meeting."""
    decided = sa.select(Project).where(Project.round_id == round_id, Project.resolution_on.is_not(None))
    return db.session.scalar(decided.order_by(Project.resolution_on.desc(), Project.status_since.desc()).limit(1))


def left_in_fund(round_id: int) -> int:
    """Return the cents that may still be awarded, read anew from the database."""
    left = sa.select(Round.fund_cents - Round.reserve_cents - Round.awarded_cents).where(Round.id == round_id)
    return db.session.scalar(left) or 0
