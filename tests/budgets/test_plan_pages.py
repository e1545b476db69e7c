"""The pages on which a team plans its budget."""

import pytest

from incubator.budgets import queries
from incubator.budgets.models import CostKind, PlanState
from incubator.projects.lifecycle import Status

TYPED = {
    "version": 0, "costs-0-kind": "fees", "costs-0-purpose": "Kursleitung", "costs-0-amount": "4.500,00",
    "costs-1-kind": "material", "costs-1-purpose": "", "costs-1-amount": "", "volunteer_hours": 40,
    "volunteer_purpose": "Kochen", "grant": "4.000,00", "own_funds": "500,00", "explanation": "Kurz gesagt.",
}


@pytest.fixture
def project(make):
    project = make.project("mentoring")
    make.session(project, project.mentors[0])
    return project


@pytest.fixture
def team(visit, project):
    return visit(project.leads[0])


def edit_page(project):
    return f"/de/desk/projects/{project.id}/budget/edit"


def test_the_first_page_offers_the_usual_kinds_without_amounts(team, project):
    soup = team.get(edit_page(project)).soup
    chosen = [option["value"] for option in soup.select("[data-row] option[selected]")]
    assert chosen[:3] == ["fees", "material", "rent"]
    assert all(not each.get("value") for each in soup.select("[data-cost]"))


def test_nothing_but_the_offered_kinds_saves_an_empty_draft(team, project):
    assert team.fill(edit_page(project)).status == 303
    assert queries.current_plan(project.id).costs == []


def test_what_is_typed_is_saved_and_volunteers_stand_on_both_sides(team, project):
    assert team.post(edit_page(project), TYPED).status == 303
    plan = queries.current_plan(project.id)
    figures = queries.totals(plan)
    assert (figures.costs, figures.financing, figures.volunteer_financing) == (5_100_00, 5_100_00, 600_00)
    assert [line.kind for line in plan.costs] == [CostKind.FEES, CostKind.VOLUNTEER_TIME]


def test_the_form_shows_what_was_saved(team, project):
    team.post(edit_page(project), TYPED)
    soup = team.get(edit_page(project)).soup
    assert soup.select_one("[name=costs-0-amount]")["value"] == "4.500,00"
    assert soup.select_one("[name=volunteer_hours]")["value"] == "40"
    assert soup.select_one("[name=grant]")["value"] == "4.000,00"


def test_saving_the_drawn_form_changes_nothing(team, project):
    team.post(edit_page(project), TYPED)
    before = queries.totals(queries.current_plan(project.id))
    assert team.fill(edit_page(project)).status == 303
    assert queries.totals(queries.current_plan(project.id)) == before


def test_an_unreadable_amount_is_refused_beside_its_field_and_nothing_typed_is_lost(team, project):
    answer = team.post(edit_page(project), TYPED | {"costs-0-amount": "viel", "grant": "4,000.00"})
    assert answer.status == 422
    soup = answer.soup
    assert soup.select_one("#costs-0-amount-error") and soup.select_one("#grant-error")
    assert soup.select_one("[name=costs-0-amount]")["value"] == "viel"
    assert soup.select_one("[name=costs-0-purpose]")["value"] == "Kursleitung"
    assert queries.current_plan(project.id) is None


def test_an_amount_without_a_kind_asks_for_the_kind(team, project):
    answer = team.post(edit_page(project), TYPED | {"costs-0-kind": ""})
    assert answer.status == 422
    assert answer.soup.select_one("#costs-0-kind-error")


def test_a_purpose_without_an_amount_asks_for_the_amount(team, project):
    answer = team.post(edit_page(project), TYPED | {"costs-1-purpose": "Töpfe"})
    assert answer.status == 422
    assert answer.soup.select_one("#costs-1-amount-error")


def test_more_rows_come_without_javascript_and_keep_what_was_typed(team, project):
    answer = team.post(edit_page(project), TYPED | {"add": "costs"})
    assert answer.status == 200
    assert len(answer.soup.select("[data-row]")) == 4
    assert answer.soup.select_one("[name=costs-0-amount]")["value"] == "4.500,00"
    assert queries.current_plan(project.id) is None


