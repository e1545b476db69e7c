"""The pages on which decisions are prepared and published, and what everybody reads afterwards."""

import pytest

from incubator.foundation.transaction import transaction
from tests.selection.panels import panel, prepare, prepare_all, publish, statuses


def test_the_single_pages_lead_to_where_all_are_decided(city, visit):
    project, visitor = city.projects[0], visit(city.office)
    path = f"/en/desk/projects/{project.id}/decision"
    assert visitor.get(path).soup.select_one(f"main a[href$='/projects/{project.id}/decision/prepare']")
    for tail in ("", "/waiting-list", "/rejection"):
        answer = visitor.post(path + tail, {
            "body": "Rat", "on": "2026-02-27", "notice_number": "2026-009", "notice_on": "2026-03-01",
            "reason": "Nein."})
        assert answer.status == 422
        assert "together" in answer.text
    assert statuses(city) == ["budget_approved"] * 3


def test_where_each_is_told_by_itself_the_single_page_works_as_before(make, visit):
    city = panel(make, 5_000_00, publishes_together=False)
    visitor, project = visit(city.office), city.projects[0]
    answer = visitor.fill(f"/de/desk/projects/{project.id}/decision", body="Rat", on="2026-02-27")
    assert answer.status == 303
    assert visitor.get(f"/de/desk/rounds/{city.round.id}/decisions").status == 404


def test_the_office_decides_from_the_browser(city, visit):
    visitor, base = visit(city.office), f"/de/desk/rounds/{city.round.id}"
    for project, facts in zip(city.projects, (
        {"outcome": "award"}, {"outcome": "waitlist"}, {"outcome": "reject", "reason": "Zu teuer."},
    ), strict=True):
        answer = visitor.fill(f"/de/desk/projects/{project.id}/decision/prepare", **facts)
        assert answer.status == 303, answer.problems
    assert visitor.fill(f"{base}/decisions/publish").status == 303
    assert statuses(city) == ["awarded", "waitlisted", "rejected"]


def test_the_paper_stands_on_the_public_page_once_published(city, visit):
    prepare_all(city)
    slug = city.projects[0].slug
    assert visit().get(f"/de/projects/{slug}/history").status == 404
    publish(city)
    link = visit().get(f"/de/projects/{slug}/history").soup.select_one("a[href='https://ris.example.org/vo/1']")
    assert link is not None


def test_what_was_prepared_is_still_found_when_the_round_tells_one_by_one(city, visit):
    decision = prepare(city, city.projects[0], "award", city.resolution)
    with transaction():
        city.round.publishes_together = False
    visitor, path = visit(city.office), f"/de/desk/rounds/{city.round.id}/decisions"
    assert visitor.get(path).soup.select_one(f"main a[href$='/decisions/{decision.id}/drop']")
    assert visitor.follow(visitor.fill(f"/de/desk/decisions/{decision.id}/drop")).status == 200
    assert decision.dropped_at is not None


@pytest.mark.parametrize("page", [
    "ranking", "decisions", "decisions/publish", "ranking/lot", "waiting-list", "minutes.pdf", "panel",
])
def test_a_coordinator_whose_own_project_is_decided_chooses_nothing_in_the_round(city, make, visit, page):
    own = make.person("coordinator")
    make.project("budget_approved", round=city.round, members=(own,))
    prepare_all(city)
    path = f"/de/desk/rounds/{city.round.id}/{page}"
    assert visit(city.office).get(path).status == 200
    assert visit(own).get(path).status == 403


def test_the_desk_sends_nobody_to_where_they_choose_nothing(city, make, visit):
    own = make.person("coordinator")
    link = f"a[href='/de/desk/rounds/{city.round.id}/decisions']"
    assert visit(own).get("/de/desk/").soup.select_one(link)
    make.project("budget_approved", round=city.round, members=(own,))
    assert not visit(own).get("/de/desk/").soup.select_one(link)
