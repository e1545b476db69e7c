"""Help that is offered becomes a pledge, and the public sees only how many help."""

import pytest
import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.partners.models import Partnership, Pledge, PledgeKind, PledgeState
from incubator.questions.models import HelpKind, MessageState
from tests.questions.messages import MAIL, offer

PAGE = "/de/projects/projekt-1"


@pytest.fixture
def project(make):
    return make.project("active")


def letters():
    deliver()
    return db.session.scalars(sa.select(Letter).where(Letter.address == MAIL)).all()


def accept(visit, project, given, **answers):
    return visit(project.leads[0]).fill(f"/de/desk/messages/{given.id}/accept", **answers)


@pytest.mark.parametrize(("given", "promised"), [
    (HelpKind.ROOM, PledgeKind.ROOM), (HelpKind.HOURS, PledgeKind.HOURS),
    (HelpKind.LANGUAGES, PledgeKind.INTERPRETING), (HelpKind.MATERIAL, PledgeKind.MATERIAL),
])
def test_a_yes_makes_a_pledge_of_the_carrier(any_database, visit, project, given, promised):
    made = offer(project, "passed", help_kind=given)
    assert accept(visit, project, made, text="Komm am Freitag!").status == 303
    db.session.refresh(made)
    pledge = db.session.get_one(Pledge, made.pledge_id)
    assert (made.state, pledge.kind, pledge.state) == (MessageState.ANSWERED, promised, PledgeState.OFFERED)
    assert pledge.organisation_id == project.carrier_id
    part = db.session.scalar(sa.select(Partnership).where(Partnership.organisation_id == project.carrier_id))
    assert part.roles == ["volunteers"]


def test_a_pledge_says_nothing_of_who_gives(visit, project):
    made = offer(project, "passed", name="Nina Nachbar", text="Ich bin Nina aus der Hasestraße.")
    accept(visit, project, made)
    pledge = db.session.get_one(Pledge, made.pledge_id)
    for word in ("Nina", "Hasestraße", MAIL):
        assert word not in f"{pledge.description} {pledge.unit}"


def test_an_address_writes_to_nobody_else(visit, project):
    made = offer(project, "passed", mail="n?cc=everybody@example.org")
    accept(visit, project, made)
    link = visit(project.leads[0]).get(f"/de/desk/messages/{made.id}/accept").soup.select_one("a[href^='mailto:']")
    assert link["href"] == "mailto:n%3Fcc%3Deverybody@example.org"


def test_the_team_sees_the_address_only_after_its_yes(visit, project):
    made = offer(project, "passed")
    lead, path = visit(project.leads[0]), f"/de/desk/messages/{made.id}/accept"
    before = lead.get(path).text
    assert MAIL not in before and "Nina Nachbar" not in before
    lead.fill(path)
    after = lead.get(path).text
    assert MAIL in after and "Nina Nachbar" in after


def test_help_can_go_through_another_partner(visit, make, project):
    parish = make.organisation(name="Gemeinde")
    make.partnership(project, parish)
    made = offer(project, "passed")
    accept(visit, project, made, organisation_id=str(parish.id))
    assert db.session.get_one(Pledge, made.pledge_id).organisation_id == parish.id


def test_without_any_organisation_the_team_is_told_what_to_do(visit, make):
    project = make.project("active", carrier=None)
    page = visit(project.leads[0]).get(f"/de/desk/messages/{offer(project, 'passed').id}/accept")
    assert page.status == 200 and not page.soup.select("main form[method=post]")
    assert page.soup.select_one(f"main a[href='/de/desk/projects/{project.id}/partners']")


def test_the_giver_is_thanked_once(visit, project):
    accept(visit, project, offer(project, "passed", language="ar"), text="Komm am Freitag!")
    found = letters()
    assert len(found) == 1 and found[0].language == "ar" and "Komm am Freitag!" in found[0].text


def test_a_no_is_kind_and_makes_no_pledge(any_database, visit, project):
    made = offer(project, "passed")
    answer = visit(project.leads[0]).fill(f"/de/desk/messages/{made.id}/decline", text="Wir haben genug Hände.")
    assert answer.status == 303
    assert "Wir haben genug Hände." in letters()[0].text
    assert db.session.scalar(sa.select(sa.func.count(Pledge.id))) == 0
    assert MAIL not in visit(project.leads[0]).get(f"/de/desk/messages/{made.id}/accept").text


def test_everybody_sees_only_how_many_help(any_database, visit, project):
    for _ in range(3):
        accept(visit, project, offer(project, "passed"), description="Schälen und schneiden")
    with transaction():
        first = db.session.scalar(sa.select(Pledge).order_by(Pledge.id))
        first.state = PledgeState.CONFIRMED
    page = visit().get(PAGE.replace("/de/", "/en/"))
    assert "3 neighbours help." in page.soup.select_one("[aria-labelledby=help-title]").text
    assert "Schälen" not in page.text and MAIL not in page.text


def test_help_that_was_withdrawn_counts_no_more(visit, project):
    accept(visit, project, offer(project, "passed"))
    with transaction():
        db.session.execute(sa.update(Pledge).values(state=PledgeState.WITHDRAWN))
    assert "helps" not in visit().get("/en/projects/projekt-1").soup.select_one("[aria-labelledby=help-title]").text
    assert db.session.scalar(sa.select(Pledge.state)) is PledgeState.WITHDRAWN


def test_a_second_yes_makes_no_second_pledge(visit, project):
    made = offer(project, "passed")
    lead, path = visit(project.leads[0]), f"/de/desk/messages/{made.id}/accept"
    values = {"description": "Zeit", "quantity": "1", "unit": "Person", "organisation_id": str(project.carrier_id)}
    assert [lead.post(path, values).status for _ in range(2)] == [303, 422]
    assert db.session.scalar(sa.select(sa.func.count(Pledge.id))) == 1
