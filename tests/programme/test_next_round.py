"""The next round is made from the last one, looked at for sense, and rehearsed."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.programme import operations, queries, rules, rules_next
from incubator.programme.models import Round

DATES = dict.fromkeys(rules.DATES) | {
    "proposals_until": date(2026, 3, 20), "committee_on": date(2026, 4, 21), "council_on": date(2026, 4, 28),
    "period_from": date(2026, 5, 4), "period_until": date(2026, 10, 31)}


def _round(**settings):
    return Round(**(rules.defaults() | {"name": "Förderrunde 2026", "awarded_cents": 0} | settings))


def _doubted(**settings):
    return {name for name, _sentence in rules_next.doubts(_round(**settings))}


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.lists(st.integers(0, 300), min_size=3, max_size=3),
       st.integers(0, 2000))
def test_a_copy_lies_ahead_and_keeps_weekdays_and_distances(first, gaps, later):
    names = ("ideas_from", "ideas_until", "proposals_until")
    days = [first + timedelta(days=sum(gaps[:number + 1])) for number in range(3)]
    today = days[-1] + timedelta(days=later)
    made = rules_next.copied(_round(**dict(zip(names, days, strict=True))), today)
    moved = [made[name] for name in names]
    assert moved[-1] > today
    assert [day.weekday() for day in moved] == [day.weekday() for day in days]
    assert [later - sooner for sooner, later in pairwise(moved)] == [later - sooner for sooner, later in pairwise(days)]


def test_the_year_in_the_name_moves_with_the_dates():
    assert rules_next.copied(_round(**DATES), date(2026, 9, 15))["name"] == "Förderrunde 2027"
    assert rules_next.copied(_round(**DATES), date(2028, 9, 15))["name"] == "Förderrunde 2029"


@pytest.mark.parametrize(("name", "on"), [
    ("council_on", date(2026, 5, 2)), ("council_on", date(2026, 5, 1)), ("panel_on", date(2026, 4, 3)),
    ("panel_on", date(2026, 4, 6)), ("committee_on", date(2026, 5, 14)), ("notices_on", date(2026, 5, 25)),
])
def test_a_day_on_which_nobody_works_is_doubted(name, on):
    assert name in _doubted(**{name: on})


def test_a_working_day_is_not_doubted():
    assert not _doubted(council_on=date(2026, 4, 28), proposals_until=date(2026, 3, 20))


def test_short_times_are_doubted():
    assert "proposals_until" in _doubted(ideas_until=date(2026, 3, 10), proposals_until=date(2026, 3, 20))
    assert "check_until" in _doubted(proposals_until=date(2026, 3, 20), check_until=date(2026, 3, 23))
    assert "period_until" in _doubted(period_from=date(2026, 5, 4), period_until=date(2026, 5, 30))


def test_work_before_the_award_is_final_is_doubted_only_where_money_is_paid_here():
    dates = {"notices_on": date(2026, 5, 4), "period_from": date(2026, 5, 4)}
    assert "period_from" in _doubted(**dates)
    assert "period_from" not in _doubted(**dates, pays_out=False)


def test_the_rehearsal_shows_dates_and_what_follows_from_them_in_order():
    days = rules_next.rehearsal(_round(**(DATES | {"notices_on": date(2026, 5, 4), "check_until": date(2026, 3, 27)})))
    assert [day.on for day in days] == sorted(day.on for day in days)
    reckoned = {day.on for day in days if day.is_reckoned}
    assert {date(2026, 6, 4), date(2027, 4, 30), date(2027, 4, 30) - timedelta(days=30)} <= reckoned
    assert date(2026, 4, 21) not in reckoned


def test_the_office_begins_with_the_last_round_and_sees_what_it_changed(make, visit):
    last = make.round(name="Runde 2025", min_own_share_pct=10, **DATES)
    with transaction():
        operations.note_sources(last, make.person("coordinator"), min_own_share_pct="Richtlinie 2025, Nr. 4.2")
    office = visit(make.person("coordinator"))
    path = f"/en/desk/rounds/add?copy={last.id}"
    assert office.get(path).soup.select_one("#name")["value"] == "Runde 2026"
    assert office.fill(path, min_own_share_pct="25").status == 303
    made = queries.rounds()[0]
    assert (made.copied_from_id, made.committee_on) == (last.id, date(2027, 4, 20))
    shown = office.get(f"/en/desk/rounds/{made.id}")
    changed = [(each.select_one("del").text, each.select_one("ins").text) for each in shown.soup.select("dd:has(del)")]
    assert changed == [("10", "25")]
    assert "Richtlinie 2025, Nr. 4.2" in shown.text


def test_the_office_writes_down_where_a_rule_is_written(make, visit):
    round = make.round()
    office = visit(make.person("coordinator"))
    path = f"/en/desk/rounds/{round.id}/sources"
    assert office.fill(path, use_within_days="  Richtlinie,   Nr. 7 ").status == 303
    assert round.rule_sources == {"use_within_days": "Richtlinie, Nr. 7"}
    assert office.get(path).soup.select_one("#use_within_days")["value"] == "Richtlinie, Nr. 7"
    assert office.fill(path, use_within_days="").status == 303
    db.session.refresh(round)
    assert round.rule_sources == {}


def test_a_source_has_one_short_line(make, visit):
    answer = visit(make.person("coordinator")).fill(
        f"/en/desk/rounds/{make.round().id}/sources", use_within_days="x" * 201)
    assert answer.status == 422 and answer.soup.select_one("#use_within_days-error")


def test_the_days_of_a_round_can_be_rehearsed(make, visit):
    round = make.round(state="draft", **(DATES | {"council_on": date(2026, 5, 2)}))
    page = visit(make.person("coordinator")).get(f"/en/desk/rounds/{round.id}/calendar")
    assert "March 2026" in [heading.text for heading in page.soup.select("h2")]
    assert "weekend" in page.text
    assert visit(make.person("lead")).get(f"/en/desk/rounds/{round.id}/calendar").status == 403
