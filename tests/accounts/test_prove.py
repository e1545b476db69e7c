"""The question whether it is really you: when it is asked, how it is answered, and that nothing typed is lost."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.accounts.models import Ticket
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from tests.accounts.conftest import PASSWORD
from tests.accounts.devices import Device
from tests.accounts.proving import code, prove, with_app

INVITE = "/de/desk/people/invite"


@pytest.fixture(autouse=True)
def _asked(app):
    app.config["SECOND_FACTOR"] = "staff"


def _later(**span):
    clock.set(clock.now() + timedelta(**span))


def test_whoever_has_a_proof_is_asked_for_it_at_sign_in_and_goes_where_they_wanted_to(app, resident, visit):
    person = resident("lead")
    phone, visitor = with_app(person), visit()
    visitor.get("/de/desk/me/letters")
    answer = visitor.follow(visitor.post("/de/sign-in", {"mail": person.mail, "password": PASSWORD}))
    assert answer.location.startswith("/de/prove?go=")
    assert visitor.post(answer.location, {"proof_code": "000000"}).status == 422
    assert prove(visitor, answer, phone).location == "/de/desk/me/letters"
    assert visitor.get("/de/desk/me/letters").status == 200


def test_a_new_password_by_mail_does_not_replace_the_second_proof(app, resident, visit, token):
    person, visitor = resident("mentor"), visit()
    with_app(person)
    visitor.post("/de/sign-in/reset", {"mail": person.mail})
    visitor.post(f"/de/sign-in/reset/{token(person.mail)}", {"password": "fünf ganz neue Worte"})
    assert visitor.get("/de/desk/").location.startswith("/de/prove")


def test_what_weighs_is_asked_again_after_fifteen_minutes_and_nothing_else_is(office):
    visitor, phone = office
    _later(minutes=15)
    assert visitor.get(INVITE).status == 200
    _later(minutes=1)
    assert visitor.get("/de/desk/").status == 200
    answer = visitor.get(f"{INVITE}?x=1")
    assert prove(visitor, answer, phone).location == f"{INVITE}?x=1"
    assert visitor.get(INVITE).status == 200


def test_a_form_that_was_left_open_goes_on_with_all_that_was_typed(office):
    visitor, phone = office
    drawn = visitor.get(INVITE).soup.select_one("main form.form")
    key = drawn.select_one("[name=form_key]")["value"]
    typed = {"mail": "neu@example.org", "roles": ["mentor", "partner"], "language": "ar", "form_key": key}
    _later(minutes=20)
    asked = visitor.post(INVITE, typed)
    assert asked.status == 403
    fields = asked.soup.select_one("main form.form").select("input")
    carried = [(each["name"], each["value"]) for each in fields if each.get("value")]
    assert {("mail", "neu@example.org"), ("roles", "mentor"), ("roles", "partner"), ("language", "ar"),
            ("form_key", key)} <= set(carried)
    wrong = visitor.fill_drawn(asked, proof_code="000000")
    assert wrong.status == 422 and 'value="neu@example.org"' in wrong.text
    answer = visitor.fill_drawn(wrong, proof_code=code(phone))
    assert answer.location == INVITE
    assert "neu@example.org" in visitor.get(INVITE).text


def test_a_form_is_carried_out_once_even_if_the_proof_is_sent_twice(office):
    visitor, phone = office
    _later(minutes=20)
    asked = visitor.post(INVITE, {"mail": "neu@example.org", "language": "de"})
    assert visitor.fill_drawn(asked, proof_code=code(phone)).status == 303
    assert visitor.fill_drawn(asked, proof_code=code(phone)).status == 303
    assert db.session.scalar(sa.select(sa.func.count(Ticket.id)).where(Ticket.mail == "neu@example.org")) == 1


def test_a_passkey_proves_it_on_the_page(app, make, visit):
    person = make.person("coordinator")
    visitor, device = visit(person), Device()
    options = json.loads(visitor.post("/de/desk/me/proofs/passkeys/ask").text)
    made = visitor.post("/de/desk/me/proofs/passkeys", {"answer": device.create(options), "name": "Mein Telefon"})
    assert made.location == "/de/desk/me/proofs/codes"
    assert "Mein Telefon" in visitor.get("/de/desk/me/proofs").text
    _later(minutes=16)
    answer = visitor.get(INVITE)
    options = json.loads(visitor.post("/de/sign-in/passkey/ask").text)
    assert visitor.post(answer.location, {"proof_answer": device.sign(options)}).location == INVITE


def test_a_passkey_alone_signs_in_and_proves_it_at_once(app, make, visit):
    person = make.person("coordinator")
    visitor, device = visit(person), Device()
    options = json.loads(visitor.post("/de/desk/me/proofs/passkeys/ask").text)
    visitor.post("/de/desk/me/proofs/passkeys", {"answer": device.create(options)})
    other = visit()
    assert "data-passkey-box" in other.get("/de/sign-in").text
    options = json.loads(other.post("/de/sign-in/passkey/ask").text)
    answer = device.sign(options)
    assert other.post("/de/sign-in/passkey", {"answer": answer}).location == "/de/desk/"
    assert other.get(INVITE).status == 200
    replayed = visit()
    assert replayed.post("/de/sign-in/passkey", {"answer": answer}).location == "/de/sign-in"
    assert replayed.get("/de/desk/").location == "/de/sign-in"


def test_who_has_no_second_proof_proves_it_by_password(app, resident, visit):
    visitor = visit(resident("lead"))
    assert visitor.get("/de/desk/me/mail").status == 200
    _later(minutes=16)
    answer = visitor.get("/de/desk/me/mail")
    assert visitor.post(answer.location, {"proof_password": "falsch"}).status == 422
    assert visitor.post(answer.location, {"proof_password": PASSWORD}).location == "/de/desk/me/mail"
    assert visitor.get("/de/desk/me/mail").status == 200


def test_a_password_is_no_second_proof(app, resident, visit):
    person = resident("lead")
    with_app(person)
    visitor = visit(person)
    answer = visitor.get("/de/desk/")
    assert visitor.post(answer.location, {"proof_password": PASSWORD}).status == 422
    assert visitor.get("/de/desk/").location.startswith("/de/prove")


def test_who_has_no_password_gets_a_link(app, make, visit):
    visitor = visit(make.person("lead"))
    _later(minutes=16)
    page = visitor.follow(visitor.get("/de/desk/me/mail"))
    assert page.soup.select_one("main form")["action"] == "/de/sign-in/link"


@pytest.mark.parametrize("go", ["//evil.example", "/\t/evil.example", "https://evil.example", "Ii8vZXZpbCI.x", ""])
def test_only_what_we_have_signed_leads_on(office, go):
    visitor, phone = office
    _later(minutes=1)
    answer = visitor.post("/de/prove", {"proof_code": code(phone)}, query_string={"go": go})
    assert answer.location == "/de/desk/"


def test_a_proof_of_one_browser_is_none_in_another(app, make, visit):
    person = make.person("coordinator")
    phone, one, other = with_app(person), visit(person), visit(person)
    prove(one, one.get("/de/desk/"), phone)
    assert other.get("/de/desk/").location.startswith("/de/prove")


def test_who_may_not_is_told_so_and_not_asked(office):
    visitor, _phone = office
    _later(minutes=20)
    assert visitor.get("/de/desk/people").status == 403


def test_the_desk_asks_the_database_nothing_more_once_it_is_proved(office, queries, app):
    visitor, _phone = office
    with queries() as proved:
        visitor.get("/de/desk/me/proofs")
    app.config["SECOND_FACTOR"] = "off"
    with queries() as off:
        visitor.get("/de/desk/me/proofs")
    assert len(proved) == len(off)


def test_a_session_is_closed_with_its_row_and_not_reopened_by_a_proof(app, make, visit):
    person = make.person("coordinator")
    phone, visitor = with_app(person), visit(person)
    answer = visitor.get("/de/desk/")
    with transaction():
        person.is_active = False
    assert prove(visitor, answer, phone).location == "/de/sign-in"
