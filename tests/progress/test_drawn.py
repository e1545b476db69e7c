"""Charts and the map as they stand on pages."""

from datetime import date

import pytest

from incubator.foundation.transaction import transaction
from incubator.programme import operations_shapes
from incubator.programme.models import RoundFact
from tests.programme import land
from tests.progress.purse import Purse


@pytest.fixture
def project(make):
    district = make.district(name="Nordhang", slug="nordhang", number="01")
    made = make.project("active", slug="kueche", title="Küche", district_id=district.id, starts_on=date(2026, 1, 1))
    first = make.milestone(made, title="Raum gefunden", status="accepted", due_on=date(2026, 2, 1))
    make.milestone(made, title="Eröffnung", due_on=date(2026, 4, 1), needs_id=first.id,
                   forecast_on=date(2026, 4, 20))
    return made


def texts(svg):
    return [" ".join(each.text.split()) for each in svg.select("text")]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_project_shows_due_expected_and_reached_with_three_marks(any_database, visit, project, language):
    main = visit().get(f"/{language}/projects/kueche").soup.main
    chart = main.select_one("svg.chart[aria-labelledby^=timeline]")
    assert chart["role"] == "img" and chart.title.text
    assert chart["direction"] == ("rtl" if language == "ar" else "ltr")
    assert len(chart.select("circle.mark--due")) == 2
    assert len(chart.select("path.mark--expected")) == 1 and len(chart.select("rect.mark--reached")) == 1
    assert bool(chart.select("g[transform]")) is (language == "ar")


def test_the_plan_is_folded_away_and_has_a_table(visit, project):
    main = visit().get("/en/projects/kueche").soup.main
    folded = main.select_one("details.more:not([open])")
    plan = folded.select_one("svg.chart[aria-labelledby^=plan]")
    assert {"Raum gefunden", "Eröffnung"} <= set(texts(plan)) and plan.select_one(".way")
    table = main.select_one(f"#{plan['aria-describedby']}")
    cells = [each.text.strip() for each in table.select("tbody tr")[1].select("th, td")]
    assert cells == ["Eröffnung", "Apr 1, 2026", "Apr 20, 2026", "–"]


def test_a_cancelled_milestone_is_in_the_table_but_not_drawn(visit, make, project):
    make.milestone(project, title="Fällt aus", status="cancelled")
    main = visit().get("/en/projects/kueche").soup.main
    assert "Fällt aus" in main.select_one("#plan-table").text
    assert "Fällt aus" not in texts(main.select_one("svg.chart[aria-labelledby^=plan]"))


def test_a_project_says_at_a_glance_who_where_how_far_and_what_next(visit, project):
    glance = visit().get("/en/projects/kueche").soup.main.select_one(".glance").text
    for word in (project.leads[0].name, "Nordhang", "50", "Eröffnung", "Apr 20, 2026"):
        assert word in glance


def test_money_flows_from_the_award_to_what_is_proved(any_database, visit, make, project):
    purse = Purse(make, project, 7_600_00)
    purse.pay(3_800_00)
    purse.pay(2_000_00, instalment=2)
    purse.receipt(1_000_00)
    main = visit().get("/en/projects/kueche/money").soup.main
    flow = main.select_one(".flow svg")
    assert texts(flow) == ["Amount awarded", "Paid out", "Costs proved by receipts"]
    assert len(flow.select("rect.fill--paid, rect.fill--paid-next")) == 2 and len(flow.select("path.flow__way")) == 2
    assert "€1,800.00" in main.select_one(".flow .legend").text
    rows = [[each.text.strip() for each in row.select("td")] for row in main.select("#course-table tbody tr")]
    assert rows == [["€5,800.00", "€1,000.00"]]


def test_a_round_shows_how_far_its_projects_are(any_database, visit, project):
    main = visit().get(f"/en/rounds/{project.round.slug}").soup.main
    last = [each.text.strip() for each in main.select("#course-table tbody tr")[-1].select("td")]
    assert last == ["100%", "–"]


def test_the_map_is_shaded_by_projects_or_by_money(any_database, visit, make, project):
    make.award(project, grant=7_600_00)
    by_number, by_money = (visit().get(f"/en/districts/?map={by}").soup.main for by in ("projects", "money"))
    tile = ".tile a[href$='/districts/nordhang']"
    assert "1 project" in by_number.select_one(tile).text and "€7,600.00" in by_money.select_one(tile).text
    assert by_number.select_one(".chips [aria-current]").text == "Number of projects"
    assert by_money.select_one(".chips [aria-current]").text == "Money awarded"
    assert len(by_money.select(".keys li")) == 4


def test_any_other_wish_for_the_map_means_projects(visit, project):
    answer = visit().get("/en/districts/?map=<script>")
    assert answer.status == 200 and answer.soup.select_one(".chips [aria-current]").text == "Number of projects"


def test_what_a_revoked_project_kept_counts_in_the_map_and_its_award_does_not(any_database, visit, make):
    district = make.district(name="Nordhang", slug="nordhang")
    revoked = make.project("revoked", district_id=district.id)
    Purse(make, revoked, 7_600_00).pay(500_00)
    row = visit().get("/en/districts/").soup.select_one("tbody tr")
    assert "€500.00" in row.text and "7,600" not in row.text


def test_shapes_take_the_place_of_the_tiles_with_their_origin(any_database, visit, make, project):
    with transaction():
        operations_shapes.import_shapes(
            land.city(["Nordhang"]), None, source="Amt <für> Beispiele", licence="CC0",
            licence_url="https://example.org/cc0")
    for path in ("/en/districts/", "/en/"):
        main = visit().get(path).soup.main
        (area,) = main.select("svg.map a")
        assert area["href"].endswith("/en/districts/nordhang") and area["aria-label"] == "Nordhang: 1 project"
        assert not main.select(".tile") and "Amt <für> Beispiele" in main.text
        assert main.select_one("a[href='https://example.org/cc0']").text == "CC0"


def test_the_start_page_tells_the_beginning_only_from_facts(any_database, visit, make):
    old = make.round(slug="2019", name="Runde 2019", state="archived")
    make.round(name="Runde Neu")
    for kind in ("survey", "workshops"):
        make._keep(RoundFact(round_id=old.id, kind=kind, text=f"Etwas zu {kind}.", source="Ratsinformation"))
    assert not visit().get("/en/").soup.select_one("#story-title")
    make._keep(RoundFact(round_id=old.id, kind="fund", text="Etwas zu fund.", source="Haushalt"))
    story = visit().get("/en/").soup.select_one("[aria-labelledby=story-title]")
    assert [each.text for each in story.select("h3")] == ["Know", "Talk", "Do"]
    assert "Etwas zu survey." in story.text and story.text.count("Ratsinformation") == 2 and "Haushalt" in story.text


def test_the_start_page_says_how_many_projects_stand_where_and_what_comes_next(any_database, visit, make):
    round_ = make.round(name="Runde", council_on=date(2026, 4, 28), panel_on=date(2026, 2, 1))
    make.project("active", round=round_)
    make.project("mentoring", round=round_)
    soup = visit().get("/en/").soup
    assert [each.text for each in soup.select(".steps-list__now")] == ["1 project is here now"]
    ahead = soup.select_one("[aria-labelledby=ahead-title]").text
    assert "Apr 28, 2026" in ahead and "Feb 1, 2026" not in ahead
