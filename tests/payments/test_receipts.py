"""Receipts are spent money; nothing about them is edited, all of it can be taken back by a new entry."""

from datetime import date

import pytest
import sqlalchemy as sa

from incubator.budgets.models import CostKind, CostLine
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.media import operations_papers
from incubator.media.papers import read
from incubator.payments import operations_receipts as operations
from incubator.payments import queries, queries_receipts
from incubator.payments.models import EntryKind, LedgerEntry
from incubator.payments.models_receipts import ReceiptState
from incubator.projects.lifecycle import Status
from tests.payments.receipts import PAID_ON, act, enter, facts, paper, scan, spending, sums


@pytest.fixture
def project(make):
    return spending(make)


def refused(operation, *given, **more):
    with pytest.raises(RuleBroken) as broken:
        act(operation, *given, **more)
    db.session.rollback()
    return broken.value


def test_a_receipt_is_spent_money(project):
    receipt = enter(project)
    assert (receipt.state, sums(project)) == (ReceiptState.ENTERED, (100_00, 0))
    assert [line.spent for line in queries.lines(project.id)] == [100_00, 0]


def test_a_receipt_of_tomorrow_is_refused(project):
    assert refused(enter, project, paid_on=date(2026, 3, 2)).field == "paid_on"


def test_a_receipt_without_a_paper_is_refused(project):
    assert refused(operations.enter, project, project.leads[0], papers=[], **facts(project)).field == "papers"


def test_volunteer_time_needs_no_receipt(project):
    plan = queries.plan_in_force(project.id)
    with transaction():
        line = CostLine(kind=CostKind.VOLUNTEER_TIME, purpose="", amount_cents=900_00, hours=60, position=2)
        plan.costs.append(line)
    assert refused(enter, project, line_id=line.id).field == "line_id"


def test_a_line_of_another_project_is_refused(project, make):
    other = spending(make)
    assert refused(enter, project, line_id=queries.lines(other.id)[0].root_id).field == "line_id"


def test_above_the_limit_offers_or_a_reason_are_asked_for(project):
    assert refused(enter, project, amount_cents=500_01, offers_note="").field == "offers_note"
    enter(project, amount_cents=500_00, offers_note="")
    lead = project.leads[0]
    offers = [paper(project, lead, 90), paper(project, lead, 91)]
    receipt = enter(project, scanned=92, amount_cents=500_01, offers_note="", offers=offers)
    assert len(receipt.papers) == 3


@pytest.mark.parametrize("status", ["awarded", "report_submitted", "completed"])
def test_receipts_are_entered_only_while_money_is_spent(make, status):
    project = spending(make, status=status)
    assert "while the project is under way" in str(refused(enter, project).sentence)


@pytest.mark.parametrize("status", ["active", "suspended", "reporting"])
def test_receipts_are_entered_while_money_is_spent(make, status):
    assert enter(spending(make, status=status)).id


def test_a_round_without_receipts_takes_none(make):
    project = spending(make, round=make.round(asks_receipts=False))
    assert "asks for no receipts" in str(refused(enter, project).sentence)


def test_a_receipt_taken_back_is_corrected_by_an_entry_that_names_it(project):
    receipt = enter(project)
    act(operations.withdraw, receipt, project.leads[0])
    entries = db.session.scalars(sa.select(LedgerEntry).where(LedgerEntry.receipt_id == receipt.id)).all()
    assert [(each.kind, each.amount_cents) for each in entries] == [
        (EntryKind.SPENT, 100_00), (EntryKind.SPENT, -100_00)]
    assert entries[1].corrects_id == entries[0].id
    assert sums(project) == (0, 0)


def test_a_receipt_is_taken_back_once(project):
    receipt = enter(project)
    act(operations.withdraw, receipt, project.leads[0])
    assert "taken back" in str(refused(operations.withdraw, receipt, project.leads[0]).sentence)


