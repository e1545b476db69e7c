"""How money stands on a person's desk, with four queries whatever their number of projects."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator.accounts.models import Person, Role, RoleGrant
from incubator.budgets.models import Approval, Award, Plan, PlanState
from incubator.budgets.models_change import Change, ChangeState
from incubator.budgets.queries import grant_column
from incubator.closing.models import FinalReport, Recovery, RecoveryState
from incubator.desk.facts_money import ChangeFact, Free, MoneyFact, MoneyFacts, RequestFact
from incubator.foundation.clock import CITY
from incubator.foundation.database import db
from incubator.organisations.models import EXCLUDING, Affiliation, Organisation
from incubator.organisations.queries import in_force
from incubator.partners.models import Partnership
from incubator.payments.models import Account, EntryKind, LedgerEntry
from incubator.payments.models_receipts import Receipt, ReceiptState
from incubator.payments.models_requests import OPEN_REQUESTS, BankAccount, FundsRequest, PaymentOrder, RequestState
from incubator.programme.models import Round
from incubator.projects.lifecycle import Status
from incubator.projects.models import TEAM, ConflictDeclaration, Part, Participation, Project

MANY = 20  # of what waits in the whole city; who has done some of it sees the next
MOST_SIGNERS = 100


def money_facts(ids: Sequence[int], today: date, *, is_coordinator: bool, is_mentor: bool) -> MoneyFacts:
    """Return what is to be known of one's own projects, and for the office what waits in all of them."""
    return MoneyFacts(
        projects=_projects(ids, today, everyones=is_coordinator),
        requests=_requests(ids, everyones=is_coordinator),
        changes=_changes(ids, everyones=is_coordinator or is_mentor),
        free=_free(today) if is_coordinator else {},
    )


def _projects(ids: Sequence[int], today: date, *, everyones: bool) -> dict[int, MoneyFact]:
    ways = [sa.select(Project.id).where(Project.id.in_(ids))]
    if everyones:
        ways.append(sa.select(Project.id).where(Project.status == Status.RECOVERY).order_by(Project.id).limit(MANY))
    wanted = Project.id.in_(sa.union_all(*(sa.select(each.subquery().c.id) for each in ways)))
    other = sa.orm.aliased(Project)
    late = (
        sa.select(sa.func.count(other.id))
        .where(other.carrier_id == Project.carrier_id, other.status == Status.REPORTING, other.report_due_on < today)
        .scalar_subquery()
    )
    paid_on = (
        sa.select(sa.func.max(LedgerEntry.on))
        .where(LedgerEntry.project_id == Project.id, LedgerEntry.kind == EntryKind.PAID).scalar_subquery()
    )
    rows = db.session.execute(
        sa.select(
            Project.id, Round.pays_out, Round.asks_receipts, Round.instalments_pct, Award.amount_cents,
            Account.committed_cents, Account.requested_cents, Account.paid_cents, Account.spent_cents,
            Account.returned_cents, late.label("late"), paid_on.label("paid_on"), *_receipt_columns(),
            FinalReport.state.label("report"), FinalReport.return_reason, Recovery.due_on.label("recovery_due_on"),
        )
        .join(Round, Round.id == Project.round_id)
        .join(Award, Award.project_id == Project.id)
        .outerjoin(Account, Account.project_id == Project.id)
        .outerjoin(FinalReport, FinalReport.project_id == Project.id)
        .outerjoin(Recovery, sa.and_(Recovery.project_id == Project.id, Recovery.state == RecoveryState.ASKED))
        .where(wanted)
    )
    return {row.id: _project(row) for row in rows}


def _receipt_columns() -> tuple[Any, ...]:
    def of(what: Any, *states: ReceiptState) -> Any:
        return sa.select(what).where(Receipt.project_id == Project.id, Receipt.state.in_(states)).scalar_subquery()

    standing = [state for state in ReceiptState if state is not ReceiptState.WITHDRAWN]
    return (
        of(sa.func.count(Receipt.id), ReceiptState.ENTERED).label("unchecked"),
        of(sa.func.count(Receipt.id), ReceiptState.ASKED_BACK).label("asked_back"),
        of(sa.func.min(Receipt.id), ReceiptState.ASKED_BACK).label("question_id"),
        of(sa.func.max(Receipt.entered_at), *standing).label("entered_at"),
    )


