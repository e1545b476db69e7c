"""Money settings of an opened round change only when two people want it."""

import pytest
import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.programme import forms, operations, queries
from incubator.programme.models import FundingKind

VALUES = {
    "fund_cents": 50_000_00, "reserve_cents": 1_00, "grant_min_cents": 600_00, "grant_max_cents": 9_000_00,
    "funding_kind": FundingKind.FIXED_SUM, "proportional_pct": 70, "min_own_share_pct": 25,
    "volunteer_rate_cents": 16_00, "volunteer_cap_pct": 30, "shift_limit_pct": 25, "instalments_pct": [60, 40],
    "quotes_required_above_cents": 1_000_00,
    "second_approval_above_cents": 1_00, "pays_out": False, "asks_receipts": False, "asks_changes": False,
    "recovery_waived_below_cents": 10_00, "pledge_values": {"room": 40_00}, "has_panel": True, "panel_points_max": 10,
    "publishes_together": True,
}


def _change(round, by, **fields):
    with transaction():
        return operations.change_round(round, by, **fields)


@pytest.mark.parametrize("setting", VALUES)
def test_each_setting_of_money_or_of_choosing_in_an_open_round_waits_and_then_counts(make, setting):
    round = make.round()
    before = getattr(round, setting)
    change = _change(round, make.person("coordinator"), **{setting: VALUES[setting]})
    assert getattr(round, setting) == before
    with transaction():
        operations.agree(change, make.person("administrator"))
    assert getattr(round, setting) == VALUES[setting]
    assert queries.waiting_change(round.id) is None


def test_other_settings_change_at_once(make):
    round = make.round()
    change = _change(round, make.person("coordinator"), summary="Neu", fund_cents=50_000_00)
    assert round.summary == "Neu"
    assert set(change.changes) == {"fund_cents"}


def test_nobody_agrees_with_themselves(make):
    round, by = make.round(), make.person("coordinator", "administrator")
    change = _change(round, by, fund_cents=50_000_00)
    with pytest.raises(RuleBroken), transaction():
        operations.agree(change, by)
    assert round.fund_cents == 40_000_00


def test_a_second_change_waits_for_the_first(make):
    round = make.round()
    _change(round, make.person("coordinator"), fund_cents=50_000_00)
    with pytest.raises(RuleBroken):
        _change(round, make.person("coordinator"), fund_cents=60_000_00)


def test_a_dropped_change_cannot_be_agreed_to(make):
    round = make.round()
    change = _change(round, make.person("coordinator"), fund_cents=50_000_00)
    with transaction():
        operations.drop(change, make.person("coordinator"))
    with pytest.raises(RuleBroken), transaction():
        operations.agree(change, make.person("coordinator"))


def test_money_awarded_meanwhile_stops_a_smaller_fund(make):
    round = make.round()
    change = _change(round, make.person("coordinator"), fund_cents=5_000_00)
    with transaction():
        round.awarded_cents = 6_000_00
    with pytest.raises(RuleBroken) as broken, transaction():
        operations.agree(change, make.person("coordinator"))
    assert broken.value.field == "fund_cents"


def test_everybody_else_in_the_office_gets_a_letter(make):
    proposer, other, admin = make.person("coordinator"), make.person("coordinator"), make.person("administrator")
    make.person("mentor")
    _change(make.round(), proposer, fund_cents=50_000_00)
    deliver()
    assert set(db.session.scalars(sa.select(Letter.person_id))) == {other.id, admin.id}


def test_one_proposes_and_another_agrees_on_pages(make, visit):
    round, first, second = make.round(), make.person("coordinator"), make.person("coordinator")
    answer = visit(first).fill(f"/de/desk/rounds/{round.id}/edit", fund_cents="45.000,00")
    assert answer.status == 303
    change = queries.waiting_change(round.id)
    path = f"/de/desk/round-changes/{change.id}"
    own = visit(first).get(path)
    assert not own.soup.select("button[value=agree]")
    assert visit(first).fill(path, decision="agree").status == 422
    assert "45.000,00" in visit(second).get(path).text
    assert visit(second).fill(path, decision="agree").status == 303
    assert round.fund_cents == 45_000_00


def test_the_second_person_sees_what_promises_are_to_be_worth(make, visit):
    round, first, second = make.round(), make.person("coordinator"), make.person("coordinator")
    _change(round, first, pledge_values={"room": 45_00}, has_panel=True)
    answer = visit(second).get(f"/en/desk/round-changes/{queries.waiting_change(round.id).id}")
    assert answer.status == 200
    assert [row.th.get_text() for row in answer.soup.select("tbody tr")] == [
        str(forms.RoundForm.pledge_value_room.args[0]), str(forms.RoundForm.has_panel.args[0])]
    assert "45.00" in answer.text


def test_any_database_keeps_one_open_change(any_database, make):
    round = make.round()
    _change(round, make.person("coordinator"), fund_cents=50_000_00, instalments_pct=[100])
    change = queries.waiting_change(round.id)
    with transaction():
        operations.agree(change, make.person("administrator"))
    assert (round.fund_cents, round.instalments_pct) == (50_000_00, [100])


def test_no_page_calls_a_change_of_the_panel_one_of_money_alone(make, visit):
    round, office = make.round(), make.person("coordinator", language="en")
    change = _change(round, make.person("administrator"), has_panel=True)
    for path in (f"/en/desk/rounds/{round.id}", "/en/desk/rounds", f"/en/desk/round-changes/{change.id}", "/en/desk/"):
        text = visit(office).get(path).text
        assert "settings on money and selection" in text, path
        assert "money settings" not in text, path
