"""The public page about a project's money: sums for everybody, and nothing about who was paid."""

from datetime import date

import pytest

from incubator.budgets.models import CostKind, CostLine, FinancingKind, FinancingLine
from incubator.closing.models import Recovery, RecoveryState
from incubator.foundation import clock
from incubator.foundation.transaction import transaction
from incubator.payments.models import EntryKind
from incubator.payments.models_requests import BankAccount
from incubator.payments.operations_ledger import account_of, correct
from incubator.projects.lifecycle import PUBLIC, Status
from tests.progress.purse import POISON, Purse


@pytest.fixture
def project(make):
    return make.project("active", slug="kueche", title="Küche")


@pytest.fixture
def purse(make, project):
    return Purse(make, project, 7_600_00)


def page(visit, language="en"):
    answer = visit().get(f"/{language}/projects/kueche/money")
    assert answer.status == 200
    return answer.soup.main


def text(visit, language="en"):
    return " ".join(page(visit, language).text.split())


def test_the_money_is_told_in_plain_sentences(any_database, visit, purse):
    purse.pay(6_840_00)
    purse.receipt(1_000_00)
    purse.receipt(200_00, "entered")
    story = page(visit).select_one(".lead").text
    assert story == (
        "The city awarded €7,600.00. €6,840.00 were paid. Costs of €1,000.00 are proved by receipts that the city "
        "checked. "
        "Fewer than five receipts were checked. Receipts for €200.00 more were entered; "
        "the city is still checking them."
    )


def test_before_anything_was_paid_the_page_says_how_it_goes_on(any_database, visit, purse):
    main = page(visit)
    assert "Nothing has been paid yet." in main.text and main.select_one(".notice")


def test_each_kind_of_cost_has_its_sums(any_database, visit, purse):
    purse.receipt(900_00, "cut", accepted=780_00)
    fees = page(visit).select(".bars tbody tr")[0]
    assert [cell.text.strip() for cell in fees.select("td")] == ["€3,800.00", "€780.00"]
    assert fees.select_one("svg")["aria-hidden"] == "true"


def test_a_changed_plan_stands_beside_the_one_the_city_decided_on(any_database, visit, make, project, purse):
    first, second = purse.award.plan, make.plan(project, grant=7_600_00, state="approved")
    with transaction():
        for old, new in zip(first.costs, second.costs, strict=True):
            new.origin_id = old.id
        second.costs[0].amount_cents -= 100_00
        second.costs[1].amount_cents += 100_00
    fees = page(visit).select(".bars tbody tr")[0]
    assert [cell.text for cell in fees.select("td")] == ["€3,800.00", "€3,700.00", "€0.00"]
    assert "The plan was changed" in text(visit)


def test_a_change_that_waits_is_not_told(any_database, visit, make, project, purse):
    make.plan(project, grant=1_234_56, state="submitted")
    assert "1,234.56" not in text(visit) and "The plan was changed" not in text(visit)


def test_volunteer_time_is_never_said_to_be_unproved(visit, make, project, purse):
    with transaction():
        purse.award.plan.costs.append(CostLine(kind=CostKind.VOLUNTEER_TIME, amount_cents=900_00, hours=60, position=5))
    row = next(row for row in page(visit).select("tbody tr") if "Volunteer time" in row.text)
    assert row.select("td")[-1].text.strip() == "–"


def test_things_lent_are_shown_but_not_added_up(visit, purse):
    with transaction():
        plan = purse.award.plan
        plan.financing.append(FinancingLine(kind=FinancingKind.IN_KIND, amount_cents=5_000_00, position=9))
    table = page(visit).find("h2", string="Who pays for it").parent
    assert "€5,000.00" in table.text and "€8,444.45" in table.tfoot.text


def test_payments_stand_there_with_their_days(any_database, visit, purse):
    purse.pay(3_800_00, on=date(2026, 2, 20))
    purse.move(EntryKind.RETURNED, 120_00, on=date(2026, 2, 25))
    rows = page(visit).find("h2", string="What was paid when").parent.select("tbody tr")
    assert [row.th.time["datetime"] for row in rows] == ["2026-02-20", "2026-02-25"]
    assert "3,800.00" in rows[0].text and "120.00" in rows[1].text


def test_a_payment_that_was_corrected_is_as_if_it_never_was(any_database, visit, project, purse):
    wrong = purse.pay(3_800_00)
    with transaction():
        account_of(project)
        correct(wrong, project, purse.by, on=date(2026, 2, 23))
    assert "Nothing has been paid yet." in text(visit)
    assert not page(visit).find("h2", string="What was paid when")


