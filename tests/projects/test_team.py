"""Who takes part in a project."""

import pytest

from incubator.accounts.models import Ticket
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver, record
from incubator.projects import operations, operations_invitation, queries
from incubator.projects.models import Part


def add(project, person, kind=Part.MEMBER):
    with transaction():
        return operations.add_member(project, project.leads[0], person, kind)


def test_somebody_joins_and_leaves(make):
    project, person = make.project(), make.person()
    part = add(project, person)
    assert project.people(Part.MEMBER) == [person]
    with transaction():
        operations.remove_member(part, project.leads[0])
    assert project.people(Part.MEMBER) == []
    assert part.until == clock.today()


def test_nobody_joins_twice(make):
    project, person = make.project(), make.person()
    add(project, person)
    with pytest.raises(RuleBroken, match="already"):
        add(project, person)


def test_who_left_may_come_back(make):
    project, person = make.project(), make.person()
    part = add(project, person)
    with transaction():
        operations.remove_member(part, project.leads[0])
    assert add(project, person).until is None


def test_who_decided_for_the_city_does_not_join_the_team_afterwards(make):
    project, mentor = make.project("mentoring"), make.person("mentor")
    make.plan(project)
    with transaction():
        record("budget.approval_given", mentor, project)
    with pytest.raises(RuleBroken, match="decided about the project"):
        add(project, mentor)


def test_a_mentor_does_not_join_the_team(make):
    project = make.project("mentoring")
    with pytest.raises(RuleBroken, match="mentors the project"):
        add(project, project.mentors[0])


def test_the_team_does_not_mentor_itself(make):
    project = make.project("submitted")
    with pytest.raises(RuleBroken, match="cannot mentor"):
        add(project, project.leads[0], Part.MENTOR)


def test_a_project_is_never_without_a_lead(make):
    project = make.project()
    with pytest.raises(RuleBroken, match="needs a lead"), transaction():
        operations.remove_member(queries.place(project.id, project.leads[0].id, Part.LEAD), project.leads[0])


def test_the_lead_is_handed_over_and_stays_in_the_team(make):
    heir = make.person()
    project = make.project(members=(heir,))
    old = project.leads[0]
    with transaction():
        operations.hand_over(queries.place(project.id, heir.id, Part.MEMBER), old)
    assert project.leads == [heir]
    assert project.people(Part.MEMBER) == [old]


def test_only_a_member_takes_over_the_lead(make):
    project = make.project("mentoring")
    with pytest.raises(RuleBroken), transaction():
        operations.hand_over(queries.place(project.id, project.mentors[0].id, Part.MENTOR), project.leads[0])


def test_somebody_with_an_account_is_added_at_once(make, visit):
    project, person = make.project(), make.person(mail="neu@example.org")
    visit(project.leads[0]).fill(f"/de/desk/projects/{project.id}/team/add", mail="Neu@Example.org")
    assert project.people(Part.MEMBER) == [person]


def test_somebody_without_an_account_is_invited_and_joins_when_they_accept(make, visit):
    project = make.project()
    visit(project.leads[0]).fill(f"/de/desk/projects/{project.id}/team/add", mail="fremd@example.org")
    assert [each.mail for each in queries.invitations(project.id)] == ["fremd@example.org"]
    assert db.session.query(Ticket).one().mail == "fremd@example.org"
    assert "fremd@example.org" in visit(project.leads[0]).get(f"/de/desk/projects/{project.id}/team").text

    person = make.person(mail="fremd@example.org")
    with transaction():
        record("account.joined", person, person)
    deliver()
    assert project.people(Part.MEMBER) == [person]
    assert queries.invitations(project.id) == []


def test_nobody_is_invited_twice_to_one_project(make):
    project = make.project()
    with transaction():
        operations_invitation.ask_in(project, project.leads[0], mail="fremd@example.org")
    with pytest.raises(RuleBroken, match="invited already"), transaction():
        operations_invitation.ask_in(project, project.leads[0], mail="Fremd@example.org")


def test_an_invitation_is_taken_back(make, visit):
    project = make.project()
    with transaction():
        waiting = operations_invitation.ask_in(project, project.leads[0], mail="fremd@example.org")
    visit(project.leads[0]).fill(f"/de/desk/team/invitations/{waiting.id}/take-back")
    assert queries.invitations(project.id) == []


def test_pages_of_the_team_change_it(make, visit):
    first, second = make.person(), make.person()
    project = make.project(members=(first, second))
    lead = project.leads[0]
    place = queries.place(project.id, first.id, Part.MEMBER)
    visit(lead).fill(f"/de/desk/team/{place.id}/remove")
    assert project.people(Part.MEMBER) == [second]
    place = queries.place(project.id, second.id, Part.MEMBER)
    visit(lead).fill(f"/de/desk/team/{place.id}/lead")
    assert project.leads == [second]


def test_only_the_lead_changes_the_team(make, visit):
    member = make.person()
    project = make.project(members=(member,))
    place = queries.place(project.id, member.id, Part.MEMBER)
    for person in (member, make.person("coordinator"), make.person()):
        assert visit(person).get(f"/de/desk/projects/{project.id}/team/add").status == 403
        assert visit(person).get(f"/de/desk/team/{place.id}/remove").status == 403
