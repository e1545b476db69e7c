"""The board of a round."""

from datetime import date, timedelta

import pytest

from incubator.desk import queries_board
from incubator.foundation import clock


@pytest.fixture
def round(make):
    return make.round(name="Runde Eins", reserve_cents=1_800_00)


def board(visit, make, round, role="coordinator"):
    return visit(make.person(role)).get(f"/de/desk/board/{round.id}")


@pytest.mark.parametrize(("role", "status"), [
    ("coordinator", 200), ("auditor", 200), ("lead", 403), ("mentor", 403), ("partner", 403), ("administrator", 403),
])
def test_who_sees_the_board(visit, make, round, role, status):
    assert board(visit, make, round, role).status == status


def test_a_round_that_is_not_there_is_not_found(visit, make):
    assert visit(make.person("coordinator")).get("/de/desk/board/99").status == 404


def test_an_empty_board_says_so(visit, make, round):
    assert board(visit, make, round).soup.select_one(".empty")


def test_projects_stand_under_their_stage_with_their_money(any_database, visit, make, round):
    make.project("submitted", round=round, title="Neu", asked_cents=3_000_00)
    planning = make.project("budget_review", round=round, title="Geprüft")
    make.plan(planning, grant=4_000_00, state="superseded")
    make.plan(planning, grant=4_500_00, state="submitted")
    awarded = make.project("active", round=round, title="Läuft")
    make.award(awarded, grant=7_600_00)
    make.project("active", round=make.round(), title="Anderswo")
    soup = board(visit, make, round).soup
    stages = {heading["id"]: heading.parent.text for heading in soup.select("h2[id^=stage]")}
    assert "Neu" in stages["stage-proposal"] and "3.000,00" in stages["stage-proposal"]
    assert "4.500,00" in stages["stage-budget"] and "4.000,00" not in stages["stage-budget"]
    assert "7.600,00" in stages["stage-milestones"]
    assert "Anderswo" not in soup.text
    assert "30.600,00" in soup.select_one(".figures").text


def test_the_board_tells_lateness(any_database, visit, make, round):
    project = make.project("active", round=round, status_since=clock.now() - timedelta(days=40))
    make.milestone(project, due_on=date(2026, 2, 20))
    make.milestone(project, due_on=date(2026, 2, 10))
    make.milestone(project, due_on=date(2026, 2, 1), status="accepted")
    text = board(visit, make, round).soup.select_one("tbody tr").text
    assert "10.02.2026" in text and "40" in text and "2 " in text


def test_the_board_asks_the_database_little(any_database, visit, make, round, queries):
    guest = visit(make.person("coordinator"))
    for _ in range(6):
        make.milestone(make.project("active", round=round))
    with queries(at_most=6):
        guest.get(f"/de/desk/board/{round.id}")


def test_a_revoked_award_counts_for_nothing(visit, make, round):
    make.award(make.project("revoked", round=round, title="Aus"), grant=4_000_00)
    assert board(visit, make, round).soup.select("tr:has(a) td")[3].text == "–"


def test_a_long_stage_is_leafed_through_and_its_sums_count_everything(any_database, visit, make, round, monkeypatch):
    monkeypatch.setattr(queries_board, "MOST", 3)
    since = clock.now() - timedelta(days=9)
    ours = [make.project("submitted", round=round, asked_cents=100_00, status_since=since).title for _ in range(7)]
    guest, seen = visit(make.person("coordinator")), []
    page = guest.get(f"/de/desk/board/{round.id}")
    assert "700,00" in page.soup.select_one("tfoot").text and "(7)" in page.soup.select_one("h2").text
    while page:
        seen += [link.text for link in page.soup.select("tbody th a")]
        more = page.soup.find("a", string="Mehr zeigen")
        page = guest.get(more["href"]) if more else None
    assert seen == ours


def test_a_board_of_one_stage_shows_no_other(any_database, visit, make, round):
    make.project("submitted", round=round, title="Neu")
    make.project("active", round=round, title="Läuft")
    shown = visit(make.person("coordinator")).get(f"/de/desk/board/{round.id}?stage=milestones").soup
    assert [link.text for link in shown.select("tbody th a")] == ["Läuft"]
    assert len(visit(make.person("coordinator")).get(f"/de/desk/board/{round.id}?stage=x").soup.select("tbody a")) == 2