def test_pledges_stand_beside_the_citys_money_with_how_they_were_valued(any_database, visit, make, project, purse):
    make.pledge(project, kind="money", quantity=1, unit="", value_cents=400_00, state="confirmed")
    make.pledge(project, value_cents=1_200_00, valued_how="12 evenings at 100 euros", state="fulfilled")
    make.pledge(project, description="Garden", state="confirmed")
    make.pledge(project, description=POISON, value_cents=5_00, state="offered")
    main = text(visit)
    assert "€400.00 in money" in main and "worth €1,200.00" in main
    assert "12 evenings at 100 euros" in main and "not valued" in main and POISON not in main


@pytest.mark.parametrize(("status", "said"), [
    ("suspended", "The work is paused."), ("revoked", "Later it took its award back."),
    ("completed", "The project is complete."),
])
def test_what_became_of_the_project_is_said_plainly(visit, make, status, said):
    Purse(make, make.project(status, slug="kueche"), 5_000_00)
    assert said in page(visit).select_one(".lead").text


@pytest.mark.parametrize(("state", "said"), [
    ("asked", "€120.00 must still go back to the city."), ("waived", "The city does not ask for them"),
])
def test_money_that_must_go_back_is_said_plainly(any_database, visit, make, state, said):
    project = make.project("recovery", slug="kueche")
    Purse(make, project, 5_000_00).pay(5_000_00)
    make._keep(Recovery(project_id=project.id, amount_cents=120_00, due_on=date(2026, 5, 1), reason=POISON,
                        state=RecoveryState(state), settled_on=None if state == "asked" else date(2026, 3, 1)))
    assert said in page(visit).select_one(".lead").text


def test_a_round_that_does_not_pay_out_says_nothing_of_payments(visit, make):
    round = make.round(pays_out=False, asks_receipts=False)
    Purse(make, make.project("active", slug="kueche", round=round), 5_000_00)
    main = text(visit)
    for hidden in ("paid", "Paid out", "Proved", "receipts have"):
        assert hidden not in main
    assert "€5,000.00" in main


def test_without_an_amount_the_page_is_friendly(visit, make):
    make.project("awarded", slug="kueche")
    assert page(visit).select_one(".empty")


@pytest.mark.parametrize("status", sorted(set(Status) - PUBLIC))
def test_the_money_of_an_unpublished_project_is_nowhere(visit, make, status):
    make.project(status, slug="kueche")
    assert visit().get("/de/projects/kueche/money").status == 404


def test_nobody_reads_who_was_paid_or_what_a_receipt_says(any_database, visit, make, project, purse):
    purse.pay(7_000_00)
    for state, accepted in (("accepted", None), ("cut", 20_00), ("asked_back", None), ("entered", None)):
        purse.receipt(100_00, state, accepted)
    make._keep(BankAccount(organisation_id=project.carrier_id, secret=POISON.encode(), iban_end="4711",
                           changed_by_id=purse.by.id, changed_at=clock.now()))
    with transaction():
        purse.line.purpose = POISON
        purse.award.plan.explanation = POISON
    people = [purse.by, *project.leads, *project.mentors]
    for path in ("/", "/projects/", "/projects/kueche/money", "/projects/kueche/history", "/rounds/runde-1"):
        shown = visit().get(f"/de{path}").text
        assert POISON not in shown and "4711" not in shown
        assert not any(person.family_name in shown for person in people)
    shown = visit().get("/de/projects/kueche").text
    assert POISON not in shown and "4711" not in shown


def test_the_page_asks_the_database_little(any_database, visit, make, project, purse, queries):
    for _ in range(6):
        purse.pay(100_00)
        purse.receipt(50_00)
        make.pledge(project, state="confirmed")
    stranger = visit()
    with queries(at_most=8):
        assert stranger.get("/de/projects/kueche/money").status == 200


def test_a_stranger_gets_no_cookie_and_a_cache_must_ask_again(visit, purse):
    answer = visit().get("/de/projects/kueche/money")
    assert "Set-Cookie" not in answer.headers and answer.headers["Cache-Control"] == "no-cache"
    assert answer.soup.main.select_one("a[href='/de/record']")


def test_the_drawing_is_described_and_its_values_are_written(visit, purse):
    purse.pay(3_800_00)
    drawing = page(visit).select_one(".flow svg")
    assert drawing["role"] == "img" and drawing.title.text
    assert "€3,800.00" in drawing.desc.text and "€3,800.00" in page(visit).select_one(".flow dl").text
    assert drawing["aria-labelledby"].split() == [drawing.title["id"], drawing.desc["id"]]


@pytest.mark.parametrize("language", ["de", "en", "ar"])
def test_the_page_stands_in_every_language(visit, purse, language):
    purse.pay(100_00)
    assert len(page(visit, language).find_all("h1")) == 1
