"""Money that goes back, and what the calendar reminds of."""

from datetime import date

import pytest

from incubator.budgets.operations_conflict import declare
from incubator.closing import jobs, operations, queries
from incubator.closing.models import RecoveryState
from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.payments import queries as payments
from incubator.payments.operations_payments import receive_back
from incubator.policy import Act
from incubator.projects.lifecycle import Status
from tests.closing.ends import ANSWERS, accepted, at, ending

CUT = (2_250_00, (2_250_00, 2_130_00))


def settle(project, by, *, on=date(2026, 3, 1), reference="KTO 4711"):
    with transaction():
        operations.settle(project, by, on=on, reference=reference)


def written_to():
    return sorted((letter.person_id, letter.key.partition(":")[0]) for letter in Letter.query
                  if letter.key.startswith(("report_reminder:", "recovery_reminder:")))


def test_the_money_comes_back_and_completes_the_project(any_database, make):
    project, coordinator = accepted(make, receipts=CUT), make.person("coordinator")
    settle(project, coordinator)
    recovery = queries.recovery(project.id)
    assert (project.status, recovery.state) == (Status.COMPLETED, RecoveryState.RETURNED)
    assert payments.balance(project.id).returned == 120_00
    assert queries.statement(project).recovery == 0


def test_money_is_not_noted_before_it_came_nor_without_a_reference(make):
    project, coordinator = accepted(make, receipts=CUT), make.person("coordinator")
    with pytest.raises(RuleBroken, match="future"):
        settle(project, coordinator, on=date(2026, 3, 2))
    with pytest.raises(RuleBroken, match="reference"):
        settle(project, coordinator, reference=" ")
    assert payments.balance(project.id).returned == 0


def test_money_comes_back_once(make):
    project, coordinator = accepted(make, receipts=CUT), make.person("coordinator")
    settle(project, coordinator)
    with pytest.raises(RuleBroken, match="ended"):
        settle(project, coordinator)


def test_what_the_round_asks_back_is_not_waived(make):
    project, coordinator = accepted(make, receipts=CUT), make.person("coordinator")
    with pytest.raises(RuleBroken, match="Only amounts below"), transaction():
        operations.waive(project, coordinator, "Zu viel Mühe")


def test_below_a_threshold_that_was_raised_meanwhile_it_is_waived_with_a_reason(make):
    project, coordinator = accepted(make, receipts=CUT), make.person("coordinator")
    with transaction():
        project.round.recovery_waived_below_cents = 120_01
    with pytest.raises(RuleBroken, match="reason"), transaction():
        operations.waive(project, coordinator, " ")
    with transaction():
        operations.waive(project, coordinator, "Unter der Grenze.")
    assert (project.status, queries.recovery(project.id).state) == (Status.COMPLETED, RecoveryState.WAIVED)
    deliver()
    assert any("Unter der Grenze." in letter.text for letter in Letter.query)


def test_the_lead_sees_how_much_until_when_and_to_which_reference(make, visit):
    project = accepted(make, receipts=CUT)
    text = visit(project.leads[0]).get(at(project, "/recovery")).text
    assert "120,00" in text and project.notice_number in text and "01.04.2026" in text
    assert visit(project.leads[0]).get(at(project, "/settle")).status == 403


def test_the_whole_way_from_the_report_to_120_euros_and_the_end(make, visit):
    project = ending(make, receipts=CUT)
    lead, mentor, office = visit(project.leads[0]), visit(project.mentors[0]), visit(make.person("coordinator"))
    lead.fill(at(project, "/report"), then="look", **{f"answer_{place}": text for place, text in ANSWERS.items()})
    lead.fill(at(project, "/report/preview"))
    assert "Nicht nach der Richtlinie." in mentor.get(at(project, "/report/review")).text
    mentor.fill(at(project, "/report/review"), audit_note="Ein Beleg gekürzt.", no_conflict=True)
    assert not mentor.get(at(project, "/report/review")).soup.select("[name=no_conflict]")
    office.fill(at(project, "/report/review"), no_conflict=True)
    assert project.status is Status.RECOVERY
    office.fill(at(project, "/settle"), on="2026-03-01", reference="KTO 4711")
    assert project.status is Status.COMPLETED
    assert queries.report(project.id).eligible_cents == 3_980_00


def test_a_project_from_before_recoveries_were_written_down_can_still_be_completed(make):
    project = make.project("recovery")
    settle(project, make.person("coordinator"))
    assert project.status is Status.COMPLETED


@pytest.mark.parametrize(("day", "who"), [
    (date(2026, 3, 30), []), (date(2026, 3, 31), ["lead"]), (date(2026, 4, 30), ["lead"]),
    (date(2026, 5, 1), ["coordinator", "lead", "mentor"]),
])
def test_the_calendar_reminds_of_a_report(make, day, who):
    project, coordinator = ending(make, report_due_on=date(2026, 4, 30)), make.person("coordinator")
    clock.set(day)
    jobs.remind()
    jobs.remind()
    names = {project.leads[0].id: "lead", project.mentors[0].id: "mentor", coordinator.id: "coordinator"}
    assert sorted(names[number] for number, _ in written_to()) == who


def test_each_day_of_the_round_reminds_once(make):
    project = ending(make, report_due_on=date(2026, 4, 30))
    for day in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 23), date(2026, 4, 24)):
        clock.set(day)
        jobs.remind()
    assert written_to() == [(project.leads[0].id, "report_reminder")] * 2


def test_a_report_that_is_in_reminds_nobody(make):
    ending(make, status="report_submitted", report_due_on=date(2026, 4, 30))
    clock.set(date(2026, 5, 20))
    jobs.remind()
    assert written_to() == []


def test_money_that_has_not_come_is_asked_for_again(make):
    project = accepted(make, receipts=CUT)
    clock.set(date(2026, 4, 2))
    jobs.remind()
    assert (project.leads[0].id, "recovery_reminder") in written_to()
    letter = next(each for each in Letter.query if each.key.startswith("recovery_reminder:"))
    assert "120,00" in letter.text


def test_what_came_back_in_parts_is_counted_once(make, visit):
    project, coordinator = accepted(make, receipts=CUT), make.person("coordinator", language="en")
    with transaction():
        receive_back(project, coordinator, cents=50_00, on=date(2026, 3, 1), reference="KTO 1")
    assert "Still to come" in visit(coordinator).get(f"/en/desk/projects/{project.id}/recovery").text
    settle(project, coordinator)
    assert payments.balance(project.id).returned == 120_00


@pytest.mark.parametrize("act", ["settle", "waive"])
def test_whoever_declared_a_conflict_neither_settles_nor_waives(make, act):
    project, coordinator = accepted(make, receipts=CUT), make.person("coordinator")
    with transaction():
        declare(project, coordinator, Act.REVIEW_REPORT, True)
    with pytest.raises(RuleBroken, match="conflict of interest was declared"):
        if act == "settle":
            settle(project, coordinator)
        with transaction():
            operations.waive(project, coordinator, "Zu viel Mühe")