def test_a_draft_that_breaks_rules_is_saved_and_the_page_says_what_is_wrong(team, project):
    answer = team.follow(team.post(edit_page(project), TYPED | {"grant": "3.900,00"}))
    assert "100,00" in answer.text
    assert not answer.soup.select("form[action$='/budget/submit']")


def test_a_complete_budget_can_be_submitted_from_its_page(team, project):
    team.post(edit_page(project), TYPED)
    sent = team.fill(f"/de/desk/projects/{project.id}/budget", form="form[action$='/budget/submit']")
    assert sent.status == 303
    assert project.status is Status.BUDGET_REVIEW


def test_what_is_missing_is_named_with_a_link_to_where_it_is_mended(make, visit):
    project = make.project("mentoring", carrier_agreed_on=None)
    make.plan(project)
    soup = visit(project.leads[0]).get(f"/de/desk/projects/{project.id}/budget").soup
    links = {link["href"] for link in soup.select("section[aria-labelledby=next-title] li a")}
    assert len(links) == 2


def test_a_refused_submission_says_why(make, visit):
    project = make.project("mentoring")
    make.plan(project)
    answer = visit(project.leads[0]).post(f"/de/desk/projects/{project.id}/budget/submit")
    assert answer.status == 422
    assert queries.current_plan(project.id).state is PlanState.DRAFT


def test_two_people_at_once_see_both_versions(team, project):
    team.post(edit_page(project), TYPED)
    answer = team.post(edit_page(project), TYPED | {"explanation": "Meine Fassung"})
    assert answer.status == 422
    assert "Kurz gesagt." in answer.text and "Meine Fassung" in answer.text
    assert "4.500,00" in answer.text
    fresh = answer.soup.select_one("[name=version]")["value"]
    assert team.post(edit_page(project), TYPED | {"version": fresh, "explanation": "Beide"}).status == 303


def test_the_returned_reason_stands_on_the_page_until_the_next_submission(make, visit, project):
    make.plan(project, state="returned")
    team = visit(project.leads[0])
    page = f"/de/desk/projects/{project.id}/budget"
    assert "Bitte die Miete begründen." in team.get(page).text
    team.fill(edit_page(project))
    assert "Bitte die Miete begründen." in team.get(page).text


def test_an_empty_budget_leads_to_the_first_page(team, project):
    soup = team.get(f"/de/desk/projects/{project.id}/budget").soup
    assert soup.select_one(".empty a")["href"] == edit_page(project)


@pytest.mark.parametrize("language", ["de", "en", "ar"])
@pytest.mark.parametrize("status", ["draft", "mentoring", "budget_review", "budget_approved", "awarded", "rejected"])
def test_the_budget_page_can_be_read_in_every_status(make, visit, status, language):
    project = make.project(status)
    if status != "draft":
        make.plan(project, state={"mentoring": "draft", "budget_review": "submitted"}.get(status, "approved"))
    assert visit(project.leads[0]).get(f"/{language}/desk/projects/{project.id}/budget").status == 200


def test_strangers_see_no_budget(make, visit, project):
    assert visit(make.person("lead")).get(f"/de/desk/projects/{project.id}/budget").status == 403


def test_a_mentor_does_not_write_the_budget(visit, project):
    assert visit(project.mentors[0]).get(edit_page(project)).status == 403


def test_a_member_writes_but_does_not_submit(make, visit):
    member = make.person("lead")
    project = make.project("mentoring", members=(member,))
    assert visit(member).get(edit_page(project)).status == 200
    assert visit(member).post(f"/de/desk/projects/{project.id}/budget/submit").status == 403


def test_arabic_digits_are_understood(team, project):
    answer = team.post(f"/ar/desk/projects/{project.id}/budget/edit",
                       TYPED | {"costs-0-amount": "٤٬٥٠٠٫٠٠", "grant": "4,000.00", "own_funds": "500.00"})
    assert answer.status == 303
    assert queries.totals(queries.current_plan(project.id)).cash_costs == 4_500_00
