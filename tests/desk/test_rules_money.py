"""What waits about money for each person, from facts alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.budgets.models_change import ChangeKind
from incubator.closing.models import ReportState
from incubator.desk import rules
from incubator.desk.facts import Urgency
from incubator.desk.facts_money import ChangeFact, Free, MoneyFact, MoneyFacts, RequestFact
from incubator.desk.rules_money import needed
from incubator.payments.models_requests import RequestState
from incubator.projects.lifecycle import Status
from incubator.projects.models import Part
from tests.desk.test_rules import TODAY, facts, led, mentored, milestone, plan, project, tasks

OFFICE = frozenset({"coordinator"})
PURSE = MoneyFact(1, instalments_pct=(50, 40, 10), awarded=7_600_00, committed=7_600_00)
PAID = replace(PURSE, paid=3_800_00, last_paid_on=TODAY - timedelta(days=31))
ASKED = RequestFact(7, 1, "Küche", "de", Status.ACTIVE, RequestState.ASKED, 3_800_00, TODAY + timedelta(days=20),
                    3, None, None, 11, "Verein", True)
SHIFT = ChangeFact(9, 1, "Küche", "de", ChangeKind.SHIFT, 3)


def of(money=PURSE, **known):
    return {"money": MoneyFacts({1: money} if money else {}, **known)}


def test_a_lead_asks_for_the_first_instalment_once_the_award_is_final():
    (task,) = rules.tasks(facts(projects=led("active"), milestones=(milestone(due=date(2026, 9, 1)),), **of()))
    assert (task.endpoint, task.values, task.urgency) == ("payments.ask", {"project_id": 1}, Urgency.LATER)
    assert "3,800.00" in str(task.detail) or "3.800,00" in str(task.detail)


@pytest.mark.parametrize("money", [
    replace(PURSE, paid=3_800_00), replace(PURSE, requested=3_800_00), replace(PURSE, pays_out=False),
    replace(PURSE, late_reports=1), None,
])
def test_a_lead_is_not_told_to_ask_for_what_cannot_be_paid(money):
    assert "payments.ask" not in tasks(projects=led("active"), **of(money))


def test_an_accepted_gate_opens_the_second_instalment():
    gate = milestone("planned", date(2026, 9, 1), is_gate=True)
    known = of(replace(PURSE, paid=3_800_00))
    assert "payments.ask" not in tasks(projects=led("active"), milestones=(gate,), **known)
    done = milestone("accepted", date(2026, 2, 1), is_gate=True, accepted_at=date(2026, 2, 1))
    assert tasks(projects=led("active"), milestones=(done,), **known) == ["payments.ask"]
    dropped = milestone("cancelled", date(2026, 1, 1), is_gate=True)
    assert tasks(projects=led("active"), milestones=(dropped, done), **known) == ["payments.ask"]


def test_the_last_instalment_can_be_asked_for_after_the_end():
    assert tasks(projects=led("completed"), **of(replace(PURSE, paid=6_840_00))) == ["payments.ask"]
    assert tasks(projects=led("completed"), **of(replace(PURSE, paid=6_840_00, committed=6_840_00))) == []


@pytest.mark.parametrize(("money", "expected"), [
    (PAID, True),
    (replace(PAID, last_paid_on=TODAY - timedelta(days=30)), False),
    (replace(PAID, last_receipt_on=TODAY - timedelta(days=30)), False),
    (replace(PAID, last_receipt_on=TODAY - timedelta(days=31)), True),
    (replace(PAID, spent=3_800_00), False),
    (replace(PAID, asks_receipts=False), False),
    (PURSE, False),
])
def test_a_lead_is_asked_for_receipts_once_in_thirty_days(money, expected):
    found = tasks(projects=led("active"), milestones=(milestone(due=date(2026, 9, 1)),), **of(money))
    assert ("payments.enter_receipt" in found) is expected


@pytest.mark.parametrize(("number", "endpoint", "values"), [
    (1, "payments.receipt", {"receipt_id": 4}), (3, "payments.receipts", {"project_id": 1}),
])
def test_a_lead_answers_questions_about_receipts(number, endpoint, values):
    known = of(replace(PURSE, paid=3_800_00, asked_back=number, question_id=4))
    found = rules.tasks(facts(projects=led("reporting"), **known))
    (task,) = [each for each in found if each.endpoint != "closing.report"]
    assert (task.endpoint, task.values, task.urgency) == (endpoint, values, Urgency.SOON)


def test_a_returned_report_says_what_is_missing():
    known = of(replace(PURSE, paid=3_800_00, report=ReportState.RETURNED, report_reason="Bitte die Fotos."))
    (task,) = rules.tasks(facts(projects=led("reporting", reports_due_on=date(2026, 9, 1)), **known))
    assert (task.endpoint, task.detail, task.due) == ("closing.report", "Bitte die Fotos.", date(2026, 9, 1))


def test_money_to_give_back_has_its_day():
    known = of(replace(PURSE, paid=7_600_00, recovery_due_on=date(2026, 2, 1)))
    (task,) = rules.tasks(facts(projects=led("recovery"), **known))
    assert (task.endpoint, task.urgency) == ("closing.recovery", Urgency.LATE)
    office = rules.tasks(facts(roles=OFFICE, office=(project("recovery", mentors=1),), **known))
    assert [(each.endpoint, each.urgency) for each in office] == [("closing.recovery", Urgency.LATE)]


DEPUTY = (project("active", kinds=frozenset({Part.DEPUTY})),)


@pytest.mark.parametrize("mine", [mentored("active"), DEPUTY])
def test_mentors_and_deputies_check_receipts_requests_and_changes(mine):
    known = of(replace(PURSE, unchecked=4), requests=(ASKED,), changes=(SHIFT,))
    assert sorted(tasks(projects=mine, **known)) == ["budgets.review_change", "payments.check", "payments.confirm"]
    assert tasks(projects=mine, excluded=frozenset({1}), **known) == []


@pytest.mark.parametrize("status", ["report_submitted", "active"])
def test_a_deputy_reads_the_report_and_what_was_reported(status):
    mine = (project(status, kinds=frozenset({Part.DEPUTY})),)
    expected = ["closing.check"] if status == "report_submitted" else ["milestones.review"]
    reported = (milestone("reported"),) if status == "active" else ()
    assert tasks(projects=mine, milestones=reported) == expected


@pytest.mark.parametrize("signed", [{1: 5}, {1: 6}])
def test_after_a_mentor_signed_the_report_nothing_waits_for_them(signed):
    assert tasks(projects=mentored("report_submitted"), report_signers=signed) == []


@pytest.mark.parametrize(("request_", "expected"), [
    (ASKED, True), (replace(ASKED, factual_by_id=6), False), (replace(ASKED, arithmetic_by_id=5), False),
    (replace(ASKED, asked_by_id=5), False),
    (replace(ASKED, state=RequestState.CONFIRMED), False),
])
def test_a_mentor_confirms_that_the_money_is_needed_once(request_, expected):
    assert bool(tasks(projects=mentored("active"), **of(requests=(request_,)))) is expected


@pytest.mark.parametrize(("request_", "expected"), [
    (ASKED, ["payments.confirm"]), (replace(ASKED, factual_by_id=6), ["payments.confirm"]),
    (replace(ASKED, factual_by_id=5), []), (replace(ASKED, arithmetic_by_id=6), []),
])
def test_the_coordinator_confirms_the_sums_unless_they_signed_already(request_, expected):
    assert tasks(roles=OFFICE, **of(requests=(request_,), free={})) == expected
    assert tasks(**of(requests=(request_,))) == []


READY = replace(ASKED, state=RequestState.CONFIRMED, factual_by_id=6, arithmetic_by_id=8)


@pytest.mark.parametrize(("requests", "expected"), [
    ((READY, replace(READY, id=8, project_id=2)), ["payments.office"]),
    ((replace(READY, has_account=False), replace(READY, id=8, has_account=False)), ["payments.bank"]),
    ((replace(READY, status=Status.SUSPENDED),), []),
    ((replace(READY, status=Status.REPORT_SUBMITTED),), ["payments.office"]),
    ((replace(READY, state=RequestState.ORDERED, pays_on=TODAY),), ["payments.office"]),
    ((replace(READY, state=RequestState.ORDERED, pays_on=TODAY + timedelta(days=1)),), []),
])
def test_the_coordinator_pays_what_two_people_checked(requests, expected):
    assert tasks(roles=OFFICE, **of(requests=requests)) == expected


def test_on_a_project_of_their_own_the_coordinator_neither_confirms_nor_pays_nor_decides():
    mine = (project("active", kinds=frozenset({Part.MEMBER})),)
    time = replace(SHIFT, kind=ChangeKind.PERIOD)
    known = of(requests=(ASKED, READY), changes=(time,), free={1: Free(1, "Küche", "de", 0, 0)})
    assert tasks(roles=OFFICE, projects=mine, **known) == []


@pytest.mark.parametrize("kind", [ChangeKind.PERIOD, ChangeKind.EARLY_START])
def test_the_coordinator_decides_about_time_and_the_mentors_about_money(kind):
    known = of(changes=(replace(SHIFT, kind=kind),))
    assert tasks(roles=OFFICE, **known) == ["budgets.decide_change"]
    assert tasks(projects=mentored("active"), **known) == []
    assert tasks(roles=OFFICE, **of(changes=(SHIFT,))) == []


LARGE = replace(SHIFT, needed=2, signed=frozenset({6}))


@pytest.mark.parametrize(("change", "expected"), [
    (LARGE, ["budgets.review_change"]), (replace(LARGE, signed=frozenset()), []), (replace(LARGE, needed=1), []),
    (replace(LARGE, signed=frozenset({5})), []),
])
def test_another_mentor_is_the_second_on_a_large_change(change, expected):
    assert tasks(roles=frozenset({"mentor"}), **of(changes=(change,))) == expected


@pytest.mark.parametrize(("confirm", "approve", "waits", "expected"), [
    (1, 5, {"requests": (ASKED,)}, True), (2, 0, {"requests": (ASKED,)}, False),
    (0, 1, {"changes": (SHIFT,)}, False), (9, 0, {"changes": (SHIFT,)}, True), (9, 1, {"changes": (LARGE,)}, True),
    (0, 0, {}, False),
])
def test_a_deputy_is_named_where_nothing_could_go_on(confirm, approve, waits, expected):
    known = of(free={1: Free(1, "Küche", "de", confirm, approve)}, **waits)
    assert ("budgets.name_deputy" in tasks(roles=OFFICE, **known)) is expected


def test_a_deadlocked_first_budget_asks_for_a_deputy_too():
    waiting = replace(plan("submitted", grant_cents=7_600_00), project_status=Status.BUDGET_REVIEW)
    known = of(free={1: Free(1, "Küche", "de", 5, 1)})
    assert tasks(roles=OFFICE, plans={1: waiting}, **known) == ["budgets.name_deputy"]


@given(st.integers(0, 5), st.integers(0, 5))
def test_more_free_people_are_never_a_greater_lack(confirm, approve):
    def lack(more):
        free = {1: Free(1, "", "de", confirm + more, approve + more)}
        return needed(1, facts(**of(requests=(ASKED,), changes=(LARGE,), free=free)))

    assert lack(1) <= lack(0)


def test_a_round_without_payments_and_receipts_asks_for_neither():
    quiet = replace(PAID, pays_out=False, asks_receipts=False, unchecked=3, asked_back=2, question_id=1)
    assert tasks(projects=led("active"), milestones=(milestone(due=date(2026, 9, 1)),), **of(quiet)) == []
    assert tasks(projects=mentored("active"), **of(quiet)) == []
