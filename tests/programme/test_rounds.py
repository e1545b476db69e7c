"""Preparing a round and taking it through its states."""

from datetime import date

import pytest

from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken, Stale
from incubator.foundation.transaction import transaction
from incubator.programme import operations, queries
from incubator.programme.models import RoundState

READY = {"proposals_until": date(2026, 4, 30), "period_from": date(2026, 6, 1), "period_until": date(2026, 12, 31)}


def _add(make, **fields):
    with transaction():
        return operations.add_round(make.person("coordinator"), **({"name": "Förderrunde 2026"} | fields))


def test_a_round_begins_as_a_draft_with_the_defaults(make):
    round = _add(make)
    assert (round.state, round.fund_cents, round.slug) == (RoundState.DRAFT, 40_000_00, "foerderrunde-2026")


def test_the_same_name_is_refused(make):
    _add(make)
    with pytest.raises(RuleBroken) as broken:
        _add(make, name="FÖRDERRUNDE 2026")
    assert broken.value.field == "name"


def test_unknown_settings_are_a_fault_of_the_program(make):
    with pytest.raises(TypeError):
        _add(make, awarded_cents=5)


def test_a_round_without_a_deadline_cannot_open(make):
    round = _add(make)
    with pytest.raises(RuleBroken), transaction():
        operations.open_round(round, make.person("coordinator"))


def test_a_round_whose_deadline_has_passed_cannot_open(make):
    round = _add(make, **READY)
    clock.set(date(2026, 5, 1))
    with pytest.raises(RuleBroken), transaction():
        operations.open_round(round, make.person("coordinator"))


def test_a_round_opens_closes_and_goes_into_the_archive(make):
    round, by = _add(make, **READY), make.person("coordinator")
    with transaction():
        operations.open_round(round, by)
    assert [each.id for each in queries.open_rounds(clock.today())] == [round.id]
    with transaction():
        operations.close_round(round, by)
        operations.archive_round(round, by)
    assert round.state is RoundState.ARCHIVED
    assert queries.open_rounds(clock.today()) == []


def test_a_closed_round_can_open_once_more(make):
    round = make.round(state="closed")
    with transaction():
        operations.open_round(round, make.person("coordinator"))
    assert round.state is RoundState.OPEN


def test_an_open_round_cannot_be_archived_at_once(make):
    round = make.round()
    with pytest.raises(RuleBroken), transaction():
        operations.archive_round(round, make.person("coordinator"))


def test_a_draft_changes_its_money_at_once(make):
    round = _add(make)
    with transaction():
        assert operations.change_round(round, make.person("coordinator"), fund_cents=50_000_00) is None
    assert round.fund_cents == 50_000_00


def test_a_refused_change_changes_nothing(make):
    round = _add(make)
    with pytest.raises(RuleBroken) as broken, transaction():
        operations.change_round(round, make.person("coordinator"), summary="Neu", instalments_pct=[50, 40])
    assert broken.value.field == "instalments_pct"
    assert round.summary == ""


def test_an_old_version_is_refused(make):
    round, by = _add(make), make.person("coordinator")
    seen = round.version
    with transaction():
        operations.change_round(round, by, version=seen, summary="Erste")
    with pytest.raises(Stale), transaction():
        operations.change_round(round, by, version=seen, summary="Zweite")
