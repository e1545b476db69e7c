"""Nothing that is not meant for everyone can be read anywhere."""

import dataclasses
from datetime import date

import pytest

from incubator.foundation import clock
from incubator.foundation.transaction import transaction
from incubator.progress import pages, pages_project
from incubator.projects.lifecycle import PUBLIC, Status

SECRET = "Geheimnis"


@pytest.mark.parametrize("status", sorted(set(Status) - PUBLIC))
def test_a_project_without_award_is_nowhere(visit, make, status):
    make.project(status, title=SECRET, slug="geheim", summary=SECRET)
    stranger = visit()
    assert stranger.get("/de/projects/geheim").status == 404
    assert stranger.get("/de/projects/geheim/history").status == 404
    for path in ("/", "/projects/", "/projects/?q=Geheim", "/districts/stadtteil-1", "/rounds/runde-1"):
        assert SECRET not in stranger.get(f"/de{path}").text


@pytest.mark.parametrize("status", sorted(PUBLIC))
def test_a_project_is_seen_from_the_award_on(visit, make, status):
    make.project(status, title="Offen", slug="offen")
    assert "Offen" in visit().get("/de/projects/offen").text
    assert "Offen" in visit().get("/de/projects/").text


def test_texts_of_the_team_and_the_office_stay_inside(visit, make):
    project = make.project("revoked", slug="offen", need=SECRET, end_reason=SECRET, return_reason=SECRET,
                           notice_number=SECRET)
    make.milestone(project, status="returned", return_reason=SECRET, evidence=SECRET)
    make.milestone(project, status="cancelled", cancel_reason=SECRET)
    make.session(project, project.mentors[0], shared_notes=SECRET, confidential_notes=SECRET)
    award = make.award(project)
    with transaction():
        award.plan.costs[0].purpose = SECRET
    assert SECRET not in visit().get("/de/projects/offen").text


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_an_update_is_read_only_while_it_is_published(visit, make, state):
    make.update(make.project("active", slug="offen"), state=state, title=SECRET)
    assert SECRET not in visit().get("/de/projects/offen").text
    assert SECRET not in visit().get("/de/").text


@pytest.mark.parametrize("status", ["planned", "in_progress", "reported", "returned", "cancelled"])
def test_a_report_is_news_only_once_the_mentor_accepted(visit, make, status):
    project = make.project("active", slug="offen")
    make.update(project, milestone=make.milestone(project, status=status), title=SECRET)
    assert SECRET not in visit().get("/de/projects/offen").text
    assert SECRET not in visit().get("/de/").text


def test_news_of_a_hidden_project_is_not_told(visit, make):
    make.update(make.project("mentoring"), title=SECRET)
    assert SECRET not in visit().get("/de/").text


@pytest.mark.parametrize("fields", [
    {"is_public": False},
    {"is_public": True, "shows_people": True, "consent_until": date(2026, 2, 28)},
    {"is_public": False, "withdrawn_at": clock.now()},
])
def test_a_photo_without_leave_is_not_shown(visit, make, fields):
    project = make.project("active", slug="offen")
    make.update(project, photos=(make.photo(project, alt=SECRET, **fields),))
    for path in ("/de/projects/offen", "/de/"):
        text = visit().get(path).text
        assert SECRET not in text
        assert "/media/" not in text


def test_a_photo_with_consent_is_shown(visit, make):
    project = make.project("active", slug="offen")
    photo = make.photo(project, is_public=True, shows_people=True, consent_until=date(2026, 3, 1))
    make.update(project, photos=(photo,))
    assert visit().get("/de/projects/offen").soup.select_one(f"img[src='/media/{photo.key}.jpg']")


@pytest.mark.parametrize("state", ["offered", "withdrawn"])
def test_a_pledge_is_public_only_once_confirmed(visit, make, state):
    make.pledge(make.project("active", slug="offen"), state=state, description=SECRET)
    assert SECRET not in visit().get("/de/projects/offen").text


@pytest.mark.parametrize("state", ["confirmed", "fulfilled", "partly_fulfilled"])
def test_a_pledge_that_stands_is_told(visit, make, state):
    make.pledge(make.project("active", slug="offen"), state=state, description="Saal")
    assert "Saal" in visit().get("/de/projects/offen").text


def test_people_are_named_as_they_chose(visit, make):
    first = make.person("lead", name="Amira Heimlich", public_name_choice="first")
    nobody = make.person("mentor", name="Karin Verborgen", public_name_choice="group")
    make.project("active", slug="offen", lead=first, mentor=nobody)
    text = visit().get("/de/projects/offen").text
    assert "Amira" in text
    for hidden in ("Heimlich", "Karin", "Verborgen", first.mail):
        assert hidden not in text


def test_members_are_not_named(visit, make):
    make.project("active", slug="offen", members=(make.person(name="Mira Mitglied"),))
    assert "Mira" not in visit().get("/de/projects/offen").text


def test_the_day_of_a_report_is_public_once_accepted(visit, make):
    project = make.project("active", slug="offen")
    make.milestone(project, status="reported", actual_on=date(2026, 2, 3), due_on=date(2026, 5, 1))
    assert "03.02.2026" not in visit().get("/de/projects/offen").text


def test_a_round_in_preparation_is_nobodys_business(visit, make):
    make.round(state="draft", name=SECRET, slug="geheim")
    assert visit().get("/de/rounds/geheim").status == 404
    assert SECRET not in visit().get("/de/").text
    assert SECRET not in visit().get("/de/projects/").text


def test_pages_are_frozen():
    made = [each for module in (pages, pages_project) for each in vars(module).values()
            if isinstance(each, type) and each.__module__ == module.__name__]
    assert made
    for kind in made:
        assert dataclasses.is_dataclass(kind) and kind.__dataclass_params__.frozen
