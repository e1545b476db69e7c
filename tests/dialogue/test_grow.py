"""A project grows from an idea: once, with what the idea already says, and cites what the city knows."""

import pytest
import sqlalchemy as sa

from incubator.dialogue import queries as dialogue
from incubator.dialogue.models import IdeaState
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken, Stale
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.projects import operations
from incubator.projects.models import Project


@pytest.fixture
def scene(make):
    class Scene:
        round, theme, district = make.round(), make.theme(), make.district()
        finding = make.evidence(theme_id=theme.id)
        idea = make.idea(round=round, theme_id=theme.id, district_id=district.id, language="en")

    with transaction():
        Scene.idea.evidence = [Scene.finding]
    return Scene


def grow(scene, by, **fields):
    with transaction():
        return operations.draft(fields.pop("round", scene.round), by, title="Küche", language="en", idea=scene.idea,
                                **fields)


def test_a_project_takes_over_what_its_idea_says(any_database, make, scene):
    lead = make.person("lead")
    project = grow(scene, lead)
    assert (project.idea, project.theme, project.district) == (scene.idea, scene.theme, scene.district)
    assert (project.evidence, project.leads) == ([scene.finding], [lead])
    assert scene.idea.state is IdeaState.PROMOTED
    actions = db.session.scalars(sa.select(Entry.action).order_by(Entry.id)).all()
    assert actions[-2:] == ["idea.moved", "project.drafted"]


def test_an_idea_becomes_one_project_only(app, make, scene):
    grow(scene, make.person("lead"))
    with pytest.raises(RuleBroken):
        grow(scene, make.person("lead"))
    assert db.session.scalar(sa.select(sa.func.count(Project.id))) == 1


def test_two_who_take_the_same_idea_at_once_begin_one_project(any_database, make, scene, at_once):
    people = [make.person("lead").id for _ in range(2)]
    number, round_id = scene.idea.id, scene.round.id

    def take(person_id):
        by = db.session.get(type(make.spare), person_id)
        operations.draft(db.session.get(type(scene.round), round_id), by, title="Küche", language="en",
                         idea=dialogue.idea(number))

    make.spare = make.person()
    answers = at_once(lambda: take(people[0]), lambda: take(people[1]))
    assert answers.count("done") == 1
    assert db.session.scalar(sa.select(sa.func.count(Project.id))) == 1


def test_an_idea_of_another_round_is_refused_and_stays_what_it_is(app, make, scene):
    with pytest.raises(RuleBroken):
        grow(scene, make.person("lead"), round=make.round())
    db.session.expire_all()
    assert scene.idea.state is IdeaState.SUBMITTED


def test_whoever_takes_up_a_public_idea_leads_the_project(app, make, visit, scene):
    person = make.person()
    visitor = visit(person)
    page = visitor.get(f"/en/desk/ideas/{scene.idea.id}/propose").soup
    assert page.select_one("#title")["value"] == scene.idea.title
    assert not page.select("#lead_id")
    answer = visitor.fill(f"/en/desk/ideas/{scene.idea.id}/propose")
    project = db.session.scalars(sa.select(Project)).one()
    assert answer.location == f"/en/desk/projects/{project.id}/proposal/idea"
    assert (project.leads, project.language) == ([person], "en")


def test_an_idea_that_is_not_public_is_nobodys_but_the_offices(app, make, visit, scene):
    with transaction():
        scene.idea.is_public = False
    path = f"/de/desk/ideas/{scene.idea.id}/propose"
    assert visit(make.person("lead")).get(path).status == 404
    assert visit(make.person("moderator")).get(path).status == 404
    assert visit(make.person("coordinator")).get(path).status == 200


def test_the_coordination_says_who_leads(app, make, visit, scene):
    lead, visitor = make.person("lead"), visit(make.person("coordinator"))
    path = f"/de/desk/ideas/{scene.idea.id}/propose"
    assert visitor.fill(path).status == 422
    answer = visitor.fill(path, lead_id=str(lead.id))
    project = db.session.scalars(sa.select(Project)).one()
    assert answer.location == f"/de/desk/projects/{project.id}"
    assert project.leads == [lead]
    assert scene.idea.title in visitor.get(answer.location).text


def test_whom_the_coordination_names_hears_of_it_and_nobody_else_does(app, make, scene):
    lead = make.person("lead")
    grow(scene, make.person("coordinator"), lead=lead)
    with transaction():
        operations.draft(scene.round, make.person("lead"), title="Garten", language="de")
    deliver()
    assert [(each.person_id, "Küche" in each.subject) for each in db.session.scalars(sa.select(Letter))] == [
        (lead.id, True)]
    begun = db.session.scalars(sa.select(Entry).where(Entry.action == "project.drafted").order_by(Entry.id)).all()
    assert [each.data.get("lead") for each in begun] == [lead.seal, None]


def test_an_idea_that_has_become_something_offers_no_form(app, make, visit, scene):
    grow(scene, make.person("lead"))
    page = visit(make.person("lead")).get(f"/en/desk/ideas/{scene.idea.id}/propose")
    assert page.status == 200
    assert not page.soup.select("main form[method=post]")
    assert visit(make.person("lead")).post(f"/en/desk/ideas/{scene.idea.id}/propose", {"title": "x"}).status == 422


def test_a_team_cites_what_the_city_knows(app, make, visit):
    lead = make.person("lead")
    project = make.project(lead=lead)
    path = f"/de/desk/projects/{project.id}/proposal/need"
    visitor = visit(lead)
    assert not visitor.get(path).soup.select("[name=evidence_ids]")
    fits = make.evidence(theme_id=project.theme_id)
    make.evidence(theme_id=make.theme().id, statement="Etwas anderes")
    boxes = visitor.get(path).soup.select("[name=evidence_ids]")
    assert [each["value"] for each in boxes] == [str(fits.id)]
    assert visitor.fill(path, evidence_ids=[str(fits.id)]).status == 303
    assert project.evidence == [fits]
    assert fits.statement in visitor.get(f"/de/desk/projects/{project.id}").text
    assert visitor.fill(path, evidence_ids=[]).status == 303
    assert project.evidence == []


def test_a_finding_that_was_cited_stays_offered_when_the_theme_changes(app, make, visit):
    lead = make.person("lead")
    project = make.project(lead=lead)
    cited = make.evidence(theme_id=make.theme().id)
    with transaction():
        project.evidence = [cited]
    boxes = visit(lead).get(f"/de/desk/projects/{project.id}/proposal/need").soup.select("[name=evidence_ids]")
    assert [(each["value"], each.has_attr("checked")) for each in boxes] == [(str(cited.id), True)]


def test_who_changes_citations_only_is_noticed_by_the_next(app, make):
    lead, cited = make.person("lead"), make.evidence()
    project = make.project(lead=lead)
    drawn = project.version
    with transaction():
        operations.edit(project, lead, drawn, evidence_ids=[cited.id])
    with pytest.raises(Stale), transaction():
        operations.edit(project, lead, drawn, evidence_ids=[])
