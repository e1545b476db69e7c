"""Whoever was turned away stands in the log: what for, but neither names nor secrets."""

import logging

import pytest

from incubator.foundation import refusals


@pytest.fixture
def told(caplog):
    caplog.set_level(logging.WARNING, refusals.__name__)
    return lambda: [each.getMessage() for each in caplog.records if each.name == refusals.__name__]


def test_a_page_that_is_not_ones_own_is_noted_with_who_asked(make, visit, told):
    person = make.person("lead")
    assert visit(person).get("/de/desk/people").status == 403
    assert told() == [f"turned away: status=403 method=GET page=accounts.people person={person.id}"]


def test_a_form_without_its_token_is_noted(app, told):
    with app.app_context():
        app.test_client().post("/de/sign-in", data={"mail": "a@example.org", "password": "wrong"})
    assert told() == ["turned away: status=400 method=POST page=accounts.sign_in person=nobody"]


def test_a_wrong_password_is_noted_without_address_and_password(visit, told):
    visit().post("/de/sign-in", {"mail": "someone@example.org", "password": "wrong"})
    assert told() == ["turned away: status=422 method=POST page=accounts.sign_in person=nobody"]


def test_a_secret_link_does_not_stand_in_the_log(visit, told):
    visit().post("/de/sign-in/link/not-a-real-secret")
    assert not any("not-a-real-secret" in line for line in told())


def test_who_reads_public_pages_is_not_noted(visit, told):
    for path in ("/de/", "/de/nowhere", "/de/sign-in"):
        visit().get(path)
    assert told() == []


@pytest.mark.parametrize(("status", "signed_in", "guarded", "at_the_door", "noted"), [
    (404, True, True, False, True), (404, False, True, False, False), (404, True, False, False, False),
    (422, False, False, True, True), (422, True, True, False, False), (200, True, True, True, False),
    (429, False, False, False, True),
])
def test_what_counts_as_turned_away(status, signed_in, guarded, at_the_door, noted):
    assert refusals.is_refusal(status, signed_in=signed_in, guarded=guarded, at_the_door=at_the_door) is noted
