"""Money beside its own page: on the project, in the round, in the story; and which words it is told in."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.foundation.transaction import transaction
from incubator.journal import record
from incubator.progress import rules_money
from incubator.progress.pages_money import Sums
from incubator.projects.lifecycle import PUBLIC
from tests.progress.purse import POISON, Purse


@pytest.fixture
def project(make):
    return make.project("active", slug="kueche", title="Küche")


@pytest.fixture
def purse(make, project):
    return Purse(make, project, 7_600_00)


def test_the_project_leads_to_its_money_with_the_sums_in_one_line(any_database, visit, purse):
    purse.pay(3_800_00)
    purse.receipt(500_00)
    section = visit().get("/en/projects/kueche").soup.select_one("section[aria-labelledby=money-title]")
    said = " ".join(section.text.split())
    assert "Of €7,600.00 from the city, €3,800.00 were paid; costs of €500.00 are proved." in said
    assert section.select_one("a[href='/en/projects/kueche/money']")


def test_a_round_shows_its_fund_to_the_cent(any_database, visit, make, project, purse):
    purse.pay(3_800_00)
    purse.receipt(500_01)
    gone = make.project("revoked", slug="weg", title="Weg")
    make.award(gone, grant=100_00)
    with transaction():
        gone.round.awarded_cents -= 100_00
    details = visit().get("/en/rounds/runde-1").soup.select_one("details.more")
    facts = " ".join(details.select_one("dl").text.split())
    for amount in ("€40,000.00", "€7,600.00", "€3,800.00", "€500.01", "€32,400.00"):
        assert amount in facts
    rows = {row.th.a.text: row for row in details.select("tbody tr")}
    assert "€3,800.00" in rows["Küche"].text and "€0.00" in rows["Weg"].td.text
    assert rows["Küche"].a["href"] == "/en/projects/kueche/money"


def test_the_round_says_nothing_of_projects_the_public_does_not_know(visit, make, purse):
    make.award(make.project("budget_approved", title=POISON), grant=100_00)
    assert POISON not in visit().get("/de/rounds/runde-1").text


def test_the_story_tells_what_was_paid_and_changed(any_database, visit, make, project, purse):
    by = purse.by
    with transaction():
        record("payment.paid", by, project, number=1, amount_cents=3_800_00, paid_on=date(2026, 2, 20))
        record("change.noted", by, project, kind="shift", number=2)
        record("change.approved", by, project, kind="period", until=date(2026, 12, 31))
        record("change.approved", by, project, kind="budget")
        record("change.refused", by, project, kind="budget")
        record("receipt.cut", by, project, amount_cents=120_00)
        record("funds_request.refused", by, project, amount_cents=120_00)
    story = visit().get("/en/projects/kueche/history").soup.select("main .news li")
    told = [each.get_text(" ", strip=True) for each in story]
    assert told[0].endswith("The city paid €3,800.00.")
    assert len(told) == 4 and "until Dec 31, 2026." in told[2]
    assert "between lines" in told[1] and told[3].endswith("The city agreed to a changed budget.")


@pytest.mark.parametrize("action", ["receipt.entered", "receipt.cut", "funds_request.asked", "bank.changed",
                                    "change.asked", "change.refused", "deputy.named", "report.signed"])
def test_what_is_between_the_team_and_the_office_is_not_told(action):
    assert rules_money.event(action, {"amount_cents": 1, "kind": "budget"}) is None


cents = st.integers(0, 10**9)


@given(st.builds(Sums, awarded=cents, paid=cents, proved=cents, checking=cents, returned=cents),
       st.sampled_from(sorted(PUBLIC)), st.integers(0, 40))
def test_a_small_count_is_never_told(sums, status, receipts):
    told = rules_money.story(sums, status, pays_out=True, asks_receipts=True, receipts=receipts)
    words = " ".join(str(each) for each in told).split()
    if 0 < receipts < rules_money.SMALLEST_COUNT:
        assert str(receipts) not in words and rules_money.counted(receipts) in told


@given(st.builds(Sums, awarded=cents, paid=cents, proved=cents, checking=cents, returned=cents),
       st.sampled_from(sorted(PUBLIC)))
def test_what_a_round_does_not_ask_for_is_not_told(sums, status):
    told = " ".join(str(each) for each in rules_money.story(sums, status, pays_out=False, asks_receipts=False))
    assert "paid." not in told and "receipts" not in told
