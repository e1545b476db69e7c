"""Pages on which a carrier is asked and answers."""

import pytest

from incubator.foundation.transaction import transaction
from incubator.projects.models import Part, Participation
from incubator.projects.models_proposal import CarrierAnswer, CarrierRequest
from tests.projects import papers


@pytest.fixture
def scene(make):
    """A draft without a carrier, and an organisation with its contact."""
    contact = make.person("partner")
    project = make.project(carrier=None)
    organisation = make.organisation(contact=contact, description="Wir tragen Projekte aus dem Stadtteil.")
    return project, organisation, contact


def at(project, page=""):
    return f"/en/desk/projects/{project.id}/carrier{page}"


def test_a_lead_reads_who_carries_projects_and_asks_one(scene, make, visit):
    project, organisation, _contact = scene
    make.organisation(name="Trägt nicht e.V.", will_carry=False)
    lead = visit(project.leads[0])
    page = lead.get(at(project))
    assert organisation.description in page.text and "Trägt nicht" not in page.text
    link = page.soup.select_one(f"a[href$='ask?organisation={organisation.id}']")["href"]
    answer = lead.fill(link, words="Hallo!")
    assert answer.location == at(project)
    assert CarrierRequest.query.one().organisation_id == organisation.id


def test_the_contact_says_yes_on_a_page_that_shows_no_more_than_needed(scene, visit):
    project, organisation, contact = scene
    asked = papers.asked(project, organisation)
    path = f"/en/desk/carrier-requests/{asked.id}"
    page = visit(contact).get(path).text
    assert project.summary in page and project.need not in page
    assert visit(contact).fill(path, answer="accept").location == path
    assert project.carrier_id == organisation.id
    assert visit(contact).get(f"/en/desk/projects/{project.id}").status == 403


def test_no_without_a_reason_keeps_the_page_open_at_the_reason(scene, visit):
    project, organisation, contact = scene
    asked = papers.asked(project, organisation)
    answer = visit(contact).fill(f"/en/desk/carrier-requests/{asked.id}", answer="decline", reason="")
    assert answer.status == 422
    assert answer.soup.select_one("details[open] #reason-error")


def test_somebody_of_the_team_never_answers_for_the_organisation(scene, visit):
    project, organisation, contact = scene
    asked = papers.asked(project, organisation)
    with transaction():
        project.participations.append(Participation(person=contact, kind=Part.MEMBER, since=asked.asked_at.date()))
    assert visit(contact).get(f"/en/desk/carrier-requests/{asked.id}").status == 403


def test_a_contact_of_another_organisation_learns_nothing(scene, make, visit):
    project, organisation, _contact = scene
    other = make.person("partner")
    make.organisation(contact=other)
    asked = papers.asked(project, organisation)
    assert visit(other).get(f"/en/desk/carrier-requests/{asked.id}").status == 403
    assert project.title not in visit(other).get("/en/desk/carrier-requests").text


def test_the_desk_leads_the_contact_to_the_question(scene, visit):
    project, organisation, contact = scene
    asked = papers.asked(project, organisation)
    assert visit(contact).get("/en/desk/").soup.select(f"a[href='/en/desk/carrier-requests/{asked.id}']")


def test_the_coordination_answers_where_nobody_speaks_for_the_organisation(make, visit):
    project, coordinator = make.project(carrier=None), make.person("coordinator")
    asked = papers.asked(project, make.organisation())
    assert visit(coordinator).get("/en/desk/").soup.select(f"a[href='/en/desk/carrier-requests/{asked.id}']")
    visit(coordinator).fill(f"/en/desk/carrier-requests/{asked.id}", answer="accept")
    assert asked.state is CarrierAnswer.ACCEPTED


def test_a_carrier_withdraws_on_its_page(scene, visit):
    project, organisation, contact = scene
    asked = papers.asked(project, organisation, "accepted", reason="")
    path = f"/en/desk/carrier-requests/{asked.id}"
    assert visit(contact).get(path).soup.select(f"a[href='{path}/end']")
    visit(contact).fill(f"{path}/end", reason="Keine Kraft.")
    assert asked.state is CarrierAnswer.ENDED


@pytest.mark.parametrize(("is_own", "seen"), [(True, False), (False, True)])
def test_a_chosen_carrier_that_nobody_asked_says_so_unless_it_is_ones_own(make, visit, is_own, seen):
    project = make.project()
    if is_own:
        make.affiliation(project.leads[0], project.carrier, "board")
    page = visit(project.leads[0]).get(f"/en/desk/projects/{project.id}")
    assert ("not yet asked" in page.text) is seen
    assert bool(visit(project.leads[0]).get(at(project)).soup.select("a[href*='/carrier/ask']")) is seen


def test_a_coordinator_of_the_team_does_not_note_its_own_carriers_agreement(make, visit):
    both = make.person("coordinator")
    project = make.project("mentoring", lead=both, carrier_agreed_on=None)
    path = f"/de/desk/projects/{project.id}/carrier-agreement"
    assert visit(both).get(path).status == 403
    assert visit(make.person("coordinator")).get(path).status == 200
