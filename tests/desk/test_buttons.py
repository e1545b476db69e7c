"""Every task leads to a page that opens for the person it was given to."""

from datetime import date

import pytest

from incubator.foundation import clock
from incubator.organisations.models import Affiliation, AffiliationRole
from incubator.programme.models import RoundChange
from incubator.projects.models import SecondSignature


def lead(make):
    person = make.person("lead")
    make.project("draft", lead=person)
    make.project("returned", lead=person)
    make.project("mentoring", lead=person)
    for state in ("draft", "returned"):
        make.plan(make.project("mentoring", lead=person), state=state)
    make.project("active", lead=person)
    active = make.project("active", lead=person)
    make.milestone(active, due_on=date(2026, 2, 20))
    make.milestone(active, status="returned")
    return person, 8


def mentor(make):
    person = make.person("mentor")
    make.assignment(make.project("submitted"), person)
    make.plan(make.project("budget_review", mentor=person), state="submitted")
    make.milestone(make.project("active", mentor=person), status="reported")
    return person, 5


def coordinator(make):
    person, other = make.person("coordinator"), make.person("coordinator")
    make.project("submitted")
    make.project("submitted", mentor=make.person("mentor"))
    make.project("mentoring", carrier_agreed_on=None)
    make.project("mentoring", mentor=None)
    make.plan(make.project("budget_approved"), state="approved")
    make.award(make.project("awarded"))
    late = make.project("active")
    make.milestone(late, due_on=date(2026, 2, 1))
    make._keep(SecondSignature(project_id=late.id, action="revoke", reason="Grund", proposed_by_id=other.id,
                               proposed_at=clock.now()))
    make._keep(RoundChange(round_id=late.round_id, changes={"grant_max_cents": 9_000_00}, proposed_by_id=other.id,
                           proposed_at=clock.now()))
    return person, 9


def contact(make):
    person = make.person("partner")
    organisation = make.organisation()
    make._keep(Affiliation(person_id=person.id, organisation_id=organisation.id, role=AffiliationRole.CONTACT))
    make.pledge(make.project("active"), organisation)
    return person, 1


@pytest.mark.parametrize("who", [lead, mentor, coordinator, contact])
def test_every_button_opens(visit, make, who):
    person, number = who(make)
    guest = visit(person)
    links = [link["href"] for link in guest.get("/de/desk/").soup.select(".task__title")]
    assert len(links) == number
    for link in links:
        answer = guest.get(link)
        while answer.status in (302, 303):
            answer = guest.follow(answer)
        assert answer.status == 200, link


@pytest.mark.parametrize("role", ["coordinator", "administrator", "auditor", "mentor"])
def test_every_other_link_of_the_desk_opens(visit, make, role):
    make.project("active", members=(person := make.person(role),))
    guest = visit(person)
    for link in guest.get("/de/desk/").soup.select("main a[href^='/']"):
        assert guest.get(link["href"]).status == 200, link["href"]
