"""More time, and a start before the award."""

from datetime import date, timedelta

import pytest

from incubator.budgets import operations_change, queries_change
from incubator.budgets.models_change import ChangeState
from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.projects.lifecycle import Status

LATER = date(2027, 2, 28)


@pytest.fixture
def project(make):
    return make.project("active", ends_on=date(2026, 12, 31))


@pytest.fixture
def coordinator(make):
    return make.person("coordinator")


def ask(project, until=LATER, reason="Der Saal ist erst später frei."):
    with transaction():
        return operations_change.ask_time(project, project.leads[0], until=until, reason=reason)


def decide(change, by, agreed=True, answer=""):
    with transaction():
        operations_change.decide(change, by, agreed, answer)


def early(project, starts_on):
    with transaction():
        return operations_change.ask_early_start(project, project.leads[0], starts_on=starts_on, reason="Frühling.")


def test_agreed_time_moves_the_last_day(project, coordinator):
    change = ask(project)
    decide(change, coordinator)
    assert (project.ends_on, change.state, change.old_until) == (LATER, ChangeState.APPROVED, date(2026, 12, 31))


def test_a_refusal_needs_words_and_moves_nothing(project, coordinator):
    change = ask(project)
    with pytest.raises(RuleBroken) as broken:
        decide(change, coordinator, agreed=False)
    assert broken.value.field == "answer"
    decide(change, coordinator, agreed=False, answer="Die Runde endet dann.")
    assert (project.ends_on, change.state) == (date(2026, 12, 31), ChangeState.REFUSED)


def test_more_time_can_be_asked_for_on_the_last_day(project):
    clock.set(date(2026, 12, 31))
    assert ask(project).state is ChangeState.ASKED


def test_more_time_cannot_be_asked_for_on_the_day_after(project):
    clock.set(date(2027, 1, 1))
    with pytest.raises(RuleBroken, match="before it ends"):
        ask(project)


def test_what_was_asked_in_time_can_be_answered_after_the_last_day(project, coordinator):
    clock.set(date(2026, 12, 31))
    change = ask(project)
    clock.set(date(2027, 1, 4))
    with transaction():
        project.status = Status.REPORTING
    decide(change, coordinator)
    assert project.ends_on == LATER


def test_the_report_is_due_later_with_the_project(project, coordinator):
    with transaction():
        project.report_due_on = date(2027, 6, 30)
    decide(ask(project), coordinator)
    assert project.report_due_on == date(2027, 8, 28)


@pytest.mark.parametrize("until", [date(2026, 12, 31), date(2026, 6, 1), date(2028, 1, 1)])
def test_more_time_is_later_and_at_most_one_year(project, until):
    with pytest.raises(RuleBroken):
        ask(project, until=until)


def test_one_request_for_time_at_once(project):
    ask(project)
    with pytest.raises(RuleBroken, match="already"):
        ask(project)


def test_a_coordinator_of_the_carriers_board_does_not_decide(make, project, coordinator):
    make.affiliation(coordinator, project.carrier, "board")
    change = ask(project)
    with pytest.raises(RuleBroken, match=project.carrier.name):
        decide(change, coordinator)


def test_a_request_is_answered_once(project, coordinator):
    change = ask(project)
    decide(change, coordinator)
    with pytest.raises(RuleBroken, match="answered"):
        decide(change, coordinator, agreed=False, answer="Doch nicht.")


def test_a_round_without_requests_takes_none(project):
    with transaction():
        project.round.asks_changes = False
    with pytest.raises(RuleBroken):
        ask(project)


def test_an_early_start_holds_from_its_day_on(make, coordinator):
    project = make.project("mentoring")
    assert queries_change.early_start_from(project.id) is None
    change = early(project, date(2026, 3, 10))
    assert queries_change.early_start_from(project.id) is None
    decide(change, coordinator)
    assert queries_change.early_start_from(project.id) == date(2026, 3, 10)


def test_consent_never_counts_for_days_before_it(make, coordinator):
    project = make.project("budget_review")
    change = early(project, clock.today())
    clock.set(clock.now() + timedelta(days=5))
    decide(change, coordinator)
    assert queries_change.early_start_from(project.id) == clock.today()


def test_an_early_start_is_not_asked_for_afterwards(make):
    with pytest.raises(RuleBroken):
        early(make.project("mentoring"), clock.today() - timedelta(days=1))


@pytest.mark.parametrize("status", ["submitted", "awarded", "active"])
def test_an_early_start_is_asked_for_between_mentoring_and_award(make, status):
    with pytest.raises(RuleBroken):
        early(make.project(status), clock.today())


def test_a_request_for_an_early_start_is_moot_after_the_award(make):
    project = make.project("budget_approved")
    change = early(project, clock.today())
    with transaction():
        project.status, project.notice_number, project.resolution_on = Status.AWARDED, "2026-9", clock.today()
    with transaction():
        operations_change.withdraw_moot(project)
    assert change.state is ChangeState.WITHDRAWN
