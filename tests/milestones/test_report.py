"""Reporting a milestone and answering the report."""

from datetime import date

import pytest
import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db, is_sqlite
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.milestones import operations, queries
from incubator.milestones.models import MilestoneStatus, UpdateState
from incubator.projects.lifecycle import Status
from tests.builders import picture

SAID = {"actual_on": date(2026, 2, 27), "evidence": "Liste", "title": "Offen!", "text": "Alle kamen."}
PHOTO = {"alt": "Ein Herd"}


@pytest.fixture
def milestone(make):
    project = make.project("active")
    make.milestone(project)
    return make.milestone(project, title="Küche offen")


def do(operation, *args, **fields):
    with transaction():
        return operation(*args, **fields)


def report(milestone, **fields):
    return do(operations.report, milestone, milestone.project.leads[0], **SAID | fields)


def accept(milestone):
    do(operations.accept, milestone, milestone.project.mentors[0])


def letters():
    deliver()
    return db.session.scalars(sa.select(Letter).order_by(Letter.id)).all()


def actions():
    return db.session.scalars(sa.select(Entry.action).order_by(Entry.id)).all()


def test_a_report_waits_for_the_mentor_as_a_draft(milestone):
    update = report(milestone)
    assert milestone.status is MilestoneStatus.REPORTED
    assert update.state is UpdateState.DRAFT


def test_the_mentors_hear_of_a_report(milestone):
    report(milestone)
    letter, = letters()
    assert letter.person_id == milestone.project.mentors[0].id
    assert f"/de/desk/milestones/{milestone.id}/review" in letter.text


@pytest.mark.parametrize("status", ["awarded", "suspended", "reporting", "mentoring"])
def test_only_an_active_project_reports(make, status):
    with pytest.raises(RuleBroken):
        report(make.milestone(make.project(status)))


@pytest.mark.parametrize(("wrong", "field"), [
    ({"actual_on": date(2026, 3, 2)}, "actual_on"), ({"evidence": " "}, "evidence"), ({"text": ""}, "text"),
])
def test_a_report_says_when_how_and_what(milestone, wrong, field):
    with pytest.raises(RuleBroken) as refused:
        report(milestone, **wrong)
    assert refused.value.field == field


def test_a_milestone_is_not_reported_twice(milestone):
    report(milestone)
    with pytest.raises(RuleBroken):
        report(milestone)


def test_accepting_publishes_the_news_and_its_photos(milestone):
    report(milestone, photos=[{"data": picture(), **PHOTO}])
    accept(milestone)
    update = queries.report_of(milestone.id)
    assert update.state is UpdateState.PUBLISHED and update.photos[0].is_public
    assert milestone.accepted_by_id == milestone.project.mentors[0].id
    assert {"milestone.accepted", "update.published", "photo.published"} <= set(actions())


def test_people_are_shown_only_where_they_agreed(milestone):
    people = {"data": picture(), "shows_people": True}
    update = report(milestone, photos=[people | {"alt": "Ohne"}, people | {"alt": "Mit", "consent": True}])
    accept(milestone)
    assert [(photo.alt, photo.is_public) for photo in update.photos] == [("Ohne", False), ("Mit", True)]
    assert update.photos[1].consent_until == date(2029, 3, 1)


def test_a_photo_needs_words_and_a_picture(milestone):
    for wrong in ({"data": picture(), "alt": ""}, {"data": b"<svg>", **PHOTO}, {"data": b"", **PHOTO}):
        with pytest.raises(RuleBroken) as refused:
            report(milestone, photos=[wrong])
        assert refused.value.field == "photos"


def test_at_most_four_photos_belong_to_one_report(milestone):
    with pytest.raises(RuleBroken):
        report(milestone, photos=[{"data": picture(8, 8), **PHOTO}] * 5)


def test_a_returned_report_is_written_anew_in_the_same_place(milestone):
    first = report(milestone, photos=[{"data": picture(8, 8), **PHOTO}])
    do(operations.return_report, milestone, milestone.project.mentors[0], "Bitte ein Foto der Liste.")
    assert milestone.status is MilestoneStatus.RETURNED
    second = report(milestone, text="Alle kamen, hier die Liste.", photos=[{"data": picture(9, 9), "alt": "Liste"}])
    assert second is first and len(second.photos) == 2
    accept(milestone)
    assert first.state is UpdateState.PUBLISHED and first.text == "Alle kamen, hier die Liste."
    assert milestone.return_reason == ""


def test_a_return_needs_a_reason_and_reaches_the_team(make, milestone):
    report(milestone)
    with pytest.raises(RuleBroken):
        do(operations.return_report, milestone, milestone.project.mentors[0], "")
    do(operations.return_report, milestone, milestone.project.mentors[0], "Bitte ein Foto.")
    letter = letters()[-1]
    assert letter.person_id == milestone.project.leads[0].id and "Bitte ein Foto." in letter.text


def test_only_what_was_reported_is_answered(milestone):
    with pytest.raises(RuleBroken):
        accept(milestone)


def test_the_last_accepted_milestone_opens_the_final_report(make):
    project = make.project("active")
    make.milestone(project, status="cancelled")
    first, last = make.milestone(project), make.milestone(project)
    for milestone in (first, last):
        assert project.status is Status.ACTIVE
        report(milestone)
        accept(milestone)
    assert project.status is Status.REPORTING


def test_a_report_of_a_suspended_project_can_still_be_accepted(make):
    project = make.project("suspended")
    milestone = make.milestone(project, status="reported")
    accept(milestone)
    assert project.status is Status.SUSPENDED


def test_the_team_hears_that_it_is_accepted(make):
    member = make.person()
    project = make.project("active", members=(member,))
    make.milestone(project)
    milestone = make.milestone(project, status="reported")
    accept(milestone)
    assert {letter.person_id for letter in letters()} == {project.leads[0].id, member.id}


def test_reporting_holds_on_both_databases(any_database, make):
    project = make.project("active")
    milestone = make.milestone(project)
    report(milestone, photos=[{"data": picture(), **PHOTO}])
    accept(milestone)
    assert project.status is Status.REPORTING
    assert len(queries.report_of(milestone.id).photos) == 1


def test_whoever_is_tied_to_a_partner_does_not_accept(any_database, make):
    milestone = make.milestone(make.project("active"))
    report(milestone)
    partner = make.partnership(milestone.project).organisation
    make.affiliation(milestone.project.mentors[0], partner, "relative")
    with pytest.raises(RuleBroken, match="Conflict of interest"):
        accept(milestone)
    assert milestone.status is MilestoneStatus.REPORTED


def test_a_report_keeps_other_writers_waiting_for_few_statements(any_database, make, queries):
    """Read project and milestone, look for an older report; write two rows, the entry and who must hear of it."""
    project = make.project("active")
    milestone, lead = make.milestone(project), project.leads[0]
    with transaction(), queries(at_most=8 if is_sqlite() else 10):
        operations.report(milestone, lead, actual_on=clock.today(), evidence="Alle kamen.", text="Alle kamen.")
