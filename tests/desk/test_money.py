"""Money on the desk, from real rows."""

from datetime import date, timedelta

import pytest

from incubator.budgets.models_change import Change, ChangeKind
from incubator.foundation import clock
from incubator.foundation.transaction import transaction
from incubator.organisations.models import Affiliation, AffiliationRole
from incubator.payments import queries as payments
from incubator.payments.models import EntryKind
from incubator.payments.models_receipts import Receipt, ReceiptState
from incubator.payments.models_requests import BankAccount, FundsRequest, RequestState
from incubator.payments.operations_ledger import account_of, post
from incubator.projects.models import ConflictDeclaration, Part, Participation
from tests.desk.test_desk import addresses, approve, desk, to


@pytest.fixture
def active(make):
    """A project under way with its award, which is final."""
    project = make.project("active")
    make.award(project, grant=4_000_00, by=make.person("administrator"))
    make.milestone(project, due_on=date(2026, 9, 1))
    make.session(project, project.mentors[0])
    return project


def ask(make, project, **fields):
    defaults = {"project_id": project.id, "number": make._next("request"), "amount_cents": 2_000_00,
                "purpose": "Erste Rate", "needed_by": date(2026, 3, 30), "asked_by_id": project.leads[0].id,
                "asked_at": clock.now()}
    return make._keep(FundsRequest(**(defaults | fields)))


def pay(make, project, cents, on):
    by = make.person("coordinator")
    request = ask(make, project, amount_cents=cents, state=RequestState.PAID, factual_by_id=project.mentors[0].id,
                  arithmetic_by_id=by.id, paid_on=on, reference="1")
    with transaction():
        account_of(project)
        post(project, EntryKind.PAID, cents, by, on=on, request_id=request.id, reference="1")


def receipt(make, project, state, **fields):
    line = project_line(project)
    defaults = {"project_id": project.id, "line_id": line, "number": "1", "paid_on": date(2026, 2, 20),
                "payee": "Laden", "reason": "Herd", "amount_cents": 100_00, "state": ReceiptState(state),
                "note": "Wofür?", "entered_by_id": project.leads[0].id, "entered_at": clock.now()}
    return make._keep(Receipt(**(defaults | fields)))


def project_line(project):
    plan = payments.plan_in_force(project.id)
    return plan.costs[0].root_id


def test_a_lead_is_told_what_can_be_asked_for(any_database, visit, make, active):
    assert addresses(desk(visit, active.leads[0])) == [to("payments.ask", project_id=active.id)]
    pay(make, active, 2_000_00, date(2026, 2, 25))
    assert addresses(desk(visit, active.leads[0])) == []


def test_an_overdue_report_of_the_same_carrier_stops_the_asking(any_database, visit, make, active):
    make.project("reporting", carrier=active.carrier, report_due_on=date(2026, 2, 1))
    assert addresses(desk(visit, active.leads[0])) == []


def test_a_lead_finds_questions_and_is_reminded_of_receipts(any_database, visit, make, active):
    pay(make, active, 2_000_00, date(2026, 1, 25))
    assert addresses(desk(visit, active.leads[0])) == [to("payments.enter_receipt", project_id=active.id)]
    asked = receipt(make, active, "asked_back")
    assert addresses(desk(visit, active.leads[0])) == [to("payments.receipt", receipt_id=asked.id)]


def test_a_mentor_finds_receipts_and_requests(any_database, visit, make, active):
    for _ in range(2):
        receipt(make, active, "entered")
    request = ask(make, active)
    answer = desk(visit, active.mentors[0], "en")
    assert len(addresses(answer)) == 2 and "Check 2 receipts" in answer.text
    assert f"/en/desk/requests/{request.id}" in addresses(answer)


def test_a_deputy_finds_what_a_mentor_would(any_database, visit, make, active):
    deputy = make.person("mentor")
    make._keep(Participation(project_id=active.id, person_id=deputy.id, kind=Part.DEPUTY, since=clock.today()))
    receipt(make, active, "entered")
    assert addresses(desk(visit, deputy)) == [to("payments.check", project_id=active.id)]


def test_the_coordinator_confirms_then_pays_and_asks_for_a_missing_account(any_database, visit, make, active):
    petra = make.person("coordinator")
    request = ask(make, active)
    assert addresses(desk(visit, petra)) == [to("payments.confirm", request_id=request.id)]
    with transaction():
        request.factual_by_id, request.arithmetic_by_id = active.mentors[0].id, petra.id
        request.state = RequestState.CONFIRMED
    assert addresses(desk(visit, petra)) == [to("payments.bank", organisation_id=active.carrier_id)]
    make._keep(BankAccount(organisation_id=active.carrier_id, secret=b"x", iban_end="4711", changed_by_id=petra.id,
                           changed_at=clock.now()))
    assert addresses(desk(visit, petra)) == [to("payments.office")]


def test_more_time_waits_for_the_coordinator(any_database, visit, make, active):
    change = make._keep(Change(
        project_id=active.id, kind=ChangeKind.PERIOD, old_until=date(2026, 12, 31), new_until=date(2027, 1, 31),
        reason="Der Raum war zu.", asked_by_id=active.leads[0].id, asked_at=clock.now()))
    assert addresses(desk(visit, make.person("coordinator"))) == [to("budgets.decide_change", change_id=change.id)]


