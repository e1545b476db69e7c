"""Rows of the lists that the office takes along: of all projects, or of those somebody takes part in."""

from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.budgets.models import Award, CostLine
from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.opendata.fields import Values
from incubator.opendata.queries_walk import euros, walk, words
from incubator.opendata.rules_lists import EVERYTHING, List
from incubator.organisations.models import Organisation
from incubator.payments.models import Account, EntryKind, LedgerEntry
from incubator.payments.models_receipts import Receipt
from incubator.payments.models_requests import FundsRequest
from incubator.programme.models import District, Round, Theme
from incubator.progress.queries_cards import theme_name
from incubator.projects.lifecycle import Status
from incubator.projects.models import Participation, Project

EXPORTED = "list.exported"
SHOWN = 20


def theirs(person: Any, round_id: int | None) -> sa.ColumnElement[bool]:
    """The condition that a project belongs into the lists of this person; drafts are still their team's alone."""
    wanted = [Project.status != Status.DRAFT]
    if round_id is not None:
        wanted.append(Project.round_id == round_id)
    if not person.has_role(*EVERYTHING):
        wanted.append(Project.id.in_(sa.select(Participation.project_id).where(
            Participation.person_id == person.id, Participation.until.is_(None))))
    return sa.and_(*wanted)


def rows(kind: List, person: Any, round_id: int | None, language: str) -> Iterator[Values]:
    yield from READERS[kind](theirs(person, round_id), language)


def _projects(where: sa.ColumnElement[bool], language: str) -> Iterator[Values]:
    query = (
        sa.select(
            Project.id, Project.title, Round.name.label("round"), Project.status, Theme.names.label("theme"),
            District.name.label("district"), Organisation.name.label("carrier"), Project.starts_on, Project.ends_on,
            Project.report_due_on, Project.notice_number, Project.asked_cents, Award.amount_cents, Account.paid_cents,
            Account.spent_cents, Account.proved_cents, Account.returned_cents,
        )
        .join(Round, Round.id == Project.round_id).outerjoin(Theme, Theme.id == Project.theme_id)
        .outerjoin(District, District.id == Project.district_id)
        .outerjoin(Organisation, Organisation.id == Project.carrier_id)
        .outerjoin(Award, Award.project_id == Project.id).outerjoin(Account, Account.project_id == Project.id)
        .where(where)
    )
    for row in (each for page in walk(query, Project.id) for each in page):
        yield {
            "project": row.title, "round": row.round, "status": str(row.status.label),
            "theme": theme_name(row.theme, language), "district": row.district, "carrier": row.carrier,
            "starts_on": row.starts_on, "ends_on": row.ends_on, "report_due_on": row.report_due_on,
            "notice_number": row.notice_number, "asked": euros(row.asked_cents), "awarded": euros(row.amount_cents),
            "paid": euros(row.paid_cents), "spent": euros(row.spent_cents), "proved": euros(row.proved_cents),
            "returned": euros(row.returned_cents),
        }


def _ledger(where: sa.ColumnElement[bool], language: str, *kinds: EntryKind) -> Iterator[Values]:
    query = (
        sa.select(LedgerEntry.id, LedgerEntry.kind, LedgerEntry.on, LedgerEntry.amount_cents, LedgerEntry.reference,
                  LedgerEntry.corrects_id, CostLine.kind.label("line"), CostLine.purpose, FundsRequest.instalment,
                  Project.title, Round.name.label("round"))
        .join(Project, Project.id == LedgerEntry.project_id).join(Round, Round.id == Project.round_id)
        .outerjoin(CostLine, CostLine.id == LedgerEntry.line_id)
        .outerjoin(FundsRequest, FundsRequest.id == LedgerEntry.request_id).where(where)
    )
    if kinds:
        query = query.where(LedgerEntry.kind.in_(kinds))
    for row in (each for page in walk(query, LedgerEntry.id) for each in page):
        yield {
            "project": row.title, "round": row.round, "on": row.on, "kind": str(row.kind.label),
            "amount": euros(row.amount_cents), "line": _line(row), "instalment": row.instalment,
            "reference": words(row.reference), "number": row.id, "corrects": row.corrects_id,
        }


def _payments(where: sa.ColumnElement[bool], language: str) -> Iterator[Values]:
    yield from _ledger(where, language, EntryKind.PAID, EntryKind.RETURNED)


def _line(row: Any) -> str | None:
    if row.line is None:
        return None
    return f"{row.line.label}: {row.purpose}" if row.purpose else str(row.line.label)


def _receipts(where: sa.ColumnElement[bool], language: str) -> Iterator[Values]:
    query = (
        sa.select(Receipt.id, Receipt.number, Receipt.paid_on, Receipt.payee, Receipt.reason, Receipt.amount_cents,
                  Receipt.accepted_cents, Receipt.state, Receipt.note, CostLine.kind.label("line"), CostLine.purpose,
                  Project.title, Round.name.label("round"))
        .join(Project, Project.id == Receipt.project_id).join(Round, Round.id == Project.round_id)
        .join(CostLine, CostLine.id == Receipt.line_id).where(where, Round.asks_receipts)
    )
    for row in (each for page in walk(query, Receipt.id) for each in page):
        yield {
            "project": row.title, "round": row.round, "number": words(row.number), "paid_on": row.paid_on,
            "payee": row.payee, "reason": row.reason, "line": _line(row), "amount": euros(row.amount_cents),
            "accepted": euros(row.accepted_cents), "state": str(row.state.label),
            "note": words(row.note) if row.state.value == "cut" else None,
        }


READERS: dict[List, Callable[[sa.ColumnElement[bool], str], Iterator[Values]]] = {
    List.PROJECTS: _projects, List.PAYMENTS: _payments, List.RECEIPTS: _receipts, List.LEDGER: _ledger,
}


def taken_along(person: Any) -> list[tuple[Entry, Person | None]]:
    """Return which lists were taken along last, and by whom; who does not see everything sees their own."""
    query = (
        sa.select(Entry, Person).outerjoin(Person, Person.seal == Entry.actor)
        .where(Entry.action == EXPORTED).order_by(Entry.id.desc()).limit(SHOWN)
    )
    if not person.has_role(*EVERYTHING):
        query = query.where(Entry.actor == person.seal)
    return [(entry, by) for entry, by in db.session.execute(query)]
