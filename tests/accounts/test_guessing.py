"""Whoever guesses shuts nobody out: the person themselves always gets in by another way, or from another network."""

import pytest

from incubator.accounts import operations, operations_proofs, operations_prove, passkeys
from incubator.accounts.operations_prove import MAKING, SIGNING_IN
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver
from tests.accounts.conftest import PASSWORD
from tests.accounts.devices import Device
from tests.accounts.proving import signed_in
from tests.visitors import sign_in_token


def _guess(mail, times, network="192.0.2.66"):
    for _number in range(times):
        with pytest.raises(RuleBroken):
            operations.sign_in(mail, "falsch", network=network, device="")


def test_guesses_from_elsewhere_do_not_keep_the_owner_out(any_database, resident):
    person = resident()
    _guess(person.mail, 12)
    assert operations.sign_in(person.mail, PASSWORD, network="203.0.113.7", device="")


def test_guesses_from_many_networks_together_make_the_password_wait(app, resident):
    person = resident()
    for number in range(10):
        _guess(person.mail, 5, f"192.0.2.{number}")
    with pytest.raises(RuleBroken, match="too often"):
        operations.sign_in(person.mail, PASSWORD, network="203.0.113.7", device="")


def test_a_link_by_mail_works_while_the_password_waits(app, resident, token):
    person = resident()
    _guess(person.mail, 6)
    with transaction():
        operations.ask_for_link(person.mail)
    link = token(person.mail)
    with transaction():
        assert operations.use_link(link, "Test")


def test_a_passkey_works_while_the_password_waits(app, resident):
    person, device = signed_in(resident()), Device()
    with transaction():
        token, value = operations_prove.ask_device(MAKING, person, network="x")
    made = device.create(passkeys.creation(person, [], value))
    operations_proofs.add_passkey(person, made, token, name="", device="")
    _guess(person.mail, 6)
    with transaction():
        token, value = operations_prove.ask_device(SIGNING_IN, None, network="192.0.2.66")
    answer = device.sign(passkeys.request([], value))
    assert operations_prove.sign_in_by_passkey(answer, token, device="")


def test_links_asked_for_by_others_serve_their_reader(app, resident, token):
    """Somebody who asks for links again and again makes the owner wait for another, but the last one is there."""
    person = resident()
    for _number in range(3):
        with transaction():
            operations.ask_for_link(person.mail, network="192.0.2.66")
    link = token(person.mail)
    with pytest.raises(RuleBroken, match="too often"), transaction():
        operations.ask_for_link(person.mail)
    with transaction():
        assert operations.use_link(link, "Test")


def test_a_right_password_does_not_wipe_out_what_a_guesser_did(app, resident):
    person = resident()
    _guess(person.mail, 5)
    operations.sign_in(person.mail, PASSWORD, network="203.0.113.7", device="")
    with pytest.raises(RuleBroken, match="too often"):
        operations.sign_in(person.mail, PASSWORD, network="192.0.2.66", device="")


def test_a_new_kind_of_device_is_told_by_letter_a_known_one_is_not(app, resident, letters):
    person = resident()
    for device in ("Firefox, Linux", "Firefox, Linux", "Chrome, Android"):
        operations.sign_in(person.mail, PASSWORD, network="x", device=device)
    deliver()
    told = letters(person.mail)
    assert len(told) == 1 and "Chrome, Android" in told[0].text


def test_the_very_first_sign_in_is_no_news(app, make, letters):
    person = make.person()
    with transaction():
        operations.start(person, "Firefox, Linux")
    deliver()
    assert letters(person.mail) == []


def test_ended_everywhere_means_everywhere_else(app, make, visit):
    person = make.person()
    elsewhere, here = sign_in_token(person), visit(person)
    here.post("/de/desk/me/sign-ins/end-others")
    assert here.get("/de/desk/me").status == 200
    with transaction():
        operations.end_all(person, person)
    assert here.get("/de/desk/me").location == "/de/sign-in" and elsewhere
