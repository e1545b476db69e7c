"""Decisions: award, waiting list, rejection, and the fund that is never exceeded."""

from datetime import date, timedelta

import pytest

from incubator.budgets import operations, queries
from incubator.budgets.models import Award
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.projects.lifecycle import Status

RESOLUTION = {"body": "Rat der Stadt", "on": date(2026, 2, 24), "reference": "VO/2026/12"}
NOTICE = {"notice_number": "2026-001", "notice_on": date(2026, 3, 1)}


@pytest.fixture
def coordinator(make):
    return make.person("coordinator")


@pytest.fixture
def project(make):
    project = make.project("budget_approved")
    make.plan(project, grant=7_600_00, state="approved")
    return project


def award(project, by, **changes):
    with transaction():
        return operations.award(project, by, **(RESOLUTION | NOTICE | changes))


def refused(project, by, **changes):
    with pytest.raises(RuleBroken) as broken:
        award(project, by, **changes)
    assert project.round.awarded_cents == 0
    assert db.session.query(Award).count() == 0
    return broken.value


def test_an_award_takes_the_whole_grant_from_the_fund(project, coordinator):
    granted = award(project, coordinator)
    assert granted.amount_cents == project.round.awarded_cents == 7_600_00
    assert project.status is Status.AWARDED


def test_an_award_keeps_resolution_notice_and_the_day_it_is_final(project, coordinator):
    award(project, coordinator)
    assert (project.resolution_body, project.resolution_on, project.resolution_reference) == tuple(RESOLUTION.values())
    assert (project.notice_number, project.notice_on, project.award_final_on) == (
        "2026-001", date(2026, 3, 1), date(2026, 4, 1))
    assert project.published_at is not None


def test_the_last_cent_of_the_fund_may_be_awarded(project, coordinator):
    with transaction():
        project.round.fund_cents, project.round.reserve_cents = 8_000_00, 400_00
    award(project, coordinator)
    assert project.round.left_cents == 0


def test_one_cent_above_the_fund_is_refused_and_what_is_left_is_named(project, coordinator):
    with transaction():
        project.round.fund_cents, project.round.reserve_cents = 8_000_00, 400_01
    assert "7,599.99" in str(refused(project, coordinator).sentence)
    assert project.status is Status.BUDGET_APPROVED


def test_the_waiting_list_can_still_be_awarded(project, coordinator):
    with transaction():
        operations.waitlist(project, coordinator, **RESOLUTION)
    assert project.status is Status.WAITLISTED
    award(project, coordinator)
    assert project.status is Status.AWARDED


def test_nothing_is_awarded_twice(project, coordinator):
    award(project, coordinator)
    with pytest.raises(RuleBroken):
        award(project, coordinator, notice_number="2026-002")
    assert project.round.awarded_cents == 7_600_00


@pytest.mark.parametrize("status", ["mentoring", "budget_review", "rejected", "active"])
def test_only_approved_budgets_are_decided_on(make, coordinator, status):
    project = make.project(status)
    make.plan(project, state="approved")
    for act in (award, lambda *given: operations.waitlist(*given, **RESOLUTION)):
        with pytest.raises(RuleBroken):
            act(project, coordinator)


def test_a_notice_number_is_used_once(make, project, coordinator):
    award(project, coordinator)
    other = make.project("budget_approved")
    make.plan(other, state="approved")
    with pytest.raises(RuleBroken) as broken:
        award(other, coordinator)
    assert broken.value.field == "notice_number"


def test_a_decision_of_tomorrow_cannot_be_recorded(project, coordinator):
    assert refused(project, coordinator, on=clock.today() + timedelta(days=1)).field == "on"


def test_a_notice_is_not_older_than_the_decision(project, coordinator):
    assert refused(project, coordinator, notice_on=date(2026, 2, 23)).field == "notice_on"


def test_a_rejection_keeps_reason_and_resolution(project, coordinator):
    with transaction():
        operations.reject(project, coordinator, reason="Passt nicht zum Thema.", **RESOLUTION)
    assert project.status is Status.REJECTED
    assert (project.end_reason, project.resolution_on) == ("Passt nicht zum Thema.", date(2026, 2, 24))


def test_a_rejection_needs_a_reason(project, coordinator):
    with pytest.raises(RuleBroken), transaction():
        operations.reject(project, coordinator, reason=" ", **RESOLUTION)


def test_notice_numbers_are_suggested_one_after_the_other(make):
    assert queries.next_notice_number(2026) == "2026-001"
    make.project("awarded", notice_number="2026-006")
    make.project("awarded", notice_number="2026-x")
    make.project("awarded", notice_number="2025-044")
    assert queries.next_notice_number(2026) == "2026-007"


def test_the_last_resolution_of_the_round_is_remembered(project, coordinator):
    award(project, coordinator)
    assert queries.last_resolution(project.round_id).resolution_reference == "VO/2026/12"


def test_without_the_agreement_of_a_carrier_there_is_no_award(project, coordinator):
    with transaction():
        project.carrier, project.carrier_agreed_on = None, None
    refused(project, coordinator)
