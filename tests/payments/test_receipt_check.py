"""A mentor accepts, cuts and asks; what is proved never passes what was spent or the wall of the line."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.budgets import operations_change
from incubator.budgets import queries as budgets
from incubator.budgets.models_change import Change, ChangeKind, ChangeState
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.payments import operations_receipts as operations
from incubator.payments import queries, queries_receipts
from incubator.payments.models import EntryKind, LedgerEntry
from incubator.payments.models_receipts import ReceiptState
from incubator.projects.models import ConflictDeclaration, Part, Participation
from tests.accounts.test_races import at_once as at_once
from tests.payments.receipts import act, enter, spending, sums


@pytest.fixture
def project(make):
    return spending(make)


@pytest.fixture
def mentor(project):
    return project.mentors[0]


def refused(operation, *given, **more):
    with pytest.raises(RuleBroken) as broken:
        act(operation, *given, **more)
    db.session.rollback()
    return broken.value


def test_an_accepted_receipt_is_proved(project, mentor):
    receipt = act(operations.accept, enter(project), mentor)
    assert (receipt.state, receipt.checked_by, sums(project)) == (ReceiptState.ACCEPTED, mentor, (100_00, 100_00))


def test_a_cut_receipt_proves_only_a_part_and_says_why(project, mentor):
    receipt = act(operations.cut, enter(project), mentor, 80_00, "Pfand gehört nicht dazu.")
    assert (receipt.state, receipt.note, sums(project)) == (
        ReceiptState.CUT, "Pfand gehört nicht dazu.", (100_00, 80_00))


def test_a_receipt_can_be_cut_to_nothing(project, mentor):
    act(operations.cut, enter(project), mentor, 0, "Privat.")
    assert sums(project) == (100_00, 0)


@pytest.mark.parametrize(("cents", "note", "field"), [
    (100_00, "Warum", "accepted_cents"), (100_01, "Warum", "accepted_cents"), (-1, "Warum", "accepted_cents"),
    (50_00, " ", "note")])
def test_a_cut_is_less_than_all_and_has_a_reason(project, mentor, cents, note, field):
    assert refused(operations.cut, enter(project), mentor, cents, note).field == field


def test_a_question_and_its_answer_leave_the_receipt_unchecked(project, mentor):
    receipt = act(operations.ask_back, enter(project), mentor, "Wofür war das?")
    assert (receipt.state, receipt.note) == (ReceiptState.ASKED_BACK, "Wofür war das?")
    act(operations.answer, receipt, project.leads[0], "Für die Wand im Hof.")
    assert (receipt.state, sums(project)) == (ReceiptState.ENTERED, (100_00, 0))


def test_only_an_open_question_is_answered(project):
    assert "no open question" in str(refused(operations.answer, enter(project), project.leads[0], "Ja").sentence)


def test_looking_again_takes_back_what_was_proved_by_an_entry_that_names_it(project, mentor):
    receipt = act(operations.accept, enter(project), mentor)
    act(operations.reopen, receipt, mentor, "Falscher Knopf.")
    assert (receipt.state, sums(project)) == (ReceiptState.ENTERED, (100_00, 0))
    act(operations.cut, receipt, mentor, 60_00, "Nur die Farbe.")
    proved = db.session.scalars(
        sa.select(LedgerEntry).where(LedgerEntry.kind == EntryKind.PROVED).order_by(LedgerEntry.id)).all()
    assert [each.amount_cents for each in proved] == [100_00, -100_00, 60_00]
    assert [each.corrects_id for each in proved] == [None, proved[0].id, None]
    assert sums(project) == (100_00, 60_00)


def test_a_receipt_cut_to_nothing_can_be_looked_at_again(project, mentor):
    receipt = act(operations.cut, enter(project), mentor, 0, "Privat.")
    act(operations.reopen, receipt, mentor, "Doch nicht privat.")
    act(operations.accept, receipt, mentor)
    assert sums(project) == (100_00, 100_00)


def test_a_checked_receipt_is_not_checked_again(project, mentor):
    receipt = act(operations.accept, enter(project), mentor)
    assert "checked already" in str(refused(operations.cut, receipt, mentor, 0, "Nein").sentence)


def test_nobody_checks_what_they_entered(project, mentor, make):
    receipt = enter(project)
    with transaction():
        receipt.entered_by_id = mentor.id
    assert "yourself" in str(refused(operations.accept, receipt, mentor).sentence)


def test_a_mentor_with_ties_to_the_carrier_is_excluded(project, mentor, make):
    make.affiliation(mentor, project.carrier)
    receipt = enter(project)
    assert "Conflict of interest" in str(refused(operations.accept, receipt, mentor).sentence)
    assert "Conflict of interest" in str(refused(operations.begin_check, project, mentor, True).sentence)


def test_a_sitting_is_declared_once_a_day(project, mentor):
    first, second = enter(project), enter(project)
    assert refused(operations.accept, first, mentor, no_conflict=False).field == "no_conflict"
    act(operations.begin_check, project, mentor, True)
    act(operations.accept, first, mentor, no_conflict=False)
    act(operations.accept, second, mentor)
    declared = db.session.scalars(sa.select(ConflictDeclaration.act)).all()
    assert declared == ["check_receipt"]


def test_at_the_wall_a_receipt_is_accepted_and_a_cent_above_only_cut(project, mentor):
    line = queries.lines(project.id)[0]
    full = line.planned * 120 // 100
    receipt = enter(project, amount_cents=full)
    above = enter(project, amount_cents=1)
    act(operations.accept, receipt, mentor)
    assert "can still be accepted" in str(refused(operations.accept, above, mentor).sentence)
    act(operations.cut, above, mentor, 0, "Über der Grenze.")
    assert sums(project) == (full + 1, full)


def test_above_the_wall_a_receipt_can_be_entered_and_is_marked(project, mentor):
    line = queries.lines(project.id)[0]
    receipt = enter(project, amount_cents=line.planned * 120 // 100 + 1)
    looked = queries_receipts.looked(project, [receipt])[0]
    assert [flag.key for flag in looked.flags] == ["line_wall", "no_offers_said_why"]
    assert looked.acceptable == receipt.amount_cents - 1
    act(operations.cut, receipt, mentor, looked.acceptable, "Bis zur Grenze.")


def test_what_was_ordered_before_the_award_is_only_cut_to_nothing(project, mentor):
    receipt = enter(project, contracted_on=project.notice_on.replace(day=19))
    assert "before the award" in str(refused(operations.accept, receipt, mentor).sentence)
    assert refused(operations.cut, receipt, mentor, 1, "Teil").field == "accepted_cents"
    act(operations.cut, receipt, mentor, 0, "Vor dem Bescheid bestellt.")


def test_files_are_compared_over_all_projects(project, make):
    other = spending(make)
    here, there = enter(project, scanned=70), enter(other, scanned=70)
    again = enter(project, scanned=70)
    found = {each.receipt: [flag.key for flag in each.flags]
             for each in queries_receipts.looked(project, [here, again])}
    assert found[here] == ["same_file", "same_file_elsewhere", "same_number"]
    assert found[again] == found[here]
    act(operations.withdraw, there, other.leads[0])
    act(operations.withdraw, again, project.leads[0])
    assert queries_receipts.looked(project, [here])[0].flags == []


def test_of_two_mentors_at_once_one_decides(at_once, make):
    project = spending(make)
    second = make.person("mentor")
    make.assignment(project, second)
    receipt, first = enter(project), project.mentors[0]

    def decide(name, person_id, *given):
        def work():
            with transaction():
                row, by = db.session.get(type(receipt), number), db.session.get(type(first), person_id)
                getattr(operations, name)(row, by, *given)
        return work

    number, project_id, ids = receipt.id, project.id, (first.id, second.id)
    answers = at_once(decide("accept", ids[0]), decide("cut", ids[1], 10_00, "Zu teuer"))
    assert sorted(answer == "done" for answer in answers) == [False, True]
    db.session.rollback()
    assert queries.balance(project_id).proved in (100_00, 10_00)


def test_a_team_that_takes_back_what_is_being_accepted_leaves_no_half(at_once, make):
    project = spending(make)
    receipt, mentor, lead = enter(project), project.mentors[0], project.leads[0]
    number, project_id, people = receipt.id, project.id, (mentor.id, lead.id)
    kinds = type(receipt), type(mentor)

    def run(name, person_id):
        def work():
            with transaction():
                getattr(operations, name)(db.session.get(kinds[0], number), db.session.get(kinds[1], person_id))
        return work

    answers = at_once(run("accept", people[0]), run("withdraw", people[1]))
    assert answers.count("done") == 1
    db.session.rollback()
    balance = queries.balance(project_id)
    assert (balance.spent, balance.proved) in ((100_00, 100_00), (0, 0))


def test_a_deputy_checks_where_the_mentor_is_excluded(project, mentor, make):
    make.affiliation(mentor, project.carrier)
    deputy = make.person("mentor")
    with transaction():
        db.session.add(Participation(project_id=project.id, person_id=deputy.id, kind=Part.DEPUTY,
                                     since=project.notice_on))
    act(operations.accept, enter(project), deputy)
    assert sums(project) == (100_00, 100_00)


def test_an_agreed_early_start_is_asked_for_where_it_matters(project, mentor):
    ordered = project.notice_on - timedelta(days=5)
    receipt = enter(project, contracted_on=ordered)
    assert [flag.key for flag in queries_receipts.looked(project, [receipt])[0].flags] == ["too_early"]
    with transaction():
        decided = clock.now() - timedelta(days=60)
        db.session.add(Change(
            project_id=project.id, kind=ChangeKind.EARLY_START, state=ChangeState.APPROVED, early_from=ordered,
            reason="Der Saal", asked_by_id=project.leads[0].id, asked_at=decided, decided_by_id=mentor.id,
            decided_at=decided))
    assert queries_receipts.looked(project, [receipt])[0].flags == []
    act(operations.accept, receipt, mentor)


def test_a_small_shift_does_not_add_to_the_wall(project, mentor):
    first, second = queries.lines(project.id)
    more = first.planned * 15 // 100
    changed = [(first.root_id, first.planned + more), (second.root_id, second.planned - more)]
    version = budgets.edition(budgets.current_plan(project.id))
    act(operations_change.shift, project, project.leads[0], lines=changed, reason="Mehr Kurse", version=version)
    use = next(each for each in queries_receipts.line_uses(project) if each.root_id == first.root_id)
    assert (use.planned, use.decided) == (first.planned + more, first.planned)
    assert use.wall == first.planned * 120 // 100