def _project(row: Any) -> MoneyFact:
    return MoneyFact(
        project_id=row.id,
        pays_out=row.pays_out,
        asks_receipts=row.asks_receipts,
        instalments_pct=tuple(row.instalments_pct),
        awarded=row.amount_cents,
        committed=row.amount_cents if row.committed_cents is None else row.committed_cents,
        requested=row.requested_cents or 0,
        paid=row.paid_cents or 0,
        spent=row.spent_cents or 0,
        returned=row.returned_cents or 0,
        late_reports=row.late,
        last_paid_on=row.paid_on,
        last_receipt_on=row.entered_at.astimezone(CITY).date() if row.entered_at else None,
        unchecked=row.unchecked,
        asked_back=row.asked_back,
        question_id=row.question_id,
        report=row.report,
        report_reason=row.return_reason or "",
        recovery_due_on=row.recovery_due_on,
    )


def _requests(ids: Sequence[int], *, everyones: bool) -> tuple[RequestFact, ...]:
    query = (
        sa.select(
            FundsRequest.id, FundsRequest.project_id, Project.title.label("project_title"), Project.language,
            Project.status, FundsRequest.state, FundsRequest.amount_cents, FundsRequest.needed_by,
            FundsRequest.asked_by_id, FundsRequest.factual_by_id, FundsRequest.arithmetic_by_id, Project.carrier_id,
            sa.func.coalesce(Organisation.name, "").label("carrier"),
            BankAccount.id.is_not(None).label("has_account"), PaymentOrder.execute_on.label("pays_on"),
        )
        .join(Project, Project.id == FundsRequest.project_id)
        .outerjoin(Organisation, Organisation.id == Project.carrier_id)
        .outerjoin(BankAccount, BankAccount.organisation_id == Project.carrier_id)
        .outerjoin(PaymentOrder, PaymentOrder.id == FundsRequest.order_id)
        .where(FundsRequest.state.in_(OPEN_REQUESTS)).order_by(FundsRequest.needed_by, FundsRequest.id)
    )
    if not everyones:
        query = query.where(FundsRequest.project_id.in_(ids))
    return tuple(RequestFact(**row._mapping) for row in db.session.execute(query))


def _changes(ids: Sequence[int], *, everyones: bool) -> tuple[ChangeFact, ...]:
    """Return the changes that wait, one row for each approval that stands (C4)."""
    query = (
        sa.select(
            Change.id, Change.project_id, Project.title, Project.language, Change.kind, Change.asked_by_id,
            grant_column().label("grant"), Round.second_approval_above_cents, Approval.person_id,
        )
        .join(Project, Project.id == Change.project_id).join(Round, Round.id == Project.round_id)
        .outerjoin(Plan, Plan.id == Change.new_plan_id)
        .outerjoin(Approval, sa.and_(
            Approval.plan_id == Plan.id, Approval.plan_hash == Plan.content_hash, Approval.voided_at.is_(None),
        ))
        .where(Change.state == ChangeState.ASKED).order_by(Change.id)
    )
    if not everyones:
        query = query.where(Change.project_id.in_(ids))
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(query):
        grouped[row.id].append(row)
    return tuple(
        ChangeFact(
            id=first.id, project_id=first.project_id, project_title=first.title, language=first.language,
            kind=first.kind, asked_by_id=first.asked_by_id,
            needed=2 if (first.grant or 0) > first.second_approval_above_cents else 1,
            signed=frozenset(row.person_id for row in rows if row.person_id),
        )
        for rows in grouped.values() for first in rows[:1]
    )


