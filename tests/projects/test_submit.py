"""Handing a proposal in."""

from datetime import date

import pytest

from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.organisations.models import LegalForm
from incubator.projects import operations, rules
from incubator.projects.lifecycle import Status


def submit(project, by=None):
    with transaction():
        operations.submit(project, by or project.leads[0])


def test_a_complete_proposal_is_submitted(make):
    project = make.project()
    submit(project)
    assert project.status is Status.SUBMITTED
    assert project.submitted_at == clock.now()


def test_the_journal_says_what_happened_without_names(make):
    project = make.project()
    submit(project)
    entry = Entry.query.filter_by(action="project.moved").one()
    assert entry.data == {"action": "submit", "from": "draft", "to": "submitted", "received_on": "2026-03-01"}


def test_the_last_day_counts_until_its_end(make):
    project = make.project()
    clock.set(date(2026, 4, 30))
    submit(project)
    assert project.status is Status.SUBMITTED


def test_the_day_after_is_too_late(make):
    project = make.project()
    clock.set(date(2026, 5, 1))
    with pytest.raises(RuleBroken, match="last day for proposals"):
        submit(project)
    assert project.status is Status.DRAFT


def test_a_returned_proposal_may_come_after_the_rounds_last_day(make):
    project = make.project("returned", return_due_on=date(2026, 5, 9))
    clock.set(date(2026, 5, 9))
    submit(project)
    assert project.status is Status.SUBMITTED


def test_mending_in_time_keeps_the_day_of_receipt(make):
    project = make.project("returned")
    first = project.submitted_at
    submit(project)
    assert project.submitted_at == first
    assert project.return_due_on is None


def test_a_returned_proposal_is_refused_after_its_own_last_day(make):
    project = make.project("returned", return_due_on=date(2026, 3, 14))
    clock.set(date(2026, 3, 15))
    with pytest.raises(RuleBroken, match="over"):
        submit(project)


@pytest.mark.parametrize("field", ["summary", "need", "audience", "activities", "outcome", "group_name"])
def test_an_unanswered_question_is_named(make, field):
    project = make.project(**{field: ""})
    assert [name for name, _ in rules.missing_for_submission(project)] == [field]
    with pytest.raises(RuleBroken, match="not complete"):
        submit(project)


def test_a_project_for_the_whole_city_needs_no_district(make):
    assert not rules.missing_for_submission(make.project(district_id=None, is_citywide=True))
    assert rules.missing_for_submission(make.project(district_id=None))[0][0] == "district_id"


def test_a_carrier_that_may_not_receive_money_is_refused(make):
    project = make.project(carrier=make.organisation(legal_form=LegalForm.COMPANY))
    assert [name for name, _ in rules.missing_for_submission(project)] == ["carrier_id"]


@pytest.mark.parametrize("asked", [499_99, 10_000_01])
def test_the_amount_stays_within_the_rounds_limits(make, asked):
    assert rules.missing_for_submission(make.project(asked_cents=asked))[0][0] == "asked_cents"


@pytest.mark.parametrize("asked", [500_00, 10_000_00])
def test_the_limits_themselves_are_allowed(make, asked):
    assert not rules.missing_for_submission(make.project(asked_cents=asked))


def test_the_project_lies_within_the_time_the_round_pays_for(make):
    project = make.project(starts_on=date(2025, 12, 31), ends_on=date(2027, 7, 1))
    assert [name for name, _ in rules.missing_for_submission(project)] == ["starts_on", "ends_on"]


def test_a_proposal_is_not_submitted_twice_and_says_what_is_possible(make):
    project = make.project("submitted")
    with pytest.raises(RuleBroken, match=r"Possible are: .*Admit to mentoring \(Coordinator\)"):
        submit(project)


def test_the_journal_keeps_the_first_day_when_a_proposal_comes_again(make):
    project = make.project("returned", received_on=date(2026, 2, 3), return_due_on=date(2026, 3, 10))
    submit(project)
    entry = Entry.query.filter_by(action="project.moved").one()
    assert entry.data["received_on"] == "2026-02-03"
