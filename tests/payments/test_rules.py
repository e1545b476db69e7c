"""Rule R10 as arithmetic, tried with everything."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.foundation.errors import RuleBroken
from incubator.payments import rules
from incubator.payments.rules import Confirmer, InstalmentState, Situation
from incubator.projects.lifecycle import PUBLIC, Status

TODAY = date(2026, 3, 1)
ACCEPTED, WAITING = SimpleNamespace(accepted_at=1, title="Eröffnung"), SimpleNamespace(accepted_at=None, title="Kurs")
percents = st.lists(st.integers(1, 60), min_size=1, max_size=5).map(
    lambda cut: [*cut[:-1], 100 - sum(cut[:-1])] if sum(cut[:-1]) < 100 else [100])


def now(status=Status.ACTIVE, **facts):
    return Situation(status=status, today=TODAY, **facts)


def cut(award=5_000_00, pcts=(50, 40, 10), gates=(), situation=None, committed=None, paid=0, requested=0):
    return rules.instalments(award, pcts, gates, situation or now(), paid=paid, requested=requested,
                             committed=award if committed is None else committed)


def states(parts):
    return [part.state.value for part in parts]


def test_an_award_that_is_not_final_pays_nothing():
    waiting = now(Status.AWARDED, award_final_on=TODAY + timedelta(days=1))
    assert len(rules.blocks(waiting)) == 1
    assert states(cut(situation=waiting)) == ["waits", "waits", "waits"]


def test_an_award_is_final_on_its_very_day():
    final = now(Status.AWARDED, award_final_on=TODAY)
    assert rules.blocks(final) == []
    assert states(cut(situation=final)) == ["open", "waits", "waits"]


def test_a_project_that_was_started_with_a_waiver_may_ask_before_its_award_is_final():
    assert rules.blocks(now(award_final_on=TODAY + timedelta(days=20))) == []


@pytest.mark.parametrize("status", Status)
def test_money_is_asked_for_only_where_the_award_stands(status):
    assert (rules.blocks(now(status, award_final_on=TODAY)) == []) == (status in rules.ASKING)


@pytest.mark.parametrize("status", Status)
def test_a_payment_is_stopped_wherever_asking_is_except_while_a_report_is_read(status):
    may_pay = rules.payment_blocks(now(status, award_final_on=TODAY)) == []
    assert may_pay == (status in rules.ASKING or status is Status.REPORT_SUBMITTED)


def test_every_late_report_of_the_carrier_is_named():
    found = rules.blocks(now(late_reports=("Garten", "Chor")))
    assert len(found) == 2


def test_the_middle_instalment_opens_at_its_gate_and_the_last_after_the_report():
    assert states(cut(gates=[WAITING])) == ["open", "waits", "waits"]
    assert states(cut(gates=[ACCEPTED])) == ["open", "open", "waits"]
    assert states(cut(gates=[ACCEPTED], situation=now(Status.REPORTING))) == ["open", "open", "waits"]
    assert states(cut(situation=now(Status.COMPLETED))) == ["open", "open", "open"]


def test_without_a_gate_the_middle_instalment_waits_until_the_report():
    assert states(cut(gates=[])) == ["open", "waits", "waits"]


def test_a_round_without_instalments_pays_all_of_it_at_the_start():
    parts = cut(pcts=[100])
    assert (states(parts), rules.ceiling(parts)) == (["open"], 5_000_00)


def test_two_instalments_have_no_gate():
    assert states(cut(pcts=[90, 10], gates=[ACCEPTED])) == ["open", "waits"]


def test_middle_instalments_take_the_gates_in_turn_and_the_last_gate_opens_the_rest():
    assert rules.gates_for(5, ["a", "b"]) == [None, "a", "b", "b", None]


def test_less_than_an_instalment_leaves_the_rest_open():
    parts = cut(paid=1_000_00, requested=500_00)
    assert (parts[0].state, parts[0].left_cents) == (InstalmentState.OPEN, 1_000_00)
    assert states(cut(requested=2_500_00)) == ["asked", "waits", "waits"]
    assert states(cut(paid=2_500_00)) == ["paid", "waits", "waits"]


@given(st.integers(1, 10_000_00), percents, st.lists(st.sampled_from([ACCEPTED, WAITING]), max_size=4),
       st.sampled_from(sorted(PUBLIC)), st.data())
def test_instalments_sum_to_what_is_committed_and_never_open_more_than_is_left(award, pcts, gates, status, data):
    committed = data.draw(st.integers(0, award))
    paid = data.draw(st.integers(0, committed))
    requested = data.draw(st.integers(0, committed - paid))
    situation = now(status, award_final_on=TODAY)
    parts = cut(award, pcts, gates, situation, committed, paid, requested)
    assert sum(part.cents for part in parts) == committed
    assert 0 <= rules.ceiling(parts) <= committed - paid - requested
    assert all(part.left_cents == 0 for part in parts if part.state is InstalmentState.WAITS)
    if status is Status.COMPLETED:
        assert rules.ceiling(parts) == committed - paid - requested


@given(st.integers(1, 10_000_00), st.integers(-5, 10_000_00))
def test_an_amount_is_accepted_exactly_up_to_the_open_instalments(award, cents):
    parts = cut(award)
    most = rules.ceiling(parts)
    if 0 < cents <= most:
        rules.demand_amount(cents, parts, award)
    else:
        with pytest.raises(RuleBroken) as refused:
            rules.demand_amount(cents, parts, award)
        assert refused.value.field == "amount_cents"


@given(st.integers(-60, 120), st.integers(1, 90))
def test_money_must_be_needed_between_today_and_the_last_day_of_use(days, within):
    needed = TODAY + timedelta(days=days)
    if 0 <= days <= within:
        rules.demand_needed_by(needed, TODAY, within)
    else:
        with pytest.raises(RuleBroken):
            rules.demand_needed_by(needed, TODAY, within)


@given(st.builds(Confirmer, on_team=st.booleans(), has_asked=st.booleans(), has_declared_conflict=st.booleans(),
                 belongs_to=st.frozensets(st.integers(1, 4))))
def test_whoever_is_tied_takes_no_part(who):
    concerned = {1: "Träger e.V.", 2: "Partner"}
    tied = who.on_team or who.has_asked or who.has_declared_conflict or bool(who.belongs_to & {1, 2})
    assert (rules.exclusion(who, concerned) is not None) == tied
