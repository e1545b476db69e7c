"""The office shows ideas, a project frees the one it grew from, and everybody finds what is public."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.dialogue import operations_giving, queries_ideas
from incubator.dialogue.models import Idea, IdeaState
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal import record
from incubator.journal.models import Entry
from incubator.journal.operations import deliver
from incubator.progress import jobs as search
from incubator.projects import operations as projects
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project
from tests.dialogue.giving import MAIL, given, letters, link, move, scene_of, wish


@pytest.fixture
def scene(app, make):
    return scene_of(make)


def grown(scene, make):
    with transaction():
        return projects.draft(scene.round, make.person("lead"), title="Bänke", language="de", idea=scene.idea)


def test_an_idea_is_free_again_when_its_draft_is_withdrawn(make, scene):
    project = grown(scene, make)
    assert scene.idea.state is IdeaState.PROMOTED and scene.idea.ended_at is not None
    with transaction():
        projects.withdraw(project, project.leads[0])
    assert (scene.idea.state, scene.idea.ended_at) == (IdeaState.ACCEPTED_FOR_WORKSHOP, None)
    entry = db.session.scalars(sa.select(Entry).where(Entry.action == "idea.moved").order_by(Entry.id.desc())).first()
    assert entry.data == {"from": "promoted", "to": "accepted_for_workshop"}
    assert len(letters()) == 2  # the first one, and that it is free again; that it grew was overtaken
    assert grown(scene, make).idea is scene.idea


def test_an_idea_is_free_again_when_its_proposal_lapses(make, scene):
    project = grown(scene, make)
    with transaction():
        project.status, project.return_due_on, project.return_reason = Status.RETURNED, clock.today(), "Unterschrift"
        project.submitted_at = clock.now()
    clock.set(clock.now() + timedelta(days=2))
    with transaction():
        projects.lapse(project)
    assert scene.idea.state is IdeaState.ACCEPTED_FOR_WORKSHOP


def test_the_office_cannot_free_an_idea_whose_project_goes_on(make, scene, visit):
    grown(scene, make)
    with pytest.raises(RuleBroken):
        move(scene, "accepted_for_workshop")
    page = visit(scene.office).get(f"/de/desk/ideas/{scene.idea.id}").soup
    assert not page.select("input[name=to]")


def test_whoever_gave_the_idea_gets_the_address_of_the_awarded_project(make, scene, visit):
    project = make.project("awarded", slug="baenke", idea_id=scene.idea.id)
    with transaction():
        scene.idea.state = IdeaState.PROMOTED
        record("project.moved", None, project, **{"action": "award", "from": "budget_approved", "to": "awarded"})
    assert "/de/projects/baenke" in letters()[-1].text
    assert visit().get(link()).soup.select_one("main a[href='/de/projects/baenke']")


def test_whoever_gave_an_idea_that_was_joined_hears_of_the_project_too(make, scene, visit):
    between, last = make.idea(round=scene.round), make.idea(round=scene.round)
    move(scene, "merged", into=between, reason="Dasselbe.")
    move(scene, "merged", between, into=last, reason="Dasselbe.")
    project = make.project("awarded", slug="baenke", idea_id=last.id)
    with transaction():
        last.state = IdeaState.PROMOTED
        record("project.moved", None, project, **{"action": "award", "from": "budget_approved", "to": "awarded"})
    assert ["/de/projects/baenke" in each.text for each in letters()] == [False, False, True]
    assert visit().get(link()).soup.select_one("main a[href='/de/projects/baenke']")


def test_a_project_that_is_not_public_is_not_named(make, scene, visit):
    make.project("mentoring", slug="baenke", idea_id=scene.idea.id)
    assert "baenke" not in visit().get(link()).text


def test_new_ideas_of_everybody_come_first_and_their_address_is_never_shown(make, scene, visit):
    make.idea(round=scene.round, title="Aus der Werkstatt")
    late = given(scene.round, mail="", title="Ohne Antwort")
    assert [each.title for each in queries_ideas.to_read()] == ["Mehr Bänke", "Ohne Antwort", "Aus der Werkstatt"]
    visitor = visit(make.person("moderator"))
    for path in ("/en/desk/dialogue", f"/en/desk/ideas/{scene.idea.id}", f"/en/desk/ideas/{late.id}"):
        page = visitor.get(path)
        assert page.status == 200 and MAIL not in page.text
    assert "There is no address" in visitor.get(f"/en/desk/ideas/{late.id}").text


def test_the_moderator_shows_an_idea_to_everybody_with_its_photo(make, scene, visit):
    with transaction():
        scene.idea.photo = make.photo(alt="Eine Bank")
    visitor = visit(make.person("moderator"))
    assert visit().get(f"/de/ideas/{scene.idea.id}").status == 404
    assert visitor.fill(f"/de/desk/ideas/{scene.idea.id}/show").status == 303
    page = visit().get(f"/de/ideas/{scene.idea.id}").soup
    assert page.select_one("figure img")["alt"] == "Eine Bank"
    visitor.fill(f"/de/desk/ideas/{scene.idea.id}/edit", is_public=None)
    assert visit().get(f"/de/ideas/{scene.idea.id}").status == 404
    assert not scene.idea.photo.is_public


def test_a_photo_with_people_stays_inside(make, scene, visit):
    with transaction():
        scene.idea.photo = make.photo(shows_people=True)
    visitor = visit(scene.office)
    page = visitor.get(f"/de/desk/ideas/{scene.idea.id}/show").soup
    assert not page.select("#with_photo")
    visitor.fill(f"/de/desk/ideas/{scene.idea.id}/show")
    assert not visit().get(f"/de/ideas/{scene.idea.id}").soup.select("figure")


def test_without_consent_nobody_makes_an_idea_public(make, scene, visit):
    idea = given(scene.round, may_be_public=False)
    visitor = visit(scene.office)
    assert not visitor.get(f"/de/desk/ideas/{idea.id}").soup.select(f"a[href$='{idea.id}/show']")
    assert visitor.fill(f"/de/desk/ideas/{idea.id}/show").status == 422
    assert visitor.fill(f"/de/desk/ideas/{idea.id}/edit", is_public="y").status == 422
    assert not idea.is_public


def test_a_shown_idea_can_be_searched_for_and_one_taken_back_cannot(make, scene, visit):
    search.rebuild()
    with transaction():
        operations_giving.show(scene.idea, scene.office)
    path = link()
    assert f"/de/ideas/{scene.idea.id}" in visit().get("/de/search?q=Bänke").text
    wish(visit(), path, "take_back")
    deliver()
    assert "Mehr Bänke" not in visit().get("/de/search?q=Bänke").text


def test_the_list_is_narrowed_by_where_ideas_stand(make, scene, visit):
    make.idea(round=scene.round, title="Lesestunde", state="declined")
    make.idea(round=scene.round, title="Chor", state="promoted")
    page = visit().get("/de/ideas/?state=declined").text
    assert "Lesestunde" in page and "Chor" not in page
    assert visit().get("/de/ideas/?state=nonsense").status == 200


@pytest.mark.parametrize(("spoken", "grows_in"), [("uk", "uk"), ("ku", "de")])
def test_an_idea_grows_in_its_language_and_in_the_offices_where_no_page_speaks_it(make, scene, visit, spoken, grows_in):
    idea, visitor = given(scene.round, title="Спільна кухня", text="Для всіх."), visit(scene.office)
    assert visitor.fill(f"/de/desk/ideas/{idea.id}/edit", is_public="y").status == 303
    with transaction():
        db.session.get(Idea, idea.id).language = spoken
    assert visit().get(f"/en/ideas/{idea.id}").soup.select_one("h1")["lang"] == spoken
    lead = make.person("lead")
    visitor.fill(f"/de/desk/ideas/{idea.id}/propose", lead_id=str(lead.id))
    assert db.session.scalars(sa.select(Project)).one().language == grows_in
