"""Passkeys: made, used to prove and to sign in, and everything that must not be accepted."""

import json

import pytest
import sqlalchemy as sa

from incubator.accounts import operations_proofs, operations_prove, passkeys, queries, queries_proofs
from incubator.accounts.models_proofs import Passkey
from incubator.accounts.operations_prove import MAKING, PROVING, SIGNING_IN
from incubator.accounts.rules_proofs import ASKED_FOR
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from tests.accounts.devices import PRESENT, Device, text
from tests.accounts.proving import sign_in_of, signed_in
from tests.visitors import sign_in_token


def _asked(purpose, person=None):
    with transaction():
        token, value = operations_prove.ask_device(purpose, person, network="x")
    if purpose == MAKING:
        return token, passkeys.creation(person, queries_proofs.passkeys(person.id), value)
    return token, passkeys.request(queries_proofs.passkeys(person.id) if person else [], value)


def _add(person, device, **wrong):
    token, options = _asked(MAKING, person)
    answer = device.create(options, **wrong)
    person.token = operations_proofs.add_passkey(person, answer, token, name="", device="Telefon")


def _sign_in(device, **wrong):
    token, options = _asked(SIGNING_IN)
    return operations_prove.sign_in_by_passkey(device.sign(options, **wrong), token, device="Telefon")


@pytest.fixture
def holder(make):
    person, device = signed_in(make.person("mentor")), Device()
    _add(person, device)
    return person, device


def test_a_device_makes_a_passkey_and_signs_in_with_it_alone(any_database, holder):
    person, device = holder
    token = _sign_in(device)
    assert queries.person_of_token(token) is person
    assert sign_in_of(token).proof == "passkey"


def test_only_the_public_key_is_kept(app, holder):
    _person, device = holder
    kept = db.session.scalar(sa.select(Passkey))
    secret = device.key.private_numbers().private_value.to_bytes(32, "big")
    assert (kept.credential, kept.name, kept.transports) == (device.credential, "Telefon", ["internal", "hybrid"])
    assert secret not in kept.public_key


@pytest.mark.parametrize("wrong", [
    {"origin": "http://evil.example"}, {"origin": "http://localhost:81"}, {"challenge": text(b"another question")},
    {"type": "webauthn.get"}, {"site": "evil.example"}, {"flags": PRESENT}, {"flags": 0},
], ids=str)
def test_no_passkey_is_made_from_a_wrong_answer(app, make, wrong):
    person = signed_in(make.person())
    with pytest.raises(RuleBroken, match="not accepted"):
        _add(person, Device(), **wrong)
    assert not queries_proofs.has_any(person.id)


@pytest.mark.parametrize("wrong", [
    {"origin": "https://localhost"}, {"origin": "http://evil.example"}, {"challenge": text(b"another question")},
    {"type": "webauthn.create"}, {"site": "evil.example"}, {"flags": PRESENT}, {"flags": 0},
    {"signature": b"nothing"}, {"uses": 1}, {"uses": 0}, {"owner": b"somebody else"},
], ids=str)
def test_nobody_signs_in_with_a_wrong_answer(app, holder, wrong):
    _person, device = holder
    _sign_in(device)
    with pytest.raises(RuleBroken, match="not accepted"):
        _sign_in(device, **wrong)
    assert _sign_in(device)


def test_an_answer_works_once(any_database, holder):
    _person, device = holder
    token, options = _asked(SIGNING_IN)
    answer = device.sign(options)
    operations_prove.sign_in_by_passkey(answer, token, device="")
    with pytest.raises(RuleBroken):
        operations_prove.sign_in_by_passkey(answer, token, device="")


def test_an_answer_to_an_earlier_question_is_worth_nothing(app, holder):
    _person, device = holder
    _token, earlier = _asked(SIGNING_IN)
    token, _options = _asked(SIGNING_IN)
    with pytest.raises(RuleBroken):
        operations_prove.sign_in_by_passkey(device.sign(earlier), token, device="")


def test_a_question_waits_five_minutes(app, holder):
    _person, device = holder
    token, options = _asked(SIGNING_IN)
    clock.set(clock.now() + ASKED_FOR)
    with pytest.raises(RuleBroken):
        operations_prove.sign_in_by_passkey(device.sign(options), token, device="")


def test_a_wrong_answer_uses_the_question_up(app, holder):
    _person, device = holder
    token, options = _asked(SIGNING_IN)
    for wrong in ({"signature": b"guess"}, {}):
        with pytest.raises(RuleBroken):
            operations_prove.sign_in_by_passkey(device.sign(options, **wrong), token, device="")


def test_a_device_that_never_counts_is_taken_again_and_again(app, make):
    person, device = signed_in(make.person()), Device(counts=False)
    _add(person, device)
    assert _sign_in(device) and _sign_in(device)


def test_a_question_to_prove_is_none_to_sign_in(app, holder):
    person, device = holder
    token, options = _asked(PROVING, person)
    with pytest.raises(RuleBroken):
        operations_prove.sign_in_by_passkey(device.sign(options), token, device="")


def test_somebody_elses_passkey_does_not_prove_that_it_is_me(app, make, holder):
    _other, device = holder
    person = signed_in(make.person())
    token, options = _asked(PROVING, person)
    with pytest.raises(RuleBroken):
        operations_prove.prove_by_passkey(person, device.sign(options), token)


def test_a_question_of_one_person_is_not_answered_by_another(app, make, holder):
    person, device = holder
    token, options = _asked(PROVING, make.person())
    with pytest.raises(RuleBroken):
        operations_prove.prove_by_passkey(person, device.sign(options), token)


def test_one_device_belongs_to_one_person(app, make, holder):
    _person, device = holder
    with pytest.raises(RuleBroken):
        _add(signed_in(make.person()), device)


def test_a_closed_account_opens_for_no_passkey(app, holder):
    person, device = holder
    with transaction():
        person.is_active = False
    with pytest.raises(RuleBroken):
        _sign_in(device)


def test_a_new_passkey_ends_the_other_sign_ins(app, make):
    person = signed_in(make.person())
    elsewhere = sign_in_token(person)
    _add(person, Device())
    assert queries.person_of_token(elsewhere) is None and queries.person_of_token(person.token) is person


@pytest.mark.parametrize("answer", ["", "[]", "{}", "null", "{", '{"rawId": 7}', '{"rawId": "é"}', "9" * 30_000,
                                    json.dumps({"id": "x", "rawId": "x", "type": "public-key", "response": {}}),
                                    "[" * 20_000])
def test_what_no_device_writes_is_refused(app, make, answer):
    person = signed_in(make.person())
    add, enter = operations_proofs.add_passkey, operations_prove.sign_in_by_passkey
    for purpose, send in ((MAKING, lambda token: add(person, answer, token, name="", device="")),
                          (SIGNING_IN, lambda token: enter(answer, token, device=""))):
        token, _options = _asked(purpose, person if purpose == MAKING else None)
        with pytest.raises(RuleBroken):
            send(token)


@pytest.mark.parametrize(("address", "possible"), [
    ("https://incubator.example.org", True), ("http://localhost:8000", True), ("http://127.0.0.1:8000", False),
    ("http://incubator.example.org", False), ("https://192.0.2.7", False),
])
def test_passkeys_need_a_safe_address_with_a_name(app, address, possible):
    app.config["BASE_URL"] = address
    assert passkeys.are_possible() is possible
