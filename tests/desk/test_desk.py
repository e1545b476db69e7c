"""The desk as people see it."""

from datetime import date, timedelta

import flask
import pytest

from incubator.budgets.models import Approval
from incubator.desk import queries_plans
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.organisations.models import Affiliation, AffiliationRole
from incubator.programme.models import RoundChange
from incubator.projects.models import ConflictDeclaration, SecondSignature
from incubator.projects.models_proposal import CarrierRequest


def addresses(answer):
    return [link["href"] for link in answer.soup.select(".task__title")]


def to(endpoint, **values):
    """The German address of a page, also of one in a room that is being built."""
    with flask.current_app.test_request_context():
        return flask.url_for(endpoint, language="de", **values)


def desk(visit, person, language="de"):
    answer = visit(person).get(f"/{language}/desk/")
    assert answer.status == 200
    return answer


def test_a_stranger_is_sent_to_sign_in(visit, app):
    answer = visit().get("/de/desk/")
    assert answer.status == 303


def test_somebody_new_is_told_what_the_desk_is_for(visit, make):
    make.round()
    soup = desk(visit, make.person()).soup
    assert soup.select_one("#propose-title ~ a")
    assert not soup.select(".task")


def test_without_an_open_round_nobody_is_invited_to_propose(visit, make):
    make.round(state="closed")
    assert not desk(visit, make.person()).soup.select_one("#propose-title ~ a")


def test_a_round_past_its_last_day_invites_nobody(any_database, visit, make):
    make.round(proposals_until=date(2026, 2, 28))
    assert not desk(visit, make.person()).soup.select_one("#propose-title ~ a")


def test_a_lead_finds_drafts_budgets_and_milestones(any_database, visit, make):
    lead = make.person("lead")
    draft, returned, planning, active = (make.project(status, lead=lead) for status in
                                         ("draft", "returned", "mentoring", "active"))
    make.plan(planning, state="draft")
    near = make.milestone(active, due_on=date(2026, 3, 10))
    make.milestone(active, due_on=date(2026, 5, 10))
    assert set(addresses(desk(visit, lead))) == {
        to("projects.show", project_id=draft.id), to("projects.show", project_id=returned.id),
        to("budgets.submit", project_id=planning.id), to("milestones.report", milestone_id=near.id),
    }


def test_a_mentor_finds_what_waits(any_database, visit, make):
    mentor = make.person("mentor")
    asked = make.assignment(make.project("submitted"), mentor)
    review = make.project("budget_review", mentor=mentor)
    make.plan(review, state="submitted")
    make.session(review, mentor)
    active = make.project("active", mentor=mentor)
    reported = make.milestone(active, status="reported")
    make.session(active, mentor, held_on=date(2026, 1, 20))
    assert addresses(desk(visit, mentor)) == [
        to("milestones.review", milestone_id=reported.id), to("budgets.review", project_id=review.id),
        to("mentoring.answer", assignment_id=asked.id), to("mentoring.log", project_id=active.id),
    ]


def approve(plan, person, plan_hash=None):
    with transaction():
        given = Approval(plan_id=plan.id, plan_hash=plan_hash or plan.content_hash, person_id=person.id,
                                 role="mentor", at=clock.now())
        db.session.add(given)


def test_a_second_mentor_is_asked_once_the_first_approved(any_database, visit, make):
    project, second = make.project("budget_review"), make.person("mentor")
    plan = make.plan(project, grant=7_600_00, state="submitted")
    assert addresses(desk(visit, second)) == []
    approve(plan, project.mentors[0], "f" * 64)
    assert addresses(desk(visit, second)) == []
    approve(plan, project.mentors[0])
    assert addresses(desk(visit, second)) == [to("budgets.review", project_id=project.id)]


@pytest.mark.parametrize("reason", ["declared", "carrier", "partner"])
def test_who_is_not_free_is_not_asked_to_be_the_second(any_database, visit, make, reason):
    project, second = make.project("budget_review"), make.person("mentor")
    approve(make.plan(project, grant=7_600_00, state="submitted"), project.mentors[0])
    if reason == "declared":
        make._keep(ConflictDeclaration(project_id=project.id, person_id=second.id, act="approve_budget",
                                       has_conflict=True, declared_at=clock.now()))
    else:
        organisation = project.carrier if reason == "carrier" else make.partnership(project).organisation
        make._keep(Affiliation(person_id=second.id, organisation_id=organisation.id, role=AffiliationRole.BOARD))
    assert addresses(desk(visit, second)) == []


def test_the_coordinator_finds_the_whole_programme(any_database, visit, make):
    petra = make.person("coordinator")
    new = make.project("submitted")
    ready = make.project("submitted", mentor=make.person("mentor"))
    decided = make.project("budget_approved")
    final = make.project("awarded", award_final_on=date(2026, 2, 1))
    paper = make.project("mentoring", carrier_agreed_on=None)
    late = make.project("active")
    make.milestone(late, due_on=date(2026, 2, 1))
    other = make.person("coordinator")
    make._keep(SecondSignature(project_id=late.id, action="revoke", proposed_by_id=other.id, proposed_at=clock.now()))
    change = make._keep(RoundChange(round_id=late.round_id, changes={"fund_cents": 1}, proposed_by_id=other.id,
                                    proposed_at=clock.now()))
    assert set(addresses(desk(visit, petra))) == {
        to("projects.check", project_id=new.id),
        to("mentoring.admit", project_id=ready.id), to("budgets.decide", project_id=decided.id),
        to("projects.start", project_id=final.id), to("projects.carrier_agreement", project_id=paper.id),
        to("milestones.show", project_id=late.id), to("projects.revoke", project_id=late.id),
        to("programme.decide_change", change_id=change.id),
    }


