"""Signing in with a password."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from incubator.accounts import operations, passwords, queries
from incubator.accounts.models import Role, SignIn, SignInFailure
from incubator.accounts.rules_proofs import STAFF
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from tests.accounts.conftest import PASSWORD


def _sign_in(mail, password=PASSWORD, network="203.0.113.7"):
    return operations.sign_in(mail, password, network=network, device="Test")


def _fail(mail, times=1, **options):
    for _ in range(times):
        with pytest.raises(RuleBroken) as broken:
            _sign_in(mail, "falsch", **options)
    return str(broken.value.sentence)


def _later(**span):
    clock.set(clock.now() + timedelta(**span))


def test_the_right_password_opens_the_account(any_database, resident):
    person = resident()
    assert queries.person_of_token(_sign_in(f" {person.mail.upper()} ")) is person


def test_the_token_is_stored_only_as_a_hash(app, resident):
    token = _sign_in(resident().mail)
    assert db.session.scalar(sa.select(SignIn.token_hash)) == queries.token_hash(token) != token


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(app, resident):
    assert _fail(resident().mail) == _fail("niemand@example.org", network="198.51.100.1")


def test_somebody_without_a_password_cannot_sign_in_with_one(app, make):
    _fail(make.person().mail)


def test_a_closed_account_lets_nobody_in(app, resident):
    person = resident(is_active=False)
    with pytest.raises(RuleBroken, match="do not belong together"):
        _sign_in(person.mail)


@pytest.mark.parametrize("known", [True, False])
def test_a_password_is_looked_at_even_for_unknown_addresses(app, resident, monkeypatch, known):
    looked = []
    real = passwords.fits
    monkeypatch.setattr(passwords, "fits", lambda *given: looked.append(given) or real(*given))
    _fail(resident().mail if known else "niemand@example.org")
    assert len(looked) == 1


def test_looking_without_a_hash_costs_a_real_look(app, monkeypatch):
    hashes = []

    class Counting(PasswordHasher):
        def verify(self, stored, password):
            hashes.append(stored)
            return super().verify(stored, password)

    monkeypatch.setattr(passwords, "hasher", Counting(time_cost=1, memory_cost=8, parallelism=1))
    assert not passwords.fits(None, "nobody has this password")
    assert hashes[0].startswith("$argon2id$")


def test_after_five_wrong_passwords_one_must_wait_a_minute(any_database, resident):
    person = resident()
    assert "do not belong together" in _fail(person.mail, 5)
    assert _fail(person.mail) == "That was tried too often. Please wait 1 minute and try again."
    with pytest.raises(RuleBroken, match="wait 1 minute"):
        _sign_in(person.mail)
    _later(minutes=1)
    assert _sign_in(person.mail)


def test_waiting_grows_with_each_further_try(app, resident):
    mail = resident().mail
    _fail(mail, 5)
    _later(minutes=1)
    _fail(mail)
    assert "wait 2 minutes" in _fail(mail)


def test_unknown_addresses_are_slowed_like_known_ones(app):
    _fail("niemand@example.org", 5)
    assert "wait 1 minute" in _fail("niemand@example.org")


def test_guessing_through_many_addresses_is_slowed_by_network(app):
    for number in range(30):
        _fail(f"niemand{number}@example.org")
    assert "wait 1 minute" in _fail("noch-niemand@example.org")
    assert "do not belong" in _fail("noch-niemand@example.org", network="198.51.100.1")


def test_success_forgets_the_failures_of_the_address(app, resident):
    mail = resident().mail
    _fail(mail, 4)
    _sign_in(mail)
    assert "do not belong" in _fail(mail, 4)


def test_tries_are_stored_without_address_and_network(app):
    _fail("niemand@example.org")
    stored = " ".join(db.session.scalars(sa.select(SignInFailure.subject)))
    assert "niemand" not in stored and "203" not in stored


def test_old_hashes_are_renewed(app, make):
    weak = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    person = make.person(password_hash=weak)
    _sign_in(person.mail)
    db.session.refresh(person)
    assert person.password_hash != weak
    assert _sign_in(person.mail)


def _use(token):
    with transaction():
        operations.note_use(token)


def test_a_sign_in_lasts_thirty_days_however_much_it_is_used(app, resident):
    token = _sign_in(resident().mail)
    for _time in range(2):
        _later(days=13)
        _use(token)
    _later(days=3)
    assert queries.person_of_token(token)
    _later(days=1)
    assert queries.person_of_token(token) is None


@pytest.mark.parametrize(("role", "alone"), [
    (role, timedelta(hours=24) if role in STAFF else timedelta(days=14)) for role in Role])
def test_a_sign_in_that_is_left_alone_ends_by_itself_and_that_of_staff_after_a_day(app, resident, role, alone):
    person = resident(role)
    token = _sign_in(person.mail)
    clock.set(clock.now() + alone - timedelta(seconds=1))
    assert queries.person_of_token(token) and queries.sign_ins(person.id)
    _use(token)
    clock.set(clock.now() + alone - timedelta(seconds=1))
    assert queries.person_of_token(token)
    _later(seconds=1)
    assert queries.person_of_token(token) is None
    assert queries.sign_ins(person.id) == []


def test_the_door_says_why_somebody_was_signed_out_and_leads_back_to_the_form(app, resident, visit):
    person = resident("mentor")
    visitor = visit(person)
    _later(hours=25)
    asked = visitor.post("/en/desk/me", {"given_name": "Neu"})
    assert asked.location == "/en/sign-in"
    assert "You were away for a while" in visitor.get("/en/sign-in").text
    answer = visitor.post("/en/sign-in", {"mail": person.mail, "password": PASSWORD})
    assert answer.location == "/en/desk/me"
    assert "You were away" not in visit().get("/en/sign-in").text


def test_who_was_signed_out_by_somebody_is_not_told_that_they_were_away(app, resident, visit):
    person = resident("mentor")
    visitor = visit(person)
    with transaction():
        operations.end_all(person, person)
    assert "You were away" not in visitor.get("/en/sign-in").text


def test_the_page_signs_in_and_goes_where_one_wanted_to(app, resident, visit):
    person, stranger = resident(), visit()
    assert stranger.get("/de/desk/me").location == "/de/sign-in"
    answer = stranger.post("/de/sign-in", {"mail": person.mail, "password": PASSWORD})
    assert (answer.status, answer.location) == (303, "/de/desk/me")
    assert person.mail in stranger.follow(answer).text


def test_the_page_refuses_a_wrong_password_in_one_sentence(app, resident, visit):
    answer = visit().post("/en/sign-in", {"mail": resident().mail, "password": "falsch"})
    assert answer.status == 422
    assert "do not belong together" in answer.text
    assert "falsch" not in answer.text


def test_signing_in_begins_a_new_session(app, resident, visit):
    stranger = visit()
    stranger.get("/de/desk/me")
    with stranger.client.session_transaction() as before:
        planted = dict(before) | {"planted": "x"}
        before.update(planted)
    stranger.post("/de/sign-in", {"mail": resident().mail, "password": PASSWORD})
    with stranger.client.session_transaction() as after:
        assert "planted" not in after
        assert after["_user_id"] and after.permanent


def test_the_page_for_strangers_asks_the_database_nothing(app, visit, queries):
    stranger = visit()
    with queries(at_most=0):
        assert stranger.get("/de/sign-in").status == 200


def test_whoever_is_signed_in_goes_to_the_desk(app, make, visit):
    assert visit(make.person()).get("/de/sign-in").location == "/de/desk/"
