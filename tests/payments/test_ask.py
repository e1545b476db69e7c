"""A lead asks for money, and what keeps it from being asked for."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.payments import operations, queries_requests
from incubator.payments.models import EntryKind, LedgerEntry
from incubator.payments.models_requests import FundsRequest
from incubator.projects import operations as projects
from tests.payments.stage import Stage, again


@pytest.fixture
def stage(make):
    return Stage(make)


def test_asking_sets_money_aside_and_opens_the_account_with_the_award(stage):
    request = stage.ask(1_000_00)
    assert (request.number, request.instalment, request.gate_id) == (1, 1, None)
    assert (stage.balance.requested, stage.balance.left) == (1_000_00, 4_000_00)
    opened = db.session.scalars(sa.select(LedgerEntry)).one()
    assert (opened.kind, opened.amount_cents) == (EntryKind.COMMITTED, 5_000_00)


def test_two_requests_may_share_an_instalment_but_not_exceed_it(stage):
    stage.ask(2_000_00)
    stage.ask(500_00)
    with pytest.raises(RuleBroken, match="next instalment opens"):
        stage.ask(1)


def test_the_rest_opens_when_the_gate_is_accepted(stage):
    stage.ask(2_500_00)
    gate = stage.gate(accepted=True)
    assert stage.ask(2_000_00).gate_id == gate.id
    with pytest.raises(RuleBroken):
        stage.ask(1)


def test_what_somebody_saw_must_still_be_what_is_open(stage):
    with pytest.raises(RuleBroken):
        stage.ask(100, instalment=2)
    assert stage.ask(100, instalment=1).instalment == 1


def test_an_award_that_is_not_final_yet_waits(make):
    stage = Stage(make, "awarded", award_final_on=date(2026, 3, 2))
    with pytest.raises(RuleBroken, match="becomes final"):
        stage.ask()
    clock.set(date(2026, 3, 2))
    assert stage.ask().number == 1


def test_a_start_with_a_waiver_makes_asking_possible_before_the_award_is_final(make):
    stage = Stage(make, "awarded", award_final_on=date(2026, 3, 20))
    with transaction():
        projects.start(stage.project, stage.coordinator, waiver=True)
    assert stage.ask().number == 1


def test_an_overdue_report_of_the_same_carrier_stops_the_money(make, stage):
    late = make.project("reporting", carrier=stage.project.carrier, report_due_on=date(2026, 2, 28), title="Alter Chor")
    with pytest.raises(RuleBroken, match="Alter Chor"):
        stage.ask()
    with transaction():
        late.report_due_on = date(2026, 3, 1)
    assert stage.ask().number == 1


def test_a_report_due_today_is_not_late(make, stage):
    make.project("reporting", carrier=stage.project.carrier, report_due_on=clock.today())
    assert queries_requests.blocks(stage.project, clock.today()) == []


def test_a_late_report_of_another_carrier_stops_nobody(make, stage):
    make.project("reporting", report_due_on=date(2026, 1, 1))
    assert stage.ask().number == 1


def test_a_suspended_project_asks_for_nothing(stage):
    with transaction():
        projects.suspend(stage.project, stage.coordinator, "Drucker fällt aus")
    with pytest.raises(RuleBroken, match="suspended"):
        stage.ask()


def test_the_last_instalment_can_be_asked_for_once_the_report_is_accepted(make):
    stage = Stage(make, "completed")
    assert stage.ask(5_000_00).instalment == 1


def test_a_round_that_pays_without_the_program_takes_no_requests(make):
    with pytest.raises(RuleBroken, match="without this program"):
        Stage(make, round_=make.round(pays_out=False)).ask()


def test_a_round_without_instalments_knows_no_such_word(make, visit):
    stage = Stage(make, round_=make.round(instalments_pct=[100]))
    shown = visit(stage.lead).get(f"/en/desk/projects/{stage.project.id}/money").text
    asked = visit(stage.lead).get(f"/en/desk/projects/{stage.project.id}/money/ask").text
    assert "nstalment" not in shown + asked
    assert stage.ask(5_000_00).instalment is None


@pytest.mark.parametrize("days", [-1, 43])
def test_money_is_needed_within_the_days_of_the_round(stage, days):
    with pytest.raises(RuleBroken) as refused:
        stage.ask(needed_by=clock.today() + timedelta(days=days))
    assert refused.value.field == "needed_by"


@pytest.mark.parametrize("days", [0, 42])
def test_both_ends_of_those_days_count(stage, days):
    assert stage.ask(needed_by=clock.today() + timedelta(days=days)).number == 1


def test_a_lead_takes_a_request_back_and_the_money_is_free_again(stage):
    request = stage.ask()
    with transaction():
        operations.withdraw(request, stage.lead)
    assert (again(request).state, stage.balance.requested) == ("withdrawn", 0)
    with pytest.raises(RuleBroken, match="Taken back"), transaction():
        operations.withdraw(request, stage.lead)


def test_a_form_sent_twice_asks_once(stage, visit):
    path, data = f"/en/desk/projects/{stage.project.id}/money/ask", {
        "amount_cents": "1,000.00", "purpose": "Miete", "needed_by": "2026-03-10", "form_key": "one-key"}
    visitor = visit(stage.lead)
    assert [visitor.post(path, data).status for _each in range(2)] == [303, 303]
    assert db.session.scalar(sa.select(sa.func.count(FundsRequest.id))) == 1


def test_the_form_offers_what_is_open_and_keeps_what_was_typed(stage, visit):
    path = f"/en/desk/projects/{stage.project.id}/money/ask"
    drawn = visit(stage.lead).get(path)
    assert drawn.soup.select_one("#amount_cents")["value"] == "2,500.00"
    wrong = visit(stage.lead).fill(path, amount_cents="2,500.01", purpose="Miete für März", needed_by="2026-03-10")
    assert wrong.status == 422 and "Miete für März" in wrong.text and "At most" in wrong.text
