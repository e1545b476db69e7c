"""Codes from an app and codes on paper."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from incubator.accounts import operations, operations_proofs, operations_prove, queries, rules_proofs
from incubator.accounts.models_proofs import CodeApp, RecoveryCode
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver
from tests.accounts.conftest import PASSWORD
from tests.accounts.proving import code, codes_for, sign_in_of, signed_in, with_app

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PAPER = "abcd-efgh-jkmn"


def _prove(person, typed, network="203.0.113.7"):
    return operations_prove.prove_by_code(person, typed, network=network)


def _later(**span):
    clock.set(clock.now() + timedelta(**span))


@given(st.integers(-3, 3), st.integers(0, 29))
def test_a_code_fits_in_its_half_minute_and_in_no_other(steps, seconds):
    now = clock.now().replace(second=0) + timedelta(seconds=seconds)
    shown = rules_proofs.pyotp.TOTP(SECRET).generate_otp(rules_proofs.step_at(now) + steps)
    fits = rules_proofs.fitting_step(SECRET, shown, 0, now)
    assert fits == (rules_proofs.step_at(now) if steps == 0 else None)


def test_a_code_proves_it_and_marks_the_sign_in(any_database, make):
    person = signed_in(make.person("mentor"))
    token = _prove(person, f" {code(with_app(person))} ")
    found = sign_in_of(token)
    assert (found.proof, found.proved_at) == ("code_app", clock.now())


def test_the_first_proof_gives_the_browser_a_new_token_and_the_old_one_is_worth_nothing(app, make):
    person = signed_in(make.person())
    old = person.token
    token = _prove(person, code(with_app(person)))
    assert token != old and queries.person_of_token(old) is None


def test_a_code_is_taken_once(app, make):
    person = signed_in(make.person())
    shown = code(with_app(person))
    person.token = _prove(person, shown)
    with pytest.raises(RuleBroken, match="wait for the next one"):
        _prove(person, shown)


def test_an_older_code_than_the_last_one_is_not_taken_even_when_the_clock_is_set_back(app, make):
    person = signed_in(make.person())
    phone = with_app(person)
    _later(seconds=30)
    person.token = _prove(person, code(phone))
    _later(seconds=-30)
    with pytest.raises(RuleBroken):
        _prove(person, code(phone))


def test_phones_count_by_the_real_clock_also_where_the_city_lives_on_another_day(app, make, monkeypatch):
    clock.set_free()
    clock.shift(timedelta(days=-75))
    person = signed_in(make.person())
    phone = with_app(person)
    assert abs(clock.real_now() - datetime.now(UTC)) < timedelta(minutes=1)
    moment = clock.real_now()
    monkeypatch.setattr(clock, "real_now", lambda: moment)
    assert _prove(person, str(phone.at(moment)))


def test_a_code_that_has_just_run_out_is_refused_and_the_next_one_is_taken(app, make):
    person = signed_in(make.person())
    phone = with_app(person)
    shown = code(phone)
    _later(seconds=30)
    with pytest.raises(RuleBroken, match="holds for half a minute"):
        _prove(person, shown)
    assert _prove(person, code(phone))


def test_digits_of_every_keyboard_are_read(app, make):
    person = signed_in(make.person())
    arabic = code(with_app(person)).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert _prove(person, f"{arabic[:3]} {arabic[3:]}")


def test_somebody_elses_code_does_not_fit(app, make):
    other, person = make.person(), signed_in(make.person())
    with_app(person)
    with pytest.raises(RuleBroken):
        _prove(person, code(with_app(other)))


def test_an_app_that_was_not_confirmed_proves_nothing(app, make):
    person = signed_in(make.person())
    phone = with_app(person)
    with transaction():
        db.session.execute(sa.update(CodeApp).values(confirmed_at=None))
    with pytest.raises(RuleBroken):
        _prove(person, code(phone))


def test_the_secret_is_stored_encrypted_and_opens_after_the_key_was_changed(app, make):
    person = signed_in(make.person())
    phone = with_app(person)
    assert phone.secret not in db.session.scalar(sa.select(CodeApp.secret))
    app.config["SECRET_KEY_FALLBACKS"], app.config["SECRET_KEY"] = [app.config["SECRET_KEY"]], "another one"
    assert _prove(person, code(phone))


def test_without_the_key_no_code_fits_and_nothing_breaks(app, make):
    person = signed_in(make.person())
    phone = with_app(person)
    app.config["SECRET_KEY"] = "another one"
    with pytest.raises(RuleBroken):
        _prove(person, code(phone))


def test_after_five_wrong_codes_one_must_wait(any_database, make):
    person = signed_in(make.person())
    phone = with_app(person)
    for _number in range(5):
        with pytest.raises(RuleBroken, match="does not fit"):
            _prove(person, "000000")
    with pytest.raises(RuleBroken, match="wait 1 minute"):
        _prove(person, code(phone))
    _later(minutes=1)
    assert _prove(person, code(phone))


def test_who_guesses_codes_shuts_nobody_out_of_password_and_paper(app, resident):
    person = signed_in(resident())
    with_app(person)
    codes_for(person, PAPER.replace("-", ""))
    for _number in range(6):
        with pytest.raises(RuleBroken):
            _prove(person, "000000")
    assert operations.sign_in(person.mail, PASSWORD, network="198.51.100.1", device="")
    assert _prove(person, PAPER)


def test_a_code_on_paper_is_stored_as_a_slow_hash_with_the_persons_own_salt(app, make):
    one, other = make.person(), make.person()
    assert operations_prove.recovery_hash(one, "abcdefghjkmn") != operations_prove.recovery_hash(other, "abcdefghjkmn")
    with_app(one)
    codes_for(one, "abcdefghjkmn")
    assert len(db.session.scalar(sa.select(RecoveryCode.code_hash))) == 64


def test_a_code_on_paper_works_once_and_is_told_by_letter(any_database, make, letters):
    person = signed_in(make.person())
    with_app(person)
    codes_for(person, "abcdefghjkmn", "bbbbccccdddd")
    person.token = _prove(person, PAPER.upper())
    with pytest.raises(RuleBroken):
        _prove(person, PAPER)
    assert _prove(person, "bbbb cccc dddd")
    deliver()
    assert any("A code from your paper" in each.subject or "Papier" in each.subject for each in letters(person.mail))


def test_new_codes_end_the_old_ones(app, make):
    person = signed_in(make.person())
    with_app(person)
    codes_for(person, "abcdefghjkmn")
    codes_for(person, "bbbbccccdddd")
    with pytest.raises(RuleBroken):
        _prove(person, PAPER)


def test_codes_need_a_proof_for_which_they_stand(app, make):
    person = make.person()
    with pytest.raises(RuleBroken, match="stand in for"):
        codes_for(person, "abcdefghjkmn")


def test_no_code_looks_like_another_kind():
    made = [rules_proofs.new_recovery_code() for _number in range(50)]
    assert len(set(made)) == 50
    assert all(rules_proofs.is_recovery_code(rules_proofs.clean_code(rules_proofs.spaced(each))) for each in made)
    assert not any(rules_proofs.is_app_code(each) for each in made)


def test_staff_cannot_remove_their_last_proof_others_can(app, make):
    for roles, mode in ((("mentor",), "staff"), ((), "all")):
        person = signed_in(make.person(*roles))
        with_app(person)
        with pytest.raises(RuleBroken, match="another one first"), transaction():
            operations_proofs.remove_app(person, mode)
    person = signed_in(make.person("lead"))
    with_app(person)
    codes_for(person, "abcdefghjkmn")
    with transaction():
        operations_proofs.remove_app(person, "staff")
    assert db.session.scalar(sa.select(sa.func.count(RecoveryCode.id)).where(RecoveryCode.person_id == person.id)) == 0
