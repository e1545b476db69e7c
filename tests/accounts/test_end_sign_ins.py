"""Ending sign-ins asks for one proof of today, of whatever kind: the second one may be on the phone that was lost."""

from datetime import timedelta

import pytest

from incubator.accounts import queries
from incubator.foundation import clock
from tests.accounts.conftest import PASSWORD
from tests.accounts.proving import code, prove, with_app
from tests.visitors import sign_in_token

OTHERS = "/en/desk/me/sign-ins/end-others"


@pytest.fixture(autouse=True)
def _asked(app):
    app.config["SECOND_FACTOR"] = "staff"


def _later(**span):
    clock.set(clock.now() + timedelta(**span))


@pytest.fixture
def owner(resident, visit):
    """A mentor with an app, here and on a phone, who proved it here twenty minutes ago."""
    person = resident("mentor")
    phone, visitor, lost = with_app(person), visit(person), sign_in_token(person)
    prove(visitor, visitor.get("/en/desk/"), phone)
    _later(minutes=20)
    return person, visitor, phone, lost


def _is_open(token):
    return queries.person_of_token(token) is not None


def test_long_after_the_last_proof_nothing_is_ended_before_one_is_given(owner):
    person, visitor, _phone, lost = owner
    that = queries.sign_in_of(lost)
    for path in (OTHERS, f"/en/desk/me/sign-ins/{that.id}/end"):
        asked = visitor.post(path)
        assert asked.status == 403 and "it is you" in asked.text
    assert _is_open(lost) and len(queries.sign_ins(person.id)) == 2


def test_a_code_ends_them(owner):
    _person, visitor, phone, lost = owner
    assert visitor.fill_drawn(visitor.post(OTHERS), proof_code=code(phone)).location == "/en/desk/me"
    assert not _is_open(lost)


def test_whoever_lost_the_phone_ends_them_by_password(owner):
    _person, visitor, _phone, lost = owner
    wrong = visitor.fill_drawn(visitor.post(OTHERS), proof_password="falsch")
    assert wrong.status == 422 and _is_open(lost)
    assert visitor.fill_drawn(wrong, proof_password=PASSWORD).location == "/en/desk/me"
    assert not _is_open(lost)


def test_that_password_opens_nothing_else(owner):
    _person, visitor, _phone, _lost = owner
    visitor.fill_drawn(visitor.post(OTHERS), proof_password=PASSWORD)
    assert visitor.get("/en/desk/me/password").location.startswith("/en/prove")
    assert visitor.post(OTHERS).status == 403


def test_guessing_there_is_slowed_down(owner):
    _person, visitor, _phone, lost = owner
    for _time in range(5):
        visitor.post(OTHERS, {"proof_password": "falsch"})
    assert "tried too often" in visitor.post(OTHERS, {"proof_password": PASSWORD}).text
    assert _is_open(lost)


def test_whoever_lost_the_phone_and_the_password_ends_them_by_a_link(owner, link, visit):
    person, visitor, _phone, lost = owner
    asked = visitor.post(OTHERS)
    assert [each["action"] for each in asked.soup.select("main form")][-1] == "/en/sign-in/link"
    visitor.post("/en/sign-in/link", {"mail": person.mail})
    visitor.fill(link(person.mail))
    before = visitor.follow(visitor.get("/en/desk/me"))
    assert "Is your phone gone?" in before.text and _is_open(lost)
    visitor.post(OTHERS)
    assert not _is_open(lost)
    assert visitor.get("/en/desk/").location.startswith("/en/prove")


def test_a_link_of_long_ago_is_no_proof_and_the_button_is_gone(owner, link):
    person, visitor, _phone, lost = owner
    visitor.post("/en/sign-in/link", {"mail": person.mail})
    visitor.fill(link(person.mail))
    _later(minutes=16)
    assert "Is your phone gone?" not in visitor.follow(visitor.get("/en/desk/me")).text
    assert visitor.post(OTHERS).status == 403 and _is_open(lost)


def test_who_has_no_second_proof_is_asked_for_the_password(resident, visit):
    person = resident("lead")
    visitor, lost = visit(person), sign_in_token(person)
    _later(minutes=16)
    asked = visitor.post(OTHERS)
    assert asked.status == 403 and _is_open(lost)
    assert visitor.fill_drawn(asked, proof_password=PASSWORD).location == "/en/desk/me"
    assert not _is_open(lost)


def test_in_the_demo_city_nothing_is_asked(app, make, visit):
    app.config["SECOND_FACTOR"] = "off"
    person = make.person("mentor")
    visitor, other = visit(person), sign_in_token(person)
    _later(hours=2)
    assert visitor.post(OTHERS).status == 303 and not _is_open(other)
