"""An idea that somebody took and left lying becomes free again by the coordination's hand."""

from datetime import date

import pytest
import sqlalchemy as sa

from incubator.dialogue.models import IdeaState
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.projects import operations, operations_idea


@pytest.fixture
def scene(make):
    class Scene:
        round, office, lead = make.round(), make.person("coordinator", language="en"), make.person(language="en")
        idea = make.idea(round=round, language="en", is_public=True, may_be_public=True)

    with transaction():
        Scene.draft = operations.draft(Scene.round, Scene.lead, title="Küche", language="en", idea=Scene.idea)
    return Scene


def free(scene):
    with transaction():
        operations_idea.free_idea(scene.idea, scene.office)


def test_after_thirty_days_without_a_word_the_idea_is_free_for_others(make, scene):
    clock.set(date(2026, 3, 31))
    free(scene)
    assert (scene.idea.state, scene.draft.idea) == (IdeaState.ACCEPTED_FOR_WORKSHOP, None)
    assert scene.draft.status.value == "draft", "it stays with its team"
    with transaction():
        other = operations.draft(scene.round, make.person(), title="Herd", language="en", idea=scene.idea)
    with transaction():
        operations.withdraw(scene.draft, scene.lead)
    assert (other.idea, scene.idea.state) == (scene.idea, IdeaState.PROMOTED), "the old draft has no say any more"


def test_the_book_and_the_lead_are_told(scene):
    clock.set(date(2026, 3, 31))
    free(scene)
    deliver()
    assert "project.idea_freed" in db.session.scalars(sa.select(Entry.action)).all()
    told = db.session.scalars(sa.select(Letter).where(Letter.person_id == scene.lead.id)).all()
    assert any("Your draft stays yours" in letter.text for letter in told)


def test_a_draft_that_somebody_works_on_keeps_its_idea(scene):
    clock.set(date(2026, 3, 20))
    with transaction():
        operations.edit(scene.draft, scene.lead, summary="Kochen.")
    clock.set(date(2026, 4, 18))
    with pytest.raises(RuleBroken):
        free(scene)
    clock.set(date(2026, 4, 19))
    free(scene)


@pytest.mark.parametrize("status", ["submitted", "mentoring", "active"])
def test_what_was_handed_in_keeps_its_idea(make, scene, status):
    project = make.project(status, round=scene.round)
    with transaction():
        scene.draft.idea, project.idea = None, scene.idea
    clock.set(date(2027, 3, 31))
    with pytest.raises(RuleBroken):
        free(scene)


def test_nothing_is_freed_that_nobody_took(make, scene):
    scene.idea = make.idea(round=scene.round)
    with pytest.raises(RuleBroken):
        free(scene)


def test_the_ideas_page_offers_one_button_to_the_coordination_alone(make, scene, visit):
    path, office = f"/en/desk/ideas/{scene.idea.id}", visit(scene.office)
    button = f"main a[href$='/ideas/{scene.idea.id}/free']"
    assert not office.get(path).soup.select(button)
    clock.set(date(2026, 3, 31))
    office = visit(scene.office)
    assert office.get(path).soup.select(button)
    assert not visit(make.person("moderator")).get(path).soup.select(button)
    assert office.fill(f"{path}/free").status == 303
    assert not office.get(path).soup.select(button)
