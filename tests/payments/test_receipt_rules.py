"""What stands out about a receipt, and where the warning and the wall of a line are."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.payments.rules_receipts import Facts, LineUse, Severity, Terms, acceptable, flag_line, flags, same

IT = Facts(id=1, number="2026-17", payee="Farbenhaus Muster", paid_on=date(2026, 6, 10), amount=100_00,
           files=frozenset({"a"}))
TERMS = Terms(notice_on=date(2026, 5, 4), starts_on=date(2026, 5, 4), ends_on=date(2026, 10, 31))
OTHER = replace(IT, id=2, number="9", payee="Jemand", files=frozenset({"b"}), amount=5_00)
CENTS = st.integers(0, 10_000_00)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def keys(it=IT, terms=TERMS, others=(), **more):
    return [flag.key for flag in flags(it, terms, others, **more)]


def line(planned, spent, **more):
    return LineUse(1, "material", "", planned, spent, **more)


def test_a_plain_receipt_has_no_flags():
    assert keys(others=[IT, OTHER]) == []


def test_the_same_file_twice_stands_out():
    assert keys(others=[replace(OTHER, files=frozenset({"a"}))]) == ["same_file"]


def test_the_same_file_in_another_project_says_no_more_than_that():
    found = flags(IT, TERMS, (), frozenset({"a"}))
    assert [str(flag.sentence) for flag in found] == ["The same file was already used in another project."]


@pytest.mark.parametrize(("number", "payee"), [
    ("2026-17", "Farbenhaus Muster"), ("2026 -17", "FARBENHAUS  muster"), (" 2026-17", "farbenhausmuster")])
def test_the_same_number_of_the_same_payee_stands_out(number, payee):
    assert keys(others=[replace(OTHER, number=number, payee=payee)]) == ["same_number"]


def test_the_same_number_of_another_payee_does_not():
    assert keys(others=[replace(OTHER, number=IT.number)]) == []


def test_no_number_is_no_same_number():
    assert keys(replace(IT, number=""), others=[replace(OTHER, number="", payee=IT.payee)]) == []


def test_same_payee_day_and_amount_without_a_number_look_alike():
    assert keys(replace(IT, number=""), others=[replace(IT, id=2, files=frozenset())]) == ["looks_alike"]
    assert keys(others=[replace(IT, id=2, number="2026-18", files=frozenset())]) == []


def test_a_receipt_from_before_the_award_stands_out():
    assert keys(replace(IT, paid_on=date(2026, 5, 3))) == ["too_early"]
    assert keys(replace(IT, paid_on=date(2026, 5, 4))) == []


def test_a_contract_from_before_the_award_stands_out_though_paid_later():
    assert keys(replace(IT, contracted_on=date(2026, 5, 3))) == ["too_early"]


def test_an_agreed_early_start_allows_it():
    terms = replace(TERMS, early_from=date(2026, 4, 1))
    assert keys(replace(IT, contracted_on=date(2026, 4, 1)), terms) == []
    assert keys(replace(IT, contracted_on=date(2026, 3, 31)), terms) == ["too_early"]


@pytest.mark.parametrize("paid_on", [date(2026, 5, 31), date(2026, 11, 1)])
def test_outside_the_project_s_time_stands_out(paid_on):
    terms = replace(TERMS, starts_on=date(2026, 6, 1))
    assert keys(replace(IT, paid_on=paid_on), terms) == ["outside_period"]


def test_above_the_limit_offers_are_missed():
    assert keys(replace(IT, amount=500_00)) == []
    assert keys(replace(IT, amount=500_01)) == ["no_offers"]
    assert keys(replace(IT, amount=500_01, offers=2)) == []


def test_a_reason_why_there_are_no_offers_is_shown():
    flag = flags(replace(IT, amount=500_01, offers_note="Nur eine Bühne in der Stadt."), TERMS)[0]
    assert (flag.key, flag.severity) == ("no_offers_said_why", Severity.NOTE)
    assert "Nur eine Bühne" in str(flag.sentence)


@pytest.mark.parametrize(("spent", "key"), [
    (1000_00, None), (1149_99, None), (1150_00, "line_warning"), (1200_00, "line_warning"), (1200_01, "line_wall")])
def test_a_line_warns_at_fifteen_percent_and_stops_after_twenty(spent, key):
    flag = flag_line(line(1000_00, spent))
    assert (flag.key if flag else None) == key


def test_twenty_point_zero_one_percent_is_too_much():
    assert line(100_000_00, 120_000_00).above == 0
    assert line(100_000_00, 120_010_00).above == 10_00


def test_a_line_of_zero_has_no_room():
    assert flag_line(line(0, 5_00)).key == "line_zero"
    assert acceptable(IT, TERMS, line(0, 100_00)) == 0


def test_small_shifts_do_not_move_the_wall():
    shifted = line(1150_00, 1200_01, decided=1000_00)
    assert (shifted.wall, shifted.above) == (1200_00, 1)
    assert flag_line(line(1150_00, 1150_00, decided=1000_00)) is None


def test_nothing_from_before_the_award_can_be_accepted():
    assert acceptable(replace(IT, contracted_on=date(2026, 5, 3)), TERMS, line(1000_00, 100_00)) == 0


@given(planned=CENTS, spent=CENTS, proved=CENTS, amount=st.integers(1, 10_000_00))
def test_what_is_accepted_never_passes_the_wall(planned, spent, proved, amount):
    use = line(planned, spent, proved=proved)
    can = acceptable(replace(IT, amount=amount), TERMS, use)
    assert 0 <= can <= amount
    assert can == 0 or proved + can <= use.wall


@given(planned=st.integers(1, 10_000_00), spent=CENTS)
def test_the_wall_is_exactly_the_rule(planned, spent):
    assert line(planned, spent).is_walled == ((spent - planned) * 100 > planned * 20)
    assert line(planned, spent).warns == (spent > planned and (spent - planned) * 100 >= planned * 15)


@given(paid_on=DAYS, contracted_on=st.none() | DAYS, notice=DAYS, ahead=st.integers(0, 200))
def test_consent_to_an_early_start_never_forbids_more(paid_on, contracted_on, notice, ahead):
    it, terms = replace(IT, paid_on=paid_on, contracted_on=contracted_on), Terms(notice_on=notice)
    agreed = replace(terms, early_from=notice - timedelta(days=ahead))
    assert ("too_early" in keys(it, agreed)) <= ("too_early" in keys(it, terms))


@given(text=st.text())
def test_comparing_ignores_case_and_spaces(text):
    assert same(f" {text}\t") == same(text)


@given(count=st.integers(0, 4), amount=CENTS.filter(bool))
def test_the_most_important_comes_first(count, amount):
    others = [replace(IT, id=10 + each) for each in range(count)]
    found = [flag.severity for flag in flags(replace(IT, amount=amount), TERMS, others, use=line(100_00, amount))]
    assert found == sorted(found, key=[Severity.SERIOUS, Severity.LOOK, Severity.NOTE].index)
