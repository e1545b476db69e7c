"""What may not be found any more is gone at once; what is new is there after its delivery."""

import re

import pytest
import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.journal import record
from incubator.milestones.models import MilestoneStatus, UpdateState
from incubator.organisations import operations as organisations
from incubator.progress import jobs
from incubator.progress.models import Kind, SearchText
from incubator.projects.lifecycle import Status
from incubator.translating.operations import publish_own
from tests.house.sources import PROGRAM
from tests.progress.test_search import found, idea, listed, workshop
from tests.translating.scenes import done

SILENT = {  # they change nothing that the public reads, stand before anything is public, or write the index themselves
    "round.arrived",
    "project.drafted", "project.invited", "project.invitation_taken_back", "project.joined", "project.left",
    "project.step_proposed", "project.step_dropped", "milestone.started", "milestone.forecast", "update.proposed",
    "update.returned", "project.idea_freed", "organisation.added", "organisation.affiliated",
    "organisation.affiliation_ended",
    "district.added", "district.placed", "theme.added", "round.added", "round.changed", "round.change_proposed",
    "round.change_dropped", "round.fact_added", "round.fact_removed", "round.sources_noted", "round.let_go",
    "idea.address_forgotten",
    "theme.removed", "district.removed",  # only what nothing stands under can go
}
ABOUT = ("project", "milestone", "update", "partnership", "pledge", "workshop", "idea", "evidence", "organisation",
         "district", "theme", "round")


def change(row, **fields):
    """Change a row past every operation, so that nothing tells the index of it."""
    with transaction():
        for name, value in fields.items():
            setattr(row, name, value)


def tell(action, row):
    with transaction():
        record(action, None, row)
    assert journal.deliver() > 0


@pytest.mark.parametrize("fields", [{"status": Status.DRAFT}, {"title": "Chor", "summary": "Singen"}])
def test_a_project_that_changed_is_not_found_by_what_it_was(any_database, visit, make, fields):
    project = make.project("active", title="Küche", summary="Kochen")
    make.update(project, title="Neues", text="Suppe")
    jobs.rebuild()
    assert listed(visit, "küche") == ["Küche"]
    change(project, **fields)
    assert listed(visit, "küche") == [] and "project" not in found(visit, "küche")
    assert ("update" in found(visit, "suppe")) is project.status.is_public


@pytest.mark.parametrize("state", [UpdateState.DRAFT, UpdateState.WITHDRAWN])
def test_news_that_were_withdrawn_are_not_found(any_database, visit, make, state):
    update = make.update(make.project("active", title="Chor"), title="Suppe", text="Für alle")
    jobs.rebuild()
    assert found(visit, "suppe") == {"update": ["Suppe"]}
    change(update, state=state)
    assert found(visit, "suppe") == {} and listed(visit, "suppe") == []


def test_a_report_is_found_only_once_its_milestone_is_accepted(visit, make):
    milestone = make.milestone(make.project("active"), status="accepted")
    make.update(milestone.project, milestone=milestone, title="Suppe", text="Für alle")
    jobs.rebuild()
    assert "update" in found(visit, "suppe")
    change(milestone, status=MilestoneStatus.REPORTED)
    assert found(visit, "suppe") == {}


def test_an_idea_whose_consent_was_taken_back_is_not_found(visit, make):
    given = idea(make)
    jobs.rebuild()
    change(given, is_public=False)
    assert found(visit, "lastenrad") == {}


def test_what_belongs_to_a_round_in_preparation_is_not_found(visit, make):
    hidden = make.round(state="draft")
    idea(make, round_id=hidden.id)
    workshop(make, round_id=hidden.id)
    assert jobs.rebuild() == 0
    assert found(visit, "lastenrad") == found(visit, "wohnen") == {}


def test_what_is_new_is_found_after_its_delivery(any_database, visit, make):
    jobs.rebuild()
    project = make.project("active", title="Küche")
    make.update(project, title="Neues", text="Suppe")
    assert listed(visit, "küche") == []
    tell("project.moved", project)
    assert listed(visit, "küche") == listed(visit, "suppe") == ["Küche"]
    change(project, title="Chor")
    tell("project.edited", project)
    assert listed(visit, "chor") == ["Chor"]


def test_what_is_not_public_any_more_leaves_the_index(make):
    project = make.project("active", title="Küche")
    make.update(project)
    jobs.rebuild()
    change(project, status=Status.DRAFT)
    tell("project.moved", project)
    kinds = db.session.scalars(sa.select(SearchText.kind)).all()
    assert kinds == [Kind.INDEX]


def test_a_new_name_of_the_carrier_is_found(visit, make):
    carrier = make.organisation(name="Alt e.V.")
    make.project("active", title="Chor", carrier=carrier)
    jobs.rebuild()
    with transaction():
        organisations.change(carrier, None, name="Rad & Mut e.V.", legal_form=carrier.legal_form)
    journal.deliver()
    assert listed(visit, "mut") == ["Chor"]


def test_ideas_workshops_and_their_places_follow(visit, make):
    district = make.district(name="Hafen")
    jobs.rebuild()
    given, meeting = idea(make, district_id=district.id), workshop(make)
    tell("idea.given", given)
    tell("workshop.announced", meeting)
    assert found(visit, "lastenrad") == found(visit, "hafen") == {"idea": ["Lastenrad"]}
    assert found(visit, "wohnen") == {"workshop": ["Wohnen"]}
    change(district, name="Sonnenhügel")
    tell("district.changed", district)
    assert found(visit, "sonnenhuegel") == {"idea": ["Lastenrad"]}


def test_before_there_is_an_index_nothing_looks_like_the_whole(make):
    tell("project.moved", make.project("active"))
    assert db.session.scalars(sa.select(SearchText)).all() == []


def test_every_action_about_what_is_public_is_heard_or_named_here():
    written = {action for path in PROGRAM for action in re.findall(r'record\("([a-z_]+\.[a-z_]+)"', path.read_text())}
    heard = {*jobs.OF_PROJECTS, *jobs.OF_THINGS, *jobs.OF_NAMES, "organisation.changed"}
    assert {each for each in written if each.split(".")[0] in ABOUT} - heard - SILENT == set()


def test_what_was_published_in_another_language_is_found_by_it(visit, make):
    office, project, meeting = make.person("coordinator"), make.project("active", title="Küche"), workshop(make)
    jobs.rebuild()
    done(publish_own, project, "tr", office, title="Mutfak")
    done(publish_own, meeting, "tr", office, title="Barınma")
    journal.deliver()
    assert listed(visit, "mutfak") == ["Küche"]
    assert found(visit, "barinma") == {"workshop": ["Wohnen"]}
