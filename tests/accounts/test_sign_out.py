"""Ending sign-ins: here, elsewhere, everywhere."""

from datetime import timedelta

import pytest

from incubator.accounts import operations, queries
from incubator.accounts import queries as sign_ins
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from tests.visitors import Visitor, sign_in_token


def _copy(app, visitor):
    """Return a browser that holds a copy of another one's cookie."""
    thief = Visitor(app)
    thief.client.set_cookie("session", visitor.client.get_cookie("session").value)
    return thief


def test_a_copied_cookie_opens_nothing_after_signing_out(app, make, visit):
    owner = visit(make.person())
    thief = _copy(app, owner)
    assert thief.get("/de/desk/me").status == 200
    owner.post("/de/sign-out")
    assert owner.get("/de/desk/me").location == "/de/sign-in"
    assert thief.get("/de/desk/me").location == "/de/sign-in"


def test_signing_out_leaves_nothing_in_the_session(app, make, visit):
    owner = visit(make.person())
    owner.follow(owner.post("/de/sign-out"))
    with owner.client.session_transaction() as session:
        assert "_user_id" not in session


def test_signing_out_needs_a_form(app, make, visit):
    assert visit(make.person()).get("/de/sign-out").status == 405


def test_a_lost_phone_is_signed_out_from_elsewhere(app, make, visit):
    person = make.person()
    desktop, phone = visit(person), visit(person)
    this = queries.token_hash(_token(desktop))
    other = next(each for each in queries.sign_ins(person.id) if each.token_hash != this)
    desktop.post(f"/de/desk/me/sign-ins/{other.id}/end")
    assert phone.get("/de/desk/me").status == 303
    assert desktop.get("/de/desk/me").status == 200


def _token(visitor):
    with visitor.client.session_transaction() as session:
        return session["_user_id"]


def test_ending_the_own_sign_in_signs_out(app, make, visit):
    person = make.person()
    visitor = visit(person)
    only = queries.sign_ins(person.id)[0]
    assert visitor.post(f"/de/desk/me/sign-ins/{only.id}/end").location == "/de/sign-in"
    assert visitor.get("/de/desk/me").status == 303


def test_all_others_end_at_once(app, make, visit):
    person = make.person()
    here, there, elsewhere = visit(person), visit(person), visit(person)
    here.post("/de/desk/me/sign-ins/end-others")
    assert [each.get("/de/desk/me").status for each in (here, there, elsewhere)] == [200, 303, 303]


def test_nobody_ends_somebody_elses_sign_in(app, make, visit):
    owner, other = make.person(), make.person("administrator")
    token = sign_in_token(owner)
    theirs = queries.sign_in_of(token)
    assert visit(other).post(f"/de/desk/me/sign-ins/{theirs.id}/end").status == 404
    with pytest.raises(RuleBroken), transaction():
        operations.revoke(queries.sign_in(theirs.id), other)
    assert queries.person_of_token(token)


def test_use_is_noted_now_and_then(app, make, visit, queries):
    person = make.person()
    visitor = visit(person)
    with queries() as often:
        visitor.get("/de/desk/me")
    clock.set(clock.now() + timedelta(hours=1))
    with queries() as noted:
        visitor.get("/de/desk/me")
    assert not any("UPDATE sign_in" in each for each in often)
    assert any("UPDATE sign_in" in each for each in noted)


def test_reading_public_pages_notes_nothing(app, make, visit, queries):
    visitor = visit(make.person())
    clock.set(clock.now() + timedelta(hours=1))
    with queries() as sent:
        visitor.get("/de/")
    assert not any(each.startswith("UPDATE") for each in sent)


def test_looking_whether_a_sign_in_was_left_alone_asks_nothing_more(app, make, queries):
    token = sign_in_token(make.person("mentor"))
    db.session.rollback()
    db.session.expunge_all()
    with queries() as sent:
        sign_ins.person_of_token(token)
    assert len(sent) == 1  # the sign-in with its person and the roles


@pytest.mark.parametrize(("role", "days"), [("mentor", 31), ("lead", 44)])
def test_those_left_alone_are_forgotten_a_month_after_they_ended_by_themselves(any_database, make, role, days):
    sign_in_token(make.person(role))
    for passed, left in ((days, 1), (1, 0)):
        clock.set(clock.now() + timedelta(days=passed))
        with transaction():
            operations.forget_old()
        assert db.session.execute(db.text("SELECT count(*) FROM sign_in")).scalar() == left


def test_ended_sign_ins_are_forgotten_after_a_month(app, make):
    person = make.person()
    sign_in_token(person)
    clock.set(clock.now() + timedelta(days=61))
    with transaction():
        operations.forget_old()
    assert db.session.execute(db.text("SELECT count(*) FROM sign_in")).scalar() == 0
