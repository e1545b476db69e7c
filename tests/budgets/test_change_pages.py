"""The pages about changes, as a lead, a mentor and the coordination walk through them."""


import pytest

from incubator.budgets import queries, queries_change
from incubator.budgets.models_change import ChangeState
from incubator.foundation.transaction import transaction
from incubator.journal.queries import of_project
from tests.budgets.changes import budget, changeable, ways


@pytest.fixture
def project(make):
    return changeable(make)


@pytest.fixture
def lead(visit, project):
    return visit(project.leads[0])


def changed(project, fees, material, **more):
    return {"lines-0-amount": fees, "lines-1-amount": material, "reason": "Mehr Honorar.", **more}


def send(lead, project, fees, material):
    """Type, look at what it means, and send: two steps, without JavaScript."""
    path = budget(project, "/shift")
    first = lead.fill(path, **changed(project, fees, material))
    form = first.soup.select_one("form[data-sums]")
    typed = {each["name"]: each.get("value", "") for each in form.select("input[name]")}
    typed["reason"] = form.select_one("textarea").text.strip()
    return first, typed, lambda: lead.post(path, typed)


def last_change(project):
    return queries_change.changes(project.id)[0]


def test_a_small_shift_is_said_to_be_noted_before_it_is(lead, project):
    first, _typed, go_on = send(lead, project, "1.200,00", "3.245,00")
    assert first.status == 200
    assert first.soup.select("input[name=seen][value=noted]")
    assert queries_change.changes(project.id) == []
    assert go_on().status == 303
    assert last_change(project).state is ChangeState.NOTED


def test_a_large_shift_is_said_to_need_the_mentor_before_it_is_sent(lead, project):
    first, _typed, go_on = send(lead, project, "1.200,01", "3.244,99")
    assert first.soup.select("input[name=seen][value=asked]")
    assert go_on().location.endswith(f"/desk/changes/{last_change(project).id}")
    assert last_change(project).state is ChangeState.ASKED


def test_who_types_something_else_after_the_answer_is_told_anew(lead, project):
    _first, typed, _go_on = send(lead, project, "1.200,00", "3.245,00")
    answer = lead.post(budget(project, "/shift"), typed | changed(project, "1.500,00", "2.945,00"))
    assert answer.soup.select("input[name=seen][value=asked]")
    assert queries_change.changes(project.id) == []


def test_the_same_form_twice_acts_once(lead, project):
    _first, _typed, go_on = send(lead, project, "1.200,00", "3.245,00")
    assert [go_on().status, go_on().status] == [303, 303]
    assert len(queries_change.changes(project.id)) == 1
    assert len(of_project(project.id, ["change.noted"])) == 1


def test_sums_that_do_not_fit_are_refused_and_everything_typed_stays(lead, project):
    answer = lead.fill(budget(project, "/shift"), **changed(project, "1.200,00", "3.445,00"))
    assert answer.status == 422
    assert answer.soup.select_one("[name=lines-0-amount]")["value"] == "1.200,00"
    assert answer.soup.select_one("[name=reason]").text.strip() == "Mehr Honorar."


def test_an_amount_that_cannot_be_read_is_refused_beside_its_field(lead, project):
    answer = lead.fill(budget(project, "/shift"), **changed(project, "viel", "3.445,00"))
    assert answer.status == 422
    assert answer.soup.select_one("#lines-0-amount-error")


def test_a_form_of_strange_lines_breaks_nothing(lead, project):
    strange = ({"lines-0-line_id": "x", "lines-0-amount": "1,00"}, {"lines-7-amount": "9,00"}, {"lines-0-line_id": ""})
    for sent in strange:
        answer = lead.post(budget(project, "/shift"), {"version": 100_001, "reason": "So.", "seen": "noted"} | sent)
        assert answer.status == 422
    assert queries_change.changes(project.id) == []