@pytest.mark.parametrize("role", ["coordinator", "moderator"])
def test_a_workshop_asks_for_its_summary_once_it_is_over(any_database, visit, make, role):
    hour = timedelta(hours=1)
    over = make.workshop(state="planned", starts_at=clock.now() - 3 * hour, ends_at=clock.now() - hour)
    coming, held = make.workshop(state="planned"), make.workshop()
    tonight = make.workshop(state="planned", starts_at=clock.now() + 5 * hour)
    cancelled = make.workshop(state="cancelled", starts_at=clock.now() - 5 * hour)
    make.idea()
    here = addresses(desk(visit, make.person(role)))
    assert to("dialogue.home") in here
    assert to("dialogue.sum_up", workshop_id=over.id) in here
    assert to("boards.open_board", workshop_id=tonight.id) in here
    assert to("boards.open_board", workshop_id=coming.id) not in here
    assert not set(here) & {to("dialogue.sum_up", workshop_id=each.id) for each in (coming, held, tonight, cancelled)}


def test_the_office_finds_the_messages_also_when_none_wait(visit, make):
    answer = desk(visit, make.person("coordinator"))
    assert to("moderation.index") in [each["href"] for each in answer.soup.select("main a")]


def test_nobody_signs_twice(any_database, visit, make):
    petra, project = make.person("coordinator"), make.project("active")
    make.milestone(project)
    make._keep(SecondSignature(project_id=project.id, action="revoke", proposed_by_id=petra.id,
                               proposed_at=clock.now()))
    assert addresses(desk(visit, petra)) == []


def test_a_contact_answers_for_their_organisation_only(any_database, visit, make):
    contact = make.person("partner")
    ours, project = make.organisation(contact=contact), make.project("active")
    pledge = make.pledge(project, ours)
    make.pledge(project, ours, state="confirmed")
    make.pledge(project)
    assert addresses(desk(visit, contact)) == [to("partners.answer_pledge", pledge_id=pledge.id)]


def test_my_projects_show_how_far_they_are(any_database, visit, make):
    member = make.person()
    project = make.project("active", title="Garten", members=(member,))
    make.milestone(project, status="accepted", due_on=date(2026, 2, 1))
    make.milestone(project, title="Beete", due_on=date(2026, 7, 1))
    card = desk(visit, member).soup.select_one(".card")
    assert "Garten" in card.text and "50" in card.text and "Beete" in card.text


def test_past_parts_leave_the_desk(visit, make):
    member = make.person()
    project = make.project("active", members=(member,))
    with transaction():
        next(part for part in project.participations if part.person_id == member.id).until = date(2026, 2, 1)
    assert not desk(visit, member).soup.select(".card")


def test_only_the_office_sees_the_administration(visit, make):
    for role in ("coordinator", "administrator"):
        assert "/de/desk/organisations" in desk(visit, make.person(role)).text
    for role in ("mentor", "lead", "auditor"):
        assert "/de/desk/organisations" not in desk(visit, make.person(role)).text


def busy(make, person):
    """Give a person work of every kind."""
    project = make.project("active", lead=person, mentor=make.person("mentor"))
    make.milestone(project)
    for status in ("draft", "returned", "mentoring"):
        make.plan(make.project(status, lead=person))
    accompanied = make.project("budget_review", mentor=person)
    approve(make.plan(accompanied, state="submitted"), make.person("mentor"))
    make.assignment(make.project("submitted"), person)
    make.pledge(project, make.organisation(contact=person))


def test_the_desk_asks_the_database_little_however_much_there_is(any_database, visit, make, queries):
    petra = make.person("coordinator", "mentor", "administrator")
    busy(make, petra)
    guest = visit(petra)
    with queries(at_most=34) as before:
        assert guest.get("/de/desk/").status == 200
    for _ in range(3):
        busy(make, petra)
    with queries() as after:
        guest.get("/de/desk/")
    assert len(after) == len(before)


def test_a_partner_who_left_excludes_nobody(any_database, make):
    mentor, partnership = make.person("mentor"), make.partnership(make.project("budget_review"))
    make.affiliation(mentor, partnership.organisation)
    assert queries_plans.excluded(mentor.id, clock.today()) == {partnership.project_id}
    with transaction():
        partnership.until = clock.today() - timedelta(days=1)
    assert queries_plans.excluded(mentor.id, clock.today()) == frozenset()


def test_what_only_the_team_could_answer_waits_with_the_coordination(any_database, visit, make):
    petra, lead = make.person("coordinator"), make.person("lead")
    project = make.project("mentoring", lead=lead, carrier=None, carrier_agreed_on=None)
    own = make.organisation(contact=lead)
    make.partnership(project, own)
    pledge = make.pledge(project, own, state="offered")
    asked = make._keep(CarrierRequest(project_id=project.id, organisation_id=own.id, language="de",
                                      asked_by_id=lead.id, asked_at=clock.now()))
    assert {to("projects.answer_carrier", request_id=asked.id), to("partners.answer_pledge", pledge_id=pledge.id)} <= {
        *addresses(desk(visit, petra))}
