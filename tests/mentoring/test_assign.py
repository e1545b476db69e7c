"""Finding a mentor."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.mentoring import operations, queries, rules
from incubator.mentoring.models import AssignmentState
from incubator.organisations.models import Affiliation, AffiliationRole
from incubator.projects.lifecycle import Status
from incubator.projects.models import ConflictDeclaration, Part


def propose(project, person, by):
    with transaction():
        return operations.propose(project, person, by)


def accept(assignment, **options):
    with transaction():
        return operations.accept(assignment, assignment.person, **options)


def tie(person, organisation, role=AffiliationRole.BOARD, **dates):
    with transaction():
        db.session.add(Affiliation(person_id=person.id, organisation_id=organisation.id, role=role, **dates))


def test_an_asked_mentor_who_accepts_accompanies_the_project(make):
    project, mentor = make.project("submitted"), make.person("mentor")
    asked = propose(project, mentor, make.person("coordinator"))
    assert asked.state is AssignmentState.PROPOSED
    assert project.mentors == []
    accept(asked)
    assert project.mentors == [mentor]
    assert queries.has_accepted_mentor(project.id)


def test_accepting_is_a_new_declaration(make):
    project, mentor = make.project("submitted"), make.person("mentor")
    accept(propose(project, mentor, make.person("coordinator")))
    declared = ConflictDeclaration.query.one()
    assert (declared.person_id, declared.has_conflict) == (mentor.id, False)


def test_a_declared_conflict_excludes_for_good_and_is_kept(make):
    project, mentor, coordinator = make.project("submitted"), make.person("mentor"), make.person("coordinator")
    asked = accept(propose(project, mentor, coordinator), has_conflict=True)
    assert asked.state is AssignmentState.DECLINED
    assert project.mentors == []
    assert ConflictDeclaration.query.one().has_conflict
    with pytest.raises(RuleBroken, match="conflict"):
        propose(project, mentor, coordinator)


@pytest.mark.parametrize("role", [AffiliationRole.BOARD, AffiliationRole.EMPLOYEE, AffiliationRole.RELATIVE])
def test_who_belongs_to_the_carrier_is_not_asked(make, role):
    project, mentor = make.project("submitted"), make.person("mentor")
    tie(mentor, project.carrier, role)
    with pytest.raises(RuleBroken, match=project.carrier.name):
        propose(project, mentor, make.person("coordinator"))


def test_who_belongs_to_a_partner_is_not_asked(make):
    project, mentor, partner = make.project("submitted"), make.person("mentor"), make.organisation()
    make.partnership(project, partner)
    tie(mentor, partner)
    with pytest.raises(RuleBroken, match=partner.name):
        propose(project, mentor, make.person("coordinator"))


def test_a_plain_member_may_be_asked(make):
    project, mentor = make.project("submitted"), make.person("mentor")
    tie(mentor, project.carrier, AffiliationRole.MEMBER)
    assert propose(project, mentor, make.person("coordinator"))


def test_a_tie_that_has_ended_excludes_nobody(make):
    project, mentor = make.project("submitted"), make.person("mentor")
    tie(mentor, project.carrier, until=date(2026, 2, 28))
    assert propose(project, mentor, make.person("coordinator"))


def test_a_tie_that_came_after_the_question_is_seen_at_the_answer(make):
    project, mentor = make.project("submitted"), make.person("mentor")
    asked = propose(project, mentor, make.person("coordinator"))
    tie(mentor, project.carrier)
    with pytest.raises(RuleBroken):
        accept(asked)


def test_nobody_mentors_their_own_project(make):
    person = make.person("mentor")
    with pytest.raises(RuleBroken, match="team"):
        propose(make.project("submitted", lead=person), person, make.person("coordinator"))


def test_only_mentors_of_the_pool_are_asked(make):
    with pytest.raises(RuleBroken, match="pool"):
        propose(make.project("submitted"), make.person("coordinator"), make.person("coordinator"))


def test_the_round_limits_how_many_projects_one_mentor_accompanies(make):
    make.round(mentor_max_projects=2)
    mentor, coordinator = make.person("mentor"), make.person("coordinator")
    for _ in range(2):
        accept(propose(make.project("submitted"), mentor, coordinator))
    with pytest.raises(RuleBroken, match="limit"):
        propose(make.project("submitted"), mentor, coordinator)


def test_ended_projects_are_no_load(make):
    mentor = make.person("mentor")
    make.project("completed", mentor=mentor)
    make.project("active", mentor=mentor)
    assert queries.load(mentor.id) == 1


def test_the_pool_shows_load_and_obstacles_with_the_free_ones_first(make):
    project = make.project("submitted")
    busy, free, tied = (make.person("mentor", name=name) for name in ("Ada Busy", "Bea Free", "Cem Tied"))
    make.project("active", mentor=busy)
    tie(tied, project.carrier)
    pool = queries.candidates(project, clock.today())
    assert [(each.person, each.load, each.obstacle is None) for each in pool] == [
        (free, 0, True), (busy, 1, True), (tied, 0, False),
    ]


def test_an_answer_is_given_once(make):
    asked = accept(propose(make.project("submitted"), make.person("mentor"), make.person("coordinator")))
    with pytest.raises(RuleBroken, match="answered"):
        accept(asked)


def test_declining_needs_a_reason(make):
    asked = propose(make.project("submitted"), make.person("mentor"), make.person("coordinator"))
    with pytest.raises(RuleBroken) as broken, transaction():
        operations.decline(asked, asked.person, "  ")
    assert broken.value.field == "reason"
    with transaction():
        operations.decline(asked, asked.person, "Keine Zeit")
    assert asked.state is AssignmentState.DECLINED


def test_who_declined_may_be_asked_again(make):
    project, mentor, coordinator = make.project("submitted"), make.person("mentor"), make.person("coordinator")
    asked = propose(project, mentor, coordinator)
    with transaction():
        operations.decline(asked, mentor, "Erst im Mai")
    assert propose(project, mentor, coordinator)


def test_a_project_is_admitted_when_a_mentor_has_accepted(make):
    project, coordinator = make.project("submitted"), make.person("coordinator")
    with pytest.raises(RuleBroken, match="No mentor"), transaction():
        operations.admit(project, coordinator)
    asked = propose(project, make.person("mentor"), coordinator)
    with pytest.raises(RuleBroken, match="No mentor"), transaction():
        operations.admit(project, coordinator)
    accept(asked)
    with transaction():
        operations.admit(project, coordinator)
    assert project.status is Status.MENTORING


def test_a_change_of_mentor_hands_over_open_steps(make):
    project = make.project("mentoring")
    old, new, coordinator = project.mentors[0], make.person("mentor"), make.person("coordinator")
    with transaction():
        operations.log_session(
            project, old, held_on=clock.today(), minutes=30, mode="phone", kind="accompaniment",
            steps=[("Raum suchen", old.name, None), ("Preise holen", "Team", None)],
        )
    with transaction():
        asked = operations.end(queries.assignments(project.id)[0], coordinator, "Elternzeit", successor=new)
    assert project.mentors == []
    assert asked.person is new
    accept(asked)
    assert {step.what: step.who for step in queries.open_steps(project.id)} == {
        "Raum suchen": new.name, "Preise holen": "Team",
    }
    assert project.part_of(new.id) == {Part.MENTOR}


tied = st.frozensets(st.integers(1, 6), max_size=4)


@given(ties=tied, concerned=tied, load=st.integers(0, 9), largest=st.integers(1, 9), conflict=st.booleans(),
       parts=st.frozensets(st.sampled_from(list(Part))))
def test_nobody_with_a_tie_a_conflict_or_a_place_in_the_team_is_free(ties, concerned, load, largest, conflict, parts):
    facts = rules.Facts(is_mentor=True, is_active=True, parts=parts, is_asked=False, has_declared_conflict=conflict,
                        ties=ties, load=load)
    sentence = rules.obstacle(facts, {number: str(number) for number in concerned}, largest)
    hindered = bool(ties & concerned) or conflict or bool(parts & {Part.LEAD, Part.MEMBER}) or load >= largest
    assert (sentence is not None) == hindered