def test_the_budget_page_offers_the_ways_to_the_lead_alone(lead, visit, project):
    offered = ways(lead.get(budget(project)))
    assert {"shift", "time"} <= offered
    assert not {"shift", "time"} & ways(visit(project.mentors[0]).get(budget(project)))


def test_a_round_without_requests_shows_only_the_shift(lead, project):
    with transaction():
        project.round.asks_changes = False
    offered = ways(lead.get(budget(project)))
    assert "shift" in offered
    assert "time" not in offered
    for tail in ("time", "budget", "early-start"):
        assert lead.get(f"/de/desk/projects/{project.id}/changes/{tail}").status == 404


def test_the_mentor_sees_both_versions_side_by_side_and_agrees(lead, visit, project):
    send(lead, project, "1.500,00", "2.945,00")[2]()
    change = last_change(project)
    mentor, path = visit(project.mentors[0]), f"/de/desk/changes/{change.id}/review"
    page = mentor.get(path)
    row = page.soup.select_one("tbody tr")
    cells = [" ".join(cell.text.split()) for cell in row.select("td")]
    assert cells == ["1.000,00 €", "1.500,00 €", "+500,00 € (+50,00 %)"]
    assert row.select_one(".badge").text.strip()
    assert mentor.fill(path, form="form[action$='/review']", no_conflict=True).status == 303
    assert change.state is ChangeState.APPROVED
    assert not mentor.get(path).soup.select("form[action$='/review']")


def test_agreeing_twice_with_the_same_form_counts_once(lead, visit, project):
    send(lead, project, "1.500,00", "2.945,00")[2]()
    change = last_change(project)
    mentor, path = visit(project.mentors[0]), f"/de/desk/changes/{change.id}/review"
    sent = {"plan_hash": change.new_plan.content_hash, "no_conflict": True, "form_key": "k" * 20}
    assert [mentor.post(path, sent).status, mentor.post(path, sent).status] == [303, 303]
    assert len(queries.approvals(change.new_plan)) == 1


def test_a_mentor_with_a_conflict_says_so_and_learns_who_can_do_it(make, lead, visit, project):
    send(lead, project, "1.500,00", "2.945,00")[2]()
    other = make.person("mentor", name="Olga Other")
    mentor, path = visit(project.mentors[0]), f"/de/desk/changes/{last_change(project).id}/review"
    way = mentor.get(path).soup.select_one("a[href*='/conflict']")["href"]
    assert mentor.fill(way).status == 303
    assert other.name in mentor.get(way).text
    assert not mentor.get(path).soup.select("form[action$='/review']")
    assert visit(other).get(path).soup.select("form[action$='/review']")


def test_a_refusal_without_reason_opens_its_part_of_the_page(lead, visit, project):
    send(lead, project, "1.500,00", "2.945,00")[2]()
    mentor, path = visit(project.mentors[0]), f"/de/desk/changes/{last_change(project).id}/review"
    refused = mentor.fill(path, form="form[action$='/refusal']")
    assert refused.status == 422
    assert refused.soup.select_one("details[open] #reason-error")
    assert mentor.fill(path, form="form[action$='/refusal']", reason="Zu viel.").status == 303
    assert "Zu viel." in lead.get(f"/de/desk/changes/{last_change(project).id}").text


def test_the_lead_takes_a_request_back(lead, project):
    send(lead, project, "1.500,00", "2.945,00")[2]()
    path = f"/de/desk/changes/{last_change(project).id}"
    assert lead.fill(path, form="form[action$='/withdrawal']").status == 303
    assert last_change(project).state is ChangeState.WITHDRAWN
    assert not lead.get(path).soup.select("form[action$='/withdrawal']")


def test_a_waiting_change_shows_the_way_to_it_instead_of_another_form(lead, project):
    send(lead, project, "1.500,00", "2.945,00")[2]()
    page = lead.get(budget(project, "/shift"))
    assert not page.soup.select("form[data-sums]")
    assert str(last_change(project).id) in ways(page)
