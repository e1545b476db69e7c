"""Pages about mentors and talks."""

import pytest

from incubator.foundation import clock
from incubator.foundation.transaction import transaction
from incubator.mentoring import operations, queries
from incubator.mentoring.models import AssignmentState
from incubator.projects.lifecycle import Status

SECRET = "Die Miete kann nicht gezahlt werden."


def at(project, page="/mentoring"):
    return f"/de/desk/projects/{project.id}{page}"


@pytest.fixture
def talked(make):
    member = make.person()
    project = make.project("mentoring", members=(member,))
    make.session(project, project.mentors[0], confidential_notes=SECRET, shared_notes="Zeitplan besprochen.")
    return project


def test_team_members_never_read_what_is_confidential(make, visit, talked):
    for person in (*talked.leads, *talked.people("member")):
        text = visit(person).get(at(talked)).text
        assert "Zeitplan besprochen." in text
        assert SECRET not in text


def test_mentor_and_coordination_read_it(make, visit, talked):
    for person in (*talked.mentors, make.person("coordinator")):
        assert SECRET in visit(person).get(at(talked)).text


def test_a_coordinator_on_the_team_does_not_read_it(make, visit):
    person = make.person("coordinator")
    project = make.project("mentoring", lead=person)
    make.session(project, project.mentors[0], confidential_notes=SECRET)
    assert SECRET not in visit(person).get(at(project)).text


@pytest.mark.parametrize("roles", [("auditor",), ("mentor",), ("partner",), ("administrator",), ()])
def test_others_do_not_see_the_talks_at_all(make, visit, talked, roles):
    assert visit(make.person(*roles)).get(at(talked)).status == 403


def test_no_page_of_the_project_tells_the_team_a_secret(make, visit, talked):
    for page in ("", "/team", "/mentoring"):
        assert SECRET not in visit(talked.leads[0]).get(at(talked, page)).text


def test_a_talk_is_written_down_with_two_steps(make, visit):
    project = make.project("mentoring")
    answer = visit(project.mentors[0]).fill(
        at(project, "/mentoring/log"), minutes="45", kind="initial_consultation", mode="phone",
        shared_notes="Alles besprochen.", what_1="Raum suchen", who_1="Team", due_1="2026-03-20", what_2="Preise holen",
    )
    assert answer.location == at(project)
    assert [step.what for step in queries.open_steps(project.id)] == ["Raum suchen", "Preise holen"]


def test_the_form_says_what_never_to_write_down(make, visit):
    project = make.project("mentoring")
    text = visit(project.mentors[0]).get(f"/en/desk/projects/{project.id}/mentoring/log").text
    assert "health, residence status or religion" in text


def test_only_mentors_of_the_project_write_talks_down(make, visit):
    project = make.project("mentoring")
    for person in (*project.leads, make.person("coordinator"), make.person("mentor")):
        assert visit(person).get(at(project, "/mentoring/log")).status == 403


def test_a_talk_of_tomorrow_is_refused_beside_the_day(make, visit):
    project = make.project("mentoring")
    answer = visit(project.mentors[0]).fill(
        at(project, "/mentoring/log"), held_on="2026-03-02", minutes="45", kind="crisis", mode="phone", shared_notes="x"
    )
    assert answer.status == 422
    assert answer.soup.select_one("#held_on-error")


def test_a_step_is_marked_as_done(make, visit):
    project = make.project("mentoring")
    with transaction():
        operations.log_session(project, project.mentors[0], held_on=clock.today(), minutes=5, mode="phone",
                               kind="accompaniment", steps=[("Anrufen", "", None)])
    step = queries.open_steps(project.id)[0]
    visit(project.leads[0]).post(f"/de/desk/steps/{step.id}/finish")
    assert step.done_on == clock.today()
    assert visit(make.person()).post(f"/de/desk/steps/{step.id}/finish").status == 403


def test_from_the_question_to_the_admission(make, visit):
    project, mentor, coordinator = make.project("submitted"), make.person("mentor"), visit(make.person("coordinator"))
    assert not coordinator.get(at(project, "/admit")).soup.select("main form")
    coordinator.fill(at(project, "/mentoring/propose"), person_id=mentor.id)
    asked = queries.assignments(project.id)[0]
    answer = visit(mentor).fill(f"/de/desk/assignments/{asked.id}", answer="yes")
    assert answer.location == at(project)
    coordinator.fill(at(project, "/admit"))
    assert project.status is Status.MENTORING


def test_only_who_was_asked_answers(make, visit):
    asked = make.assignment(make.project("submitted"), make.person("mentor"))
    for person in (make.person("mentor"), make.person("coordinator"), *asked.project.leads):
        assert visit(person).get(f"/de/desk/assignments/{asked.id}").status == 403


def test_the_asked_mentor_reads_the_proposal_and_says_no_with_a_reason(make, visit):
    asked = make.assignment(make.project("submitted"), make.person("mentor"))
    browser = visit(asked.person)
    assert asked.project.need in browser.get(f"/de/desk/assignments/{asked.id}").text
    assert browser.fill(f"/de/desk/assignments/{asked.id}", answer="no").status == 422
    browser.fill(f"/de/desk/assignments/{asked.id}", answer="no", reason="Keine Zeit")
    assert (asked.state, asked.reason) == (AssignmentState.DECLINED, "Keine Zeit")


def test_a_declared_conflict_needs_no_reason(make, visit):
    asked = make.assignment(make.project("submitted"), make.person("mentor"))
    visit(asked.person).fill(f"/de/desk/assignments/{asked.id}", answer="conflict")
    assert asked.state is AssignmentState.DECLINED
    assert asked.project.mentors == []


def test_the_team_does_not_read_who_said_no(make, visit):
    project = make.project("mentoring")
    refused = make.person("mentor", name="Nora Neinsagerin")
    make.assignment(project, refused, state=AssignmentState.DECLINED, answered_at=clock.now(), reason="Keine Lust")
    assert "Neinsagerin" not in visit(project.leads[0]).get(at(project)).text
    assert "Keine Lust" in visit(make.person("coordinator")).get(at(project)).text


def test_the_mentor_is_changed(make, visit):
    project, new = make.project("mentoring"), make.person("mentor")
    old = queries.assignments(project.id)[0]
    browser = visit(make.person("coordinator"))
    browser.fill(f"/de/desk/assignments/{old.id}/end", reason="Elternzeit", successor_id=new.id)
    assert old.state is AssignmentState.ENDED
    assert {each.person: each.state for each in queries.assignments(project.id)}[new] is AssignmentState.PROPOSED


def test_the_pages_ask_the_database_little(make, visit, queries, talked):
    browser = visit(talked.leads[0])
    browser.get(at(talked))
    with queries(at_most=14):
        browser.get(at(talked))
    browser = visit(make.person("coordinator"))
    for _ in range(5):
        make.person("mentor")
    browser.get(at(talked, "/mentoring/propose"))
    with queries(at_most=16):
        browser.get(at(talked, "/mentoring/propose"))


@pytest.mark.parametrize("code", ["de", "en", "ar"])
def test_every_page_opens_in_every_language(make, visit, talked, code):
    asked = make.assignment(make.project("submitted"), make.person("mentor"))
    assert visit(asked.person).get(f"/{code}/desk/assignments/{asked.id}").status == 200
    for person, page in ((talked.leads[0], "/mentoring"), (talked.mentors[0], "/mentoring/log"),
                         (make.person("coordinator"), "/mentoring/propose"), (make.person("coordinator"), "/admit")):
        assert visit(person).get(f"/{code}/desk/projects/{talked.id}{page}").status == 200