def test_a_corrected_receipt_keeps_its_papers_and_leaves_the_right_sum(project):
    first, lead = enter(project), project.leads[0]
    second = act(operations.correct, first, lead, **facts(project, amount_cents=90_00))
    third = act(operations.correct, second, lead, **facts(project, amount_cents=95_00))
    assert (first.state, second.state, third.state) == (
        ReceiptState.WITHDRAWN, ReceiptState.WITHDRAWN, ReceiptState.ENTERED)
    assert (len(third.papers), sums(project)) == (1, (95_00, 0))
    said = db.session.scalars(sa.select(Entry.data).where(Entry.action == "receipt.entered").order_by(Entry.id)).all()
    assert [each.get("instead_of") for each in said] == [None, first.id, second.id]


def test_a_corrected_receipt_without_any_paper_is_refused(project):
    receipt = enter(project)
    assert refused(operations.correct, receipt, project.leads[0], kept=[], **facts(project)).field == "papers"
    assert sums(project) == (100_00, 0)


def test_a_checked_receipt_is_not_taken_back_or_corrected(project):
    receipt = enter(project)
    act(operations.accept, receipt, project.mentors[0])
    for change in (operations.withdraw, operations.correct):
        assert "checked already" in str(refused(change, receipt, project.leads[0]).sentence)


def test_the_journal_holds_no_payee_and_no_words(project):
    receipt = enter(project, payee="Frau Geheim", reason="Für Herrn Vertraulich")
    act(operations.ask_back, receipt, project.mentors[0], "Wer ist Frau Geheim?")
    act(operations.answer, receipt, project.leads[0], "Die Malerin Geheim.")
    written = str(db.session.scalars(sa.select(Entry.data)).all())
    assert "Geheim" not in written
    assert "Vertraulich" not in written
    said = [event.reason.text for event in queries_receipts.history(receipt) if event.reason]
    assert said == ["Wer ist Frau Geheim?", "Die Malerin Geheim."]


def test_the_same_paper_proves_once(project):
    lead = project.leads[0]
    kept = paper(project, lead)
    act(operations.enter, project, lead, papers=[kept], **facts(project))
    assert "no longer here" in str(refused(operations.enter, project, lead, papers=[kept], **facts(project)).sentence)


def test_a_paper_of_another_project_proves_nothing(project, make):
    other = spending(make)
    kept = paper(other, other.leads[0])
    assert refused(operations.enter, project, project.leads[0], papers=[kept], **facts(project)).field == "papers"


def test_the_list_for_the_report_is_in_the_order_of_payment(project):
    late = enter(project)
    early = enter(project, paid_on=date(2026, 2, 3))
    gone = enter(project)
    act(operations.withdraw, gone, project.leads[0])
    assert list(queries_receipts.receipt_list(project.id)) == [early, late]
    assert late.paid_on == PAID_ON


def test_ended_projects_keep_their_receipts_as_they_are(project):
    receipt = enter(project)
    with transaction():
        project.status = Status.COMPLETED
    assert "while the project is under way" in str(refused(operations.withdraw, receipt, project.leads[0]).sentence)
    refused(operations.accept, receipt, project.mentors[0])


@pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)
def test_all_waiting_papers_are_held_before_anything_is_journalled(any_database, make, queries):
    project = spending(make)
    lead = project.leads[0]
    with transaction():
        sent = [operations_papers.keep_waiting(read(scan(number), f"{number}.png"), lead) for number in (1, 2, 3)]
    receipt = enter(project, scanned=9)
    for operation, first, new in ((operations.enter, project, sent[:2]), (operations.correct, receipt, sent[2:])):
        with queries() as counted:
            act(operation, first, lead, papers=new, **facts(project))
        journal = next(at for at, each in enumerate(counted) if "pg_advisory_xact_lock" in each)
        held = [at for at, each in enumerate(counted) if "FROM paper" in each and "FOR UPDATE" in each]
        assert len([at for at in held if at < journal]) >= len(new)
