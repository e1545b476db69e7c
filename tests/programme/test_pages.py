"""The office's pages for rounds."""

import pytest

from incubator.foundation.transaction import transaction
from incubator.programme import operations, queries


def test_an_empty_city_is_led_to_its_first_round(make, visit):
    page = visit(make.person("coordinator")).get("/en/desk/rounds")
    assert "first round" in page.text
    assert page.soup.select_one("main a[href='/en/desk/rounds/add']")


def test_a_name_is_enough_to_begin(make, visit):
    visitor = visit(make.person("coordinator"))
    answer = visitor.fill("/de/desk/rounds/add", name="Runde 2027")
    assert answer.status == 303
    assert queries.rounds()[0].fund_cents == 40_000_00
    assert "Runde 2027" in visitor.follow(answer).text


def test_the_rules_stay_folded_until_something_in_them_is_wrong(make, visit):
    visitor = visit(make.person("coordinator"))
    assert not visitor.get("/de/desk/rounds/add").soup.select("details[open] #instalments_pct")
    answer = visitor.fill("/de/desk/rounds/add", name="R", instalments_pct="50, 40")
    assert answer.status == 422
    assert answer.soup.select("details[open] #instalments_pct")
    assert "90" in answer.soup.select_one("#instalments_pct-error").text


@pytest.mark.parametrize(
    ("field", "value"),
    [("reserve_cents", "50.000,00"), ("grant_max_cents", "1,00"), ("min_own_share_pct", "101"),
     ("instalments_pct", "abc"), ("instalments_pct", ""), ("instalments_pct", "50,,50"),
     ("fund_cents", "viel"), ("period_until", "2026-13-01"),
     ("mentor_max_projects", "0"), ("return_due_days", "999999999999999999999"),
     ("volunteer_rate_cents", "1.000,01")],
)
def test_what_is_wrong_stands_beside_its_field(make, visit, field, value):
    answer = visit(make.person("coordinator")).fill("/de/desk/rounds/add", name="Runde", **{field: value})
    assert answer.status == 422
    assert answer.soup.select_one(f"#{field}-error")
    assert not queries.rounds()


def test_dates_out_of_order_are_said_beside_the_later_one(make, visit):
    answer = visit(make.person("coordinator")).fill(
        "/en/desk/rounds/add", name="Runde", period_from="2026-05-01", period_until="2026-04-01"
    )
    assert "Projects from" in answer.soup.select_one("#period_until-error").text


def test_a_draft_says_what_is_missing_and_opens_when_complete(make, visit):
    visitor = visit(make.person("coordinator"))
    shown = visitor.follow(visitor.fill("/en/desk/rounds/add", name="Round"))
    assert "until when proposals" in shown.text
    round = queries.rounds()[0]
    visitor.fill(f"/en/desk/rounds/{round.id}/edit", proposals_until="2026-04-01", period_from="2026-05-01",
                 period_until="2026-10-31")
    assert visitor.fill(f"/en/desk/rounds/{round.id}/open").status == 303
    assert queries.rounds()[0].state == "open"
    assert visitor.fill(f"/en/desk/rounds/{round.id}/open").status == 422
    assert visitor.fill(f"/en/desk/rounds/{round.id}/close").status == 303
    assert visitor.fill(f"/en/desk/rounds/{round.id}/archive").status == 303


def test_what_a_round_does_with_milestones_and_news_is_asked_in_days_and_boxes(make, visit):
    round, visitor = make.round(state="draft"), visit(make.person("coordinator"))
    assert "never" in visitor.get(f"/en/desk/rounds/{round.id}").soup.main.text
    answer = visitor.fill(
        f"/en/desk/rounds/{round.id}/edit", milestone_remind_before="3, 14", milestone_remind_after="2",
        lateness_public_after_days="10", reviews_news=True, takes_questions=None,
    )
    assert answer.status == 303
    round = queries.round_(round.id)
    assert (round.milestone_reminder_days, round.lateness_public_after_days) == ([14, 3, -2], 10)
    assert (round.reviews_news, round.takes_questions) == (True, False)


def test_facts_are_added_shown_and_removed(make, visit):
    round, visitor = make.round(), visit(make.person("coordinator"))
    path = f"/de/desk/rounds/{round.id}/facts/add"
    answer = visitor.fill(path, text="Der Rat beschließt.", source="Vorlage 12", on="2019-03-12")
    assert "Vorlage 12" in visitor.follow(answer).text
    fact = queries.facts(round.id)[0]
    assert visitor.fill(f"/de/desk/facts/{fact.id}/remove").status == 303
    assert queries.facts(round.id) == []


def test_a_fact_without_a_source_is_refused(make, visit):
    round = make.round()
    answer = visit(make.person("coordinator")).fill(f"/de/desk/rounds/{round.id}/facts/add", text="Man sagt.")
    assert answer.status == 422
    assert answer.soup.select_one("#source-error")


def test_districts_and_themes_stand_in_a_table(make, visit):
    with transaction():
        operations.set_up()
    page = visit(make.person("coordinator")).get("/ar/desk/districts")
    assert len(page.soup.select("tbody tr")) == 23
    assert "السكن والجيرة" in page.text


def test_an_empty_database_says_how_to_get_the_lists(make, visit):
    assert "flask programme set-up" in visit(make.person("coordinator")).get("/en/desk/districts").text


@pytest.mark.parametrize("role", ["lead", "mentor", "auditor"])
def test_rounds_belong_to_the_office(make, visit, role):
    round, visitor = make.round(), visit(make.person(role))
    for path in ("/de/desk/rounds", "/de/desk/rounds/add", f"/de/desk/rounds/{round.id}", "/de/desk/districts"):
        assert visitor.get(path).status == 403


@pytest.mark.parametrize("language", ["de", "en", "ar"])
def test_every_page_is_drawn_in_every_language(make, visit, language):
    round, visitor = make.round(state="draft", rule_source="Richtlinie"), visit(make.person("coordinator"))
    for path in ("rounds", "rounds/add", f"rounds/{round.id}", f"rounds/{round.id}/edit", f"rounds/{round.id}/open",
                 f"rounds/{round.id}/facts/add"):
        assert visitor.get(f"/{language}/desk/{path}").status == 200


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", "%(name)s {0} {{ 7*7 }}", "'\"><b>"])
def test_hostile_text_stays_text(make, visit, text):
    visitor = visit(make.person("coordinator"))
    shown = visitor.follow(visitor.fill("/de/desk/rounds/add", name=text, summary=text, rule_source=text))
    assert shown.soup.find("h1").get_text(strip=True) == text
    assert not shown.soup.select("main img, main b")
    round = queries.rounds()[0]
    answer = visitor.fill(f"/de/desk/rounds/{round.id}/facts/add", text=text, source=text)
    assert text in visitor.follow(answer).soup.find("main").get_text()


def test_a_round_costs_few_statements(make, visit, queries):
    round, visitor = make.round(), visit(make.person("coordinator"))
    with queries(at_most=8):
        visitor.get(f"/de/desk/rounds/{round.id}")