def waiting_plan(make, project, grant=4_000_00):
    plan = make.plan(project, grant=grant, state="submitted")
    make._keep(Change(project_id=project.id, kind=ChangeKind.BUDGET, plan_id=payments.plan_in_force(project.id).id,
                      new_plan_id=plan.id, reason="Neu", asked_by_id=project.leads[0].id, asked_at=clock.now()))
    return plan


@pytest.mark.parametrize("tie", ["declared", "board", "team"])
def test_where_every_mentor_is_tied_the_coordinator_names_a_deputy(any_database, visit, make, active, tie):
    waiting_plan(make, active)
    petra, mentor = make.person("coordinator"), active.mentors[0]
    assert addresses(desk(visit, petra)) == []
    if tie == "declared":
        make._keep(ConflictDeclaration(project_id=active.id, person_id=mentor.id, act="approve_change",
                                       has_conflict=True, declared_at=clock.now()))
    elif tie == "board":
        make._keep(Affiliation(person_id=mentor.id, organisation_id=active.carrier_id, role=AffiliationRole.BOARD))
    else:
        make._keep(Participation(project_id=active.id, person_id=mentor.id, kind=Part.MEMBER, since=clock.today()))
    assert addresses(desk(visit, petra)) == [to("budgets.name_deputy", project_id=active.id)]


def test_somebody_free_is_enough(any_database, visit, make, active):
    waiting_plan(make, active)
    make._keep(ConflictDeclaration(project_id=active.id, person_id=active.mentors[0].id, act="approve_change",
                                   has_conflict=True, declared_at=clock.now()))
    make._keep(Participation(project_id=active.id, person_id=make.person("administrator").id, kind=Part.DEPUTY,
                             since=clock.today()))
    assert addresses(desk(visit, make.person("coordinator"))) == []


def test_a_request_needs_two_free_people(any_database, visit, make, active):
    petra, mentor = make.person("coordinator"), active.mentors[0]
    ask(make, active)
    assert to("budgets.name_deputy", project_id=active.id) not in addresses(desk(visit, petra))
    make._keep(ConflictDeclaration(project_id=active.id, person_id=mentor.id, act="confirm_funds", has_conflict=True,
                                   declared_at=clock.now()))
    assert to("budgets.name_deputy", project_id=active.id) in addresses(desk(visit, petra))


def test_the_board_shows_what_was_paid(any_database, visit, make, active):
    pay(make, active, 2_000_01, clock.today() - timedelta(days=3))
    soup = visit(make.person("coordinator")).get(f"/de/desk/board/{active.round_id}").soup
    assert "2.000,01" in soup.select_one("tbody").text and "2.000,01" in soup.select_one(".figures").text


def test_a_round_that_pays_nothing_out_shows_no_payments(visit, make):
    make.project("active", round=(round := make.round(pays_out=False)))
    answer = visit(make.person("coordinator")).get(f"/en/desk/board/{round.id}")
    assert "Paid out" not in answer.text


def test_more_money_needs_no_more_queries(any_database, visit, make, active, queries):
    petra = make.person("coordinator", "mentor")
    ask(make, active)
    guest = visit(petra)
    with queries() as before:
        guest.get("/de/desk/")
    for _ in range(3):
        ask(make, active)
        receipt(make, active, "entered")
        other = make.project("active", mentor=petra)
        make.award(other)
        ask(make, other)
    with queries() as after:
        guest.get("/de/desk/")
    assert len(after) == len(before)


def everything(make, project, petra):
    """Let something of every kind wait on one project that runs and one that is at its end."""
    receipt(make, project, "entered")
    receipt(make, project, "asked_back")
    pay(make, project, 1_000_00, date(2026, 1, 20))
    ask(make, project, amount_cents=100_00)
    ready = ask(make, project, amount_cents=100_00, state=RequestState.CONFIRMED, needed_by=date(2026, 2, 1),
                factual_by_id=project.mentors[0].id, arithmetic_by_id=make.person("coordinator").id)
    make._keep(Change(
        project_id=project.id, kind=ChangeKind.PERIOD, old_until=date(2026, 12, 31), new_until=date(2027, 1, 31),
        reason="Der Raum war zu.", asked_by_id=project.leads[0].id, asked_at=clock.now()))
    waiting_plan(make, project)
    for status in ("reporting", "report_submitted", "recovery"):
        make.award(make.project(status, lead=project.leads[0], mentor=project.mentors[0]), by=petra)
    return ready


def test_every_button_about_money_opens(visit, make, active):
    petra = make.person("coordinator")
    everything(make, active, petra)
    seen = set()
    for person in (active.leads[0], active.mentors[0], petra):
        guest = visit(person)
        for link in guest.get("/en/desk/").soup.select(".task__title"):
            answer = guest.get(link["href"])
            assert answer.status == 200, link["href"]
            seen.add(link.get_text(" ", strip=True).partition(":")[0])
    assert len(seen) >= 11, seen


def test_a_second_mentor_from_elsewhere_opens_the_change(any_database, visit, make):
    project = make.project("active")
    make.award(project, grant=7_600_00)
    plan = waiting_plan(make, project, grant=7_600_00)
    guest = visit(make.person("mentor"))
    assert addresses(guest.get("/de/desk/")) == []
    approve(plan, project.mentors[0])
    (link,) = addresses(guest.get("/de/desk/"))
    assert guest.get(link).status == 200