def _free(today: date) -> dict[int, Free]:
    """Count, where signatures are waited for, who could still give one: nobody of the team, nobody with a tie (C1)."""
    part = sa.select(Participation.id).where(
        Participation.project_id == Project.id, Participation.person_id == Person.id, Participation.until.is_(None)
    ).correlate(Project, Person)
    role = sa.select(RoleGrant.id).where(RoleGrant.person_id == Person.id).correlate(Person)
    checks = part.where(Participation.kind.in_((Part.MENTOR, Part.DEPUTY))).exists()
    confirms = sa.or_(checks, role.where(RoleGrant.role == Role.COORDINATOR).exists())
    approves = sa.or_(
        part.where(Participation.kind == Part.DEPUTY).exists(), role.where(RoleGrant.role == Role.MENTOR).exists())
    team, waiting = part.where(Participation.kind.in_(TEAM)).exists(), _waiting_for_signatures()
    rows = db.session.execute(
        sa.select(
            Project.id, Project.title, Project.language,
            sa.func.sum(sa.case((confirms, 1), else_=0)).label("confirm"),
            sa.func.sum(sa.case((approves, 1), else_=0)).label("approve"),
        )
        .select_from(Project)
        .outerjoin(Person, sa.and_(
            Person.id.in_(_signers(waiting)), Person.is_active, sa.or_(confirms, approves), ~team, ~_is_tied(today)))
        .where(Project.id.in_(waiting))
        .group_by(Project.id, Project.title, Project.language)
    )
    return {row.id: Free(row.id, row.title, row.language, int(row.confirm), int(row.approve)) for row in rows}


def _waiting_for_signatures() -> sa.Select[int]:
    """Select the projects, of each kind not more than the office can look after at once."""
    asked = sa.select(FundsRequest.project_id).where(FundsRequest.state == RequestState.ASKED).order_by(FundsRequest.id)
    changed = (
        sa.select(Change.project_id).where(Change.state == ChangeState.ASKED, Change.new_plan_id.is_not(None))
        .order_by(Change.id)
    )
    planned = (
        sa.select(Plan.project_id).join(Project, Project.id == Plan.project_id)
        .where(Plan.state == PlanState.SUBMITTED, Project.status == Status.BUDGET_REVIEW).order_by(Plan.project_id)
    )
    ways = [each.limit(MANY).subquery() for each in (asked, changed, planned)]
    found = sa.union(*(sa.select(each.c.project_id) for each in ways)).subquery()
    return sa.select(found.c.project_id)


def _signers(waiting: sa.Select[int]) -> sa.CompoundSelect[int]:
    """Select who could sign anything at all: everybody else need not be looked at, nor more than would ever do."""
    taking_part = sa.select(Participation.person_id).where(
        Participation.project_id.in_(waiting), Participation.kind.in_((Part.MENTOR, Part.DEPUTY)))
    ways = [
        sa.select(RoleGrant.person_id).where(RoleGrant.role == role).order_by(RoleGrant.person_id).limit(MOST_SIGNERS)
        for role in (Role.COORDINATOR, Role.MENTOR)
    ]
    return sa.union(*(sa.select(each.subquery().c.person_id) for each in ways), taking_part)


def _is_tied(today: date) -> sa.ColumnElement[bool]:
    declared = sa.select(ConflictDeclaration.id).where(
        ConflictDeclaration.project_id == Project.id, ConflictDeclaration.person_id == Person.id,
        ConflictDeclaration.has_conflict,
    )
    partners = sa.select(Partnership.organisation_id).where(
        Partnership.project_id == Project.id, sa.or_(Partnership.until.is_(None), Partnership.until >= today)
    )
    tied = sa.select(Affiliation.id).where(
        Affiliation.person_id == Person.id, Affiliation.role.in_(sorted(EXCLUDING)), in_force(today),
        sa.or_(Affiliation.organisation_id == Project.carrier_id, Affiliation.organisation_id.in_(partners)),
    )
    return sa.or_(declared.correlate(Project, Person).exists(), tied.correlate(Project, Person).exists())
