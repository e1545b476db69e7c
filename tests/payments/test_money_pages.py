"""The page of a project's money: what stands there, and the one thing to do next."""

from datetime import date

import pytest

from incubator.foundation.transaction import transaction
from incubator.payments import operations
from tests.payments.stage import Stage, again, set_up_bank


@pytest.fixture
def stage(app, make):
    set_up_bank(app)
    return Stage(make)


def main_actions(answer):
    return [each["href"] for each in answer.soup.select("main a.kern-btn--primary")]


def money(visit, person, stage):
    return visit(person).get(f"/en/desk/projects/{stage.project.id}/money")


def test_a_lead_is_led_to_asking(stage, visit):
    answer = money(visit, stage.lead, stage)
    assert "You can ask for €2,500.00 now." in answer.text
    assert main_actions(answer) == [f"/en/desk/projects/{stage.project.id}/money/ask"]


def test_a_mentor_is_led_to_the_check_and_after_it_to_nothing(stage, visit):
    request = stage.ask(2_500_00)
    assert main_actions(money(visit, stage.mentor, stage)) == [f"/en/desk/requests/{request.id}"]
    stage.confirm(request, stage.mentor, "factual")
    answer = money(visit, stage.mentor, stage)
    assert main_actions(answer) == [] and "is being checked" in answer.text


def test_the_coordination_is_led_to_the_payment(stage, visit):
    request = stage.checked()
    answer = money(visit, stage.other, stage)
    assert main_actions(answer) == [f"/en/desk/requests/{request.id}"] and "can be paid" in answer.text


def test_a_member_sees_what_the_lead_can_do(make, stage, visit):
    member = make.person("lead")
    project = make.project("active", round=stage.round, members=(member,))
    make.award(project)
    answer = visit(member).get(f"/en/desk/projects/{project.id}/money")
    assert "The project lead can ask for" in answer.text and main_actions(answer) == []


def test_what_stands_in_the_way_is_said_in_a_sentence(make, visit):
    stage = Stage(make, "awarded", award_final_on=date(2026, 4, 4))
    answer = money(visit, stage.lead, stage)
    assert "becomes final on Apr 4, 2026" in answer.text.replace("\u202f", " ") or "becomes final on" in answer.text
    assert main_actions(answer) == []
    asked = visit(stage.lead).get(f"/en/desk/projects/{stage.project.id}/money/ask")
    assert "becomes final on" in asked.text and asked.soup.select("main form.form") == []


def test_everything_paid_is_said_too(make, visit):
    stage = Stage(make, round_=make.round(instalments_pct=[100]))
    stage.paid(5_000_00)
    assert "The whole award was paid." in money(visit, stage.lead, stage).text


def test_the_tab_is_there_from_the_award_on_and_only_where_the_round_pays(make, visit):
    tabs = {}
    without = {"pays_out": False, "asks_receipts": False}
    for status, settings in (("mentoring", {}), ("active", {}), ("active", without)):
        project = make.project(status, round=make.round(**settings))
        text = visit(project.leads[0]).get(f"/en/desk/projects/{project.id}").text
        tabs[status, bool(settings)] = f"/projects/{project.id}/money" in text
    assert tabs == {("mentoring", False): False, ("active", False): True, ("active", True): False}


def test_a_project_without_an_award_has_a_friendly_page(make, visit):
    project = make.project("mentoring")
    assert "No money yet" in visit(project.leads[0]).get(f"/en/desk/projects/{project.id}/money").text


def test_a_lead_takes_a_request_back(stage, visit):
    request = stage.ask()
    assert visit(stage.lead).fill(f"/en/desk/requests/{request.id}/withdraw").status == 303
    assert again(request).state == "withdrawn"


def test_money_that_came_back_is_noted(stage, visit):
    stage.paid(1_000_00)
    path = f"/en/desk/projects/{stage.project.id}/money/back"
    wrong = visit(stage.coordinator).fill(path, cents="1,000.01", on="2026-03-01", reference="R-1")
    assert wrong.status == 422 and "No more can come back" in wrong.text
    assert visit(stage.coordinator).fill(path, cents="120.00", on="2026-03-01", reference="R-1").status == 303
    assert "€120.00 came back" in money(visit, stage.lead, stage).text


def test_a_refused_form_is_drawn_again_with_its_words(stage, visit):
    request = stage.checked()
    page = f"/en/desk/requests/{request.id}"
    late = visit(stage.coordinator).post(f"{page}/pay", {"on": "2027-01-01", "reference": "Auszug 17"})
    assert late.status == 422 and "Auszug 17" in late.text and "future" in late.text
    empty = visit(stage.coordinator).post(f"{page}/refuse", {"reason": ""})
    assert empty.status == 422 and empty.soup.select_one("details[open]") is not None


def test_a_payment_noted_by_mistake_is_taken_back_on_its_page(stage, visit):
    request = stage.paid()
    path = f"/en/desk/requests/{request.id}"
    sent = visit(stage.other).fill(path, form="form[action$='/correct']", reason="Falsches Konto")
    assert sent.status == 303 and again(request).state == "confirmed"


def test_a_coordinator_declares_a_conflict_on_the_page(stage, visit):
    request = stage.ask()
    path = f"/en/desk/requests/{request.id}"
    assert visit(stage.other).fill(path, form="form[action$='/conflict']").status == 303
    answer = visit(stage.other).get(path)
    assert "You take no part" in answer.text and answer.soup.select("main form") == []


def test_pages_ask_the_database_a_bounded_number_of_questions(stage, visit, queries):
    for _each in range(4):
        request = stage.ask(100)
    visitors = visit(stage.mentor), visit(stage.coordinator)
    with queries(at_most=60):
        assert visitors[0].get(f"/en/desk/projects/{stage.project.id}/money").status == 200
    with queries(at_most=60):
        assert visitors[1].get(f"/en/desk/requests/{request.id}").status == 200
    with transaction():
        operations.withdraw(request, stage.lead)


@pytest.mark.parametrize(("settings", "missing"), [
    ({"pays_out": False, "asks_receipts": False}, ["money", "money/ask", "money/back"]),
    ({"pays_out": False}, ["money/ask", "money/back"])])
def test_what_the_round_has_switched_off_is_no_page(make, visit, settings, missing):
    stage = Stage(make, round_=make.round(**settings))
    found = {}
    for person, pages in ((stage.lead, ["money", "money/ask"]), (stage.coordinator, ["money/back"])):
        found |= {page: visit(person).get(f"/en/desk/projects/{stage.project.id}/{page}").status for page in pages}
    assert [page for page, status in found.items() if status == 404] == missing


def test_the_office_asks_as_little_for_many_requests_as_for_one(make, visit, queries):
    counted = []
    round_, person = make.round(), make.person("coordinator")
    for more in (1, 5):
        for _each in range(more):
            Stage(make, round_=round_).ask()
        browser = visit(person)
        browser.get("/en/desk/payments")
        with queries() as sent:
            browser.get("/en/desk/payments")
        counted.append(len(sent))
    assert counted[1] == counted[0] <= 16
