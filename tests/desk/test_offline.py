"""What a phone is told for the time without a network, and what it never keeps."""

import pytest

from incubator.foundation.headers import COPY

PRIVATE = ("/de/desk/", "/de/offline/mine", "/de/offline/token", "/de/sign-in", "/de/follow", "/de/ideas/new")


@pytest.mark.parametrize(("language", "direction"), [("de", "ltr"), ("ar", "rtl"), ("de-simple", "ltr")])
def test_the_app_has_a_name_and_a_look_in_every_language(app, visit, language, direction):
    app.config["CITY_COLOUR"] = "#123456"
    answer = visit().get(f"/{language}/app.webmanifest")
    told = answer.response.json
    assert answer.response.mimetype == "application/manifest+json"
    assert (told["dir"], told["start_url"], told["scope"]) == (direction, f"/{language}/", "/")
    assert (told["name"], told["theme_color"]) == (app.config["SITE_NAME"], "#123456")
    assert {(each["sizes"], each["purpose"]) for each in told["icons"]} == {
        (size, purpose) for size in ("192x192", "512x512") for purpose in ("any", "maskable")}
    assert all(visit().get(each["src"]).status == 200 for each in told["icons"])


@pytest.mark.parametrize("path", ["/de/", "/de/desk/", "/de/nowhere"])
def test_every_page_names_the_app(make, visit, path):
    link = visit(make.person("lead")).get(path).soup.find("link", rel="manifest")
    assert link["href"] == "/de/app.webmanifest"


def test_a_page_for_everyone_may_be_kept(visit):
    assert visit().get("/de/projects/").headers[COPY] == "allowed"


@pytest.mark.parametrize("path", ["/de/offline", "/ar/offline/write"])
def test_the_pages_that_stand_in_are_kept_and_hold_nobodys_data(visit, path):
    answer = visit().get(path)
    assert answer.headers[COPY] == "always"
    assert "Set-Cookie" not in answer.headers
    assert answer.soup.find(attrs={"name": "csrf_token"}) is None


def test_who_is_signed_in_is_told_to_ask_as_a_stranger(make, visit):
    visitor = visit(make.person("lead"))
    assert visitor.get("/de/projects/").headers[COPY] == "as-stranger"
    assert "no-store" in visitor.get("/de/projects/").headers["Cache-Control"]


@pytest.mark.parametrize("path", PRIVATE)
def test_what_is_private_carries_no_leave_to_be_kept(make, visit, path):
    answer = visit(make.person("lead")).get(path)
    assert COPY not in answer.headers
    assert "public" not in answer.headers["Cache-Control"]


def test_a_person_is_told_the_names_of_their_own_projects_only(make, visit):
    lead = make.person("lead")
    mine = make.project(status="active", lead=lead, title="Meins")
    make.project(status="active", title="Fremdes")
    milestone = make.milestone(mine, title="Das Beet")
    told = visit(lead).get("/de/offline/mine").response.json
    assert told["person"] == lead.public_id
    [project] = told["projects"]
    assert project["title"] == "Meins"
    assert project["milestones"] == [
        {"title": "Das Beet", "language": "de", "report": f"/de/desk/milestones/{milestone.id}/report"}]
    assert (project["receipt"], project["lines"]) == (None, [])  # no budget yet


def test_a_round_without_receipts_offers_none(make, visit):
    lead = make.person("lead")
    project = make.project(status="active", lead=lead, round=make.round(asks_receipts=False))
    make.plan(project, state="approved")
    assert visit(lead).get("/de/offline/mine").response.json["projects"][0]["receipt"] is None


def test_a_stranger_gets_no_mark_and_no_cookie(visit):
    answer = visit().get("/de/offline/token")
    assert answer.response.json == {"person": None}
    assert "Set-Cookie" not in answer.headers


def test_a_mark_is_fresh_and_kept_by_nobody(make, visit):
    lead = make.person("lead")
    answer = visit(lead).get("/de/offline/token")
    assert answer.response.json["person"] == lead.public_id
    assert answer.response.json["token"]
    assert answer.headers["Cache-Control"] == "no-store"
