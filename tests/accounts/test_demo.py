"""Roles to step into, in the demo city and nowhere else."""

from datetime import date

from incubator.accounts import queries
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.selection.models import PanelMember


def test_there_is_no_such_thing_in_a_real_city(app, make, visit):
    person = make.person("coordinator")
    assert visit().post(f"/de/sign-in/demo/{person.public_id}").status == 404
    assert person.public_id not in visit().get("/de/sign-in").text


def test_one_click_makes_a_visitor_somebody(app, make, visit):
    app.config["DEMO"] = True
    person = make.person("lead", name="Amira Beispiel")
    visitor = visit()
    page = visitor.get("/de/sign-in")
    assert "Amira Beispiel" in page.text
    assert visitor.fill("/de/sign-in", form="ul.roles form").location == "/de/desk/"
    assert visitor.get("/de/desk/me").status == 200
    assert person.mail in visitor.get("/de/desk/me").text


def test_another_role_ends_the_one_before(app, make, visit):
    app.config["DEMO"] = True
    lead, mentor = make.person("lead"), make.person("mentor")
    visitor = visit(lead)
    visitor.post(f"/de/sign-in/demo/{mentor.public_id}")
    assert queries.sign_ins(lead.id) == []
    assert mentor.mail in visitor.get("/de/desk/me").text


def test_somebody_of_the_panel_can_be_met_too(app, make, visit):
    app.config["DEMO"] = True
    person = make.person(name="Beate Muster")
    with transaction():
        db.session.add(PanelMember(round_id=make.round().id, person_id=person.id, since=date(2026, 3, 20)))
    visitor = visit()
    (button,) = (each for each in visitor.get("/de/sign-in").soup.select(".role") if "Beate" in each.get_text())
    assert visitor.post(button.parent["action"]).location == "/de/desk/"


def test_nobody_real_is_offered(app, make, visit):
    app.config["DEMO"] = True
    real = make.person("lead", mail="anna@stadt.de")
    assert real.public_id not in visit().get("/de/sign-in").text
    assert visit().post(f"/de/sign-in/demo/{real.public_id}").status == 404


def test_at_most_ten_are_offered_leads_first(app, make):
    for role in ("administrator", "auditor", "coordinator", "mentor", "lead", "partner", "translator"):
        for _ in range(4):
            make.person(role)
    faces = queries.demo_faces()
    assert len(faces) <= 10
    assert [role.value for _, role in faces][:5] == ["lead", "lead", "mentor", "mentor", "coordinator"]


def test_an_address_that_is_none_is_no_page(app, visit):
    app.config["DEMO"] = True
    assert visit().post("/de/sign-in/demo/nobody").status == 404
