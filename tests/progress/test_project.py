"""One project's public page."""

from datetime import date

import pytest

from incubator.foundation.transaction import transaction
from incubator.journal import record
from incubator.progress import queries_project
from incubator.wording.models import Origin
from incubator.wording.operations import translate


@pytest.fixture
def project(make):
    return make.project("active", title="Mutfak", summary="Birlikte yemek.", language="tr", slug="mutfak")


def page(visit, language="de"):
    return visit().get(f"/{language}/projects/mutfak")


def test_text_in_another_language_says_so(any_database, visit, project):
    soup = page(visit).soup
    assert soup.h1["lang"] == "tr"
    assert "Türkisch" in soup.main.text


def test_a_translation_is_read_where_there_is_one(any_database, visit, project):
    with transaction():
        translate("project", project.id, "title", "de", "Küche", of="Mutfak", origin=Origin.OFFICIAL)
    assert page(visit).soup.h1.text == "Küche"
    assert page(visit, "en").soup.h1.text == "Mutfak"


def test_who_does_it_is_named(any_database, visit, make, project):
    organisation = make.organisation(name="Treffpunkt", will_carry=False)
    make.partnership(project, organisation, roles=["room_giver"])
    text = page(visit).soup.aside.text
    for name in (project.leads[0].name, project.mentors[0].name, project.carrier.name, "Treffpunkt", "Kochgruppe"):
        assert name in text


def test_a_partnership_that_ended_is_not_named(visit, make, project):
    make.partnership(project, make.organisation(name="Früher"), until=date(2026, 2, 2))
    assert "Früher" not in page(visit).text


def test_the_decision_is_a_public_fact(any_database, visit, make, project):
    make.award(project, grant=7_600_00)
    text = page(visit).soup.aside.text
    assert "7.600,00" in text and "Rat" in text and "13.01.2026" in text


def test_the_money_is_one_line_that_leads_to_its_page(visit, make, project):
    make.award(project, grant=5_000_00)
    money = page(visit).soup.select_one("#money-title").parent
    assert "5.000,00" in money.text and not money.select("table")
    assert money.select_one("a")["href"].endswith(f"/projects/{project.slug}/money")


def test_there_is_no_money_before_the_award_is_recorded(visit, make, project):
    make.plan(project, grant=4_321_00, state="submitted")
    assert "4.321" not in page(visit).text


def test_milestones_say_what_is_reached_and_what_is_late(any_database, visit, make, project):
    with transaction():
        project.round.lateness_public_after_days = 7
    make.milestone(project, title="Fertig", status="accepted", weight=3, due_on=date(2026, 2, 1))
    make.milestone(project, title="Spät", weight=1, due_on=date(2026, 2, 20))
    make.milestone(project, title="Später", weight=2, due_on=date(2026, 5, 1))
    soup = page(visit).soup
    assert "50" in soup.select_one("progress")["value"]
    late = soup.select(".timeline__item--overdue")
    assert len(late) == 1 and "Spät" in late[0].text


@pytest.mark.parametrize(("after_days", "is_told"), [(None, False), (0, True), (8, True), (9, False)])
def test_lateness_is_public_only_after_the_days_its_round_waits(visit, make, project, after_days, is_told):
    with transaction():
        project.round.lateness_public_after_days = after_days
    make.milestone(project, due_on=date(2026, 2, 20))
    assert bool(page(visit).soup.select(".timeline__item--overdue")) is is_told
    assert bool(visit().get("/de/projects/").soup.select("main .card .badge--warning")) is is_told


def test_a_returned_report_reads_as_work_under_way(visit, make, project):
    make.milestone(project, status="returned")
    assert page(visit).soup.select_one(".timeline__item--in_progress")


def test_news_comes_newest_first_and_older_news_follows(any_database, visit, make, project, monkeypatch):
    monkeypatch.setattr(queries_project, "NEWS_ON_PAGE", 2)
    for number in range(3):
        make.update(project, title=f"Neues {number}")
    stranger = visit()
    first = stranger.get("/de/projects/mutfak")
    assert [each.text for each in first.soup.select(".news h3")] == ["Neues 2", "Neues 1"]
    second = stranger.get(first.soup.select_one("a[rel=next]")["href"])
    assert [each.text for each in second.soup.select(".news h3")] == ["Neues 0"]


def test_the_story_is_told_without_people(any_database, visit, make, project):
    milestone = make.milestone(project, title="Offener Herd", status="accepted")
    by = project.leads[0]
    with transaction():
        for action in ("submit", "return_for_changes", "submit", "award", "start"):
            record("project.moved", by, project, action=action)
        record("milestone.accepted", by, milestone)
        record("budget.returned", by, project)
    story = visit().get("/en/projects/mutfak/history").soup.select("main .news li")
    told = [each.get_text(" ", strip=True) for each in story]
    assert len(told) == 4
    assert told[0].endswith("The proposal was submitted.")
    assert told[-1].endswith("Offener Herd")
    assert by.given_name not in " ".join(told)


def test_hostile_text_stays_text(any_database, visit, make):
    hostile = '<script>alert("x")</script> \u202eevil'
    made = make.project("active", slug="boese", title=hostile, summary=hostile, group_name=hostile)
    make.milestone(made, title=hostile)
    make.update(made, title=hostile, text=hostile)
    answer = visit().get("/de/projects/boese")
    assert answer.status == 200
    run = answer.soup.select("script:not([type='application/ld+json'])")
    assert not any("alert" in each.get_text() for each in run)
    assert "<script>alert" not in answer.text


def test_a_website_leads_out_only_over_http(visit, make, project):
    make.partnership(project, make.organisation(name="Falle", website="javascript:alert(1)"))
    assert "javascript:" not in page(visit).text
