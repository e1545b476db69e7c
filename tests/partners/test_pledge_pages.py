"""Pages about promises: who may answer, what is said beside which field."""

from datetime import date

import pytest
import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.partners.models import PledgeKind, PledgeState
from incubator.projects.models import Part

TODAY = date(2026, 3, 1)


def test_the_contact_says_yes_on_a_page(scene, visit):
    pledge = scene.promise()
    visitor = visit(scene.contact)
    answer = visitor.fill(f"/en/desk/pledges/{pledge.id}", answer="confirm")
    assert "confirmed" in visitor.follow(answer).text
    assert pledge.state is PledgeState.CONFIRMED


def test_the_contact_says_no_on_a_page(scene, visit):
    pledge = scene.promise()
    assert visit(scene.contact).fill(f"/en/desk/pledges/{pledge.id}", answer="decline").status == 303
    assert pledge.state is PledgeState.WITHDRAWN


def test_the_coordination_finds_the_way_to_an_answer_and_the_lead_does_not(scene, visit, make):
    pledge = scene.promise()
    page, link = f"/de/desk/projects/{pledge.project_id}/partners", f"/de/desk/pledges/{pledge.id}"
    assert visit(make.person("coordinator")).get(page).soup.select(f"main a[href='{link}']")
    assert not visit(pledge.project.leads[0]).get(page).soup.select(f"main a[href='{link}']")


def test_a_lead_never_confirms_for_the_partner(scene, visit):
    assert visit(scene.lead).get(f"/en/desk/pledges/{scene.promise().id}").status == 403


def test_a_contact_who_is_of_the_team_cannot_confirm(scene, make, visit):
    pledge = scene.promise()
    with transaction():
        scene.project.participations.append(
            type(scene.project.participations[0])(person=scene.contact, kind=Part.MEMBER, since=TODAY)
        )
    assert visit(scene.contact).get(f"/en/desk/pledges/{pledge.id}").status == 403


def test_a_contact_of_another_organisation_cannot_confirm(scene, make, visit):
    other = make.person("partner")
    make.organisation(contact=other)
    assert visit(other).get(f"/en/desk/pledges/{scene.promise().id}").status == 403


def test_a_contact_whose_time_is_over_cannot_confirm(scene, visit):
    pledge = scene.promise()
    with transaction():
        db.session.execute(sa.text("UPDATE affiliation SET until = '2026-02-01'"))
    assert visit(scene.contact).get(f"/en/desk/pledges/{pledge.id}").status == 403


def test_the_coordinator_may_confirm_for_somebody_who_only_telephones(scene, make, visit):
    pledge = scene.promise()
    assert visit(make.person("coordinator")).fill(f"/de/desk/pledges/{pledge.id}", answer="confirm").status == 303


def test_the_contact_sees_the_pledge_and_not_the_project(scene, visit):
    pledge = scene.promise()
    visitor = visit(scene.contact)
    assert visitor.get(f"/de/desk/pledges/{pledge.id}").status == 200
    assert visitor.get(f"/de/desk/projects/{scene.project.id}/partners").status in (403, 404)


def test_the_lead_writes_one_down_on_a_page(scene, visit):
    visitor = visit(scene.lead)
    answer = visitor.fill(
        f"/de/desk/projects/{scene.project.id}/pledges/add", organisation_id=str(scene.organisation.id), kind="room",
        description="Saal und Küche", quantity="12", unit="Abende",
    )
    assert "Saal und Küche" in visitor.follow(answer).text


@pytest.mark.parametrize(
    ("field", "values"),
    [("value_cents", {"kind": "money"}), ("unit", {"kind": "room"}), ("quantity", {"quantity": "0"}),
     ("quantity", {"quantity": "viele"}), ("valued_how", {"kind": "room", "unit": "Abende", "value_cents": "900,00"}),
     ("ends_on", {"kind": "money", "value_cents": "1,00", "starts_on": "2026-05-02", "ends_on": "2026-05-01"}),
     ("description", {"description": "x" * 201})],
)
def test_what_is_wrong_stands_beside_its_field(scene, visit, field, values):
    given = {"organisation_id": str(scene.organisation.id), "kind": "room", "description": "Saal"} | values
    answer = visit(scene.lead).fill(f"/de/desk/projects/{scene.project.id}/pledges/add", **given)
    assert answer.status == 422
    assert answer.soup.select_one(f"#{field}-error")


def test_without_partners_the_page_says_what_comes_first(make, visit):
    lead = make.person("lead")
    project = make.project(lead=lead)
    assert "add one first" in visit(lead).get(f"/en/desk/projects/{project.id}/pledges/add").text


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 7*7 }} %s %(x)s", "\u202e&lt;"])
def test_hostile_text_stays_text(scene, visit, text, letters_to):
    visitor = visit(scene.lead)
    answer = visitor.fill(
        f"/de/desk/projects/{scene.project.id}/pledges/add", organisation_id=str(scene.organisation.id), kind="room",
        description=text, quantity="1", unit=text[:40],
    )
    shown = visitor.follow(answer)
    assert text in shown.soup.find("main").get_text()
    assert not shown.soup.select("main script")
    letter, = letters_to(scene.contact)
    assert text in letter.text


@pytest.mark.parametrize("data", [{}, {"kind": "x"}, {"organisation_id": "-1"}, {"organisation_id": "9" * 30}])
def test_nonsense_is_refused_and_no_fault(scene, visit, data):
    assert visit(scene.lead).post(f"/de/desk/projects/{scene.project.id}/pledges/add", data).status == 422
    assert visit(scene.lead).post(f"/de/desk/projects/{scene.project.id}/partners/add", data).status == 422


@pytest.mark.parametrize("language", ["de", "en", "ar"])
def test_the_table_is_drawn_in_every_language(scene, visit, language):
    scene.promise(starts_on=date(2026, 5, 1))
    scene.confirmed(kind=PledgeKind.ROOM, quantity=2, unit="Abende", value_cents=5_00, valued_how="Miete")
    page = visit(scene.lead).get(f"/{language}/desk/projects/{scene.project.id}/partners")
    assert len(page.soup.select("tbody tr")) == 2


def test_the_page_costs_few_statements(scene, visit, queries):
    for number in range(10):
        scene.promise(value_cents=100 + number)
    visitor = visit(scene.lead)
    with queries(at_most=14):
        visitor.get(f"/de/desk/projects/{scene.project.id}/partners")
