"""Winning and losing partners."""

import pytest

from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.partners import operations, queries
from incubator.partners.models import PartnerRole

ROOM, EXPERT = PartnerRole.ROOM_GIVER, PartnerRole.EXPERT


def _take_part(project, organisation, *roles):
    with transaction():
        return operations.take_part(project, organisation, roles or [ROOM], project.leads[0])


def test_an_organisation_takes_part_in_several_roles(make):
    project = make.project()
    partnership = _take_part(project, make.organisation(), EXPERT, ROOM)
    assert partnership.roles == ["room_giver", "expert"]
    assert [each.id for each in queries.partnerships(project.id)] == [partnership.id]


def test_a_partner_gets_further_roles(make):
    project, organisation = make.project(), make.organisation()
    first = _take_part(project, organisation, ROOM)
    assert _take_part(project, organisation, EXPERT).id == first.id
    assert first.roles == ["room_giver", "expert"]


def test_a_partner_who_left_can_come_back(make):
    project, organisation = make.project(), make.organisation()
    partnership = _take_part(project, organisation, ROOM)
    with transaction():
        operations.leave(partnership, project.leads[0])
    assert queries.partnerships(project.id) == []
    _take_part(project, organisation, EXPERT)
    assert queries.partnerships(project.id)[0].roles == ["expert"]


def test_nobody_leaves_while_others_count_on_them(make):
    project, organisation = make.project(), make.organisation()
    partnership = _take_part(project, organisation)
    make.pledge(project, organisation)
    with pytest.raises(RuleBroken), transaction():
        operations.leave(partnership, project.leads[0])


@pytest.mark.parametrize("status", ["withdrawn", "rejected", "completed", "revoked"])
def test_an_ended_project_wins_no_partners(make, status):
    project = make.project(status)
    with pytest.raises(RuleBroken):
        _take_part(project, make.organisation())


def test_the_lead_adds_a_partner_on_a_page(make, visit):
    lead, organisation = make.person("lead"), make.organisation(name="Stadtteiltreff")
    project = make.project(lead=lead)
    visitor = visit(lead)
    answer = visitor.fill(
        f"/de/desk/projects/{project.id}/partners/add", organisation_id=str(organisation.id), roles=["room_giver"]
    )
    assert "Stadtteiltreff" in visitor.follow(answer).text


def test_a_lead_is_told_whom_to_ask_for_a_missing_organisation(make, visit):
    lead, coordinator = make.person("lead"), make.person("coordinator")
    project = make.project(lead=lead)
    page = visit(lead).get(f"/en/desk/projects/{project.id}/partners/add")
    assert page.soup.select_one(f"a[href='mailto:{coordinator.mail}']")
    assert not page.soup.select("a[href='/en/desk/organisations/add']")


def test_a_coordinator_may_add_it_at_once(make, visit):
    page = visit(make.person("coordinator")).get(f"/en/desk/projects/{make.project().id}/partners/add")
    assert page.soup.select_one("a[href='/en/desk/organisations/add']")


def test_mentors_read_and_do_not_manage(make, visit):
    mentor = make.person("mentor")
    project = make.project("mentoring", mentor=mentor)
    visitor = visit(mentor)
    assert visitor.get(f"/de/desk/projects/{project.id}/partners").status == 200
    assert visitor.get(f"/de/desk/projects/{project.id}/partners/add").status == 403


def test_other_leads_see_nothing(make, visit):
    assert visit(make.person("lead")).get(f"/de/desk/projects/{make.project().id}/partners").status in (403, 404)


def test_the_lead_ends_a_partnership_on_a_page(make, visit):
    lead = make.person("lead")
    project = make.project(lead=lead)
    partnership = make.partnership(project)
    assert visit(lead).fill(f"/de/desk/partnerships/{partnership.id}/leave").status == 303
    assert queries.partnerships(project.id) == []


def test_a_project_without_partners_says_so(make, visit):
    lead = make.person("lead")
    project = make.project(lead=lead)
    assert "No partner yet" in visit(lead).get(f"/en/desk/projects/{project.id}/partners").text
