"""Messages to machines of others are written in the transaction of what they tell of, and arrive."""

import json
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from incubator.dispatch import operations, rules, sending, take_back
from incubator.dispatch.models import Host, Post, PostKind, PostState
from incubator.dispatch.voices import voices
from incubator.foundation import clock, fetching
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from tests.house.sources import ROOT
from tests.peers.sealed import reply

PATIENCE = 120


def _state(key="one"):
    db.session.rollback()
    return db.session.execute(sa.select(Post.state, Post.attempts, Post.error).where(Post.key == key)).one()


def _later(**time):
    clock.set(clock.now() + timedelta(**time))


def _host():
    db.session.rollback()
    return db.session.scalars(sa.select(Host)).one_or_none()


def test_a_message_arrives_signed(any_database, tell, there, told):
    tell("one")
    assert operations.post() == 1
    method, path, headers, body = there.asked[0]
    assert (method, path, headers["x-new"], json.loads(body)) == ("POST", "/inbox", "False", {"key": "one"})
    assert _state() == (PostState.SENT, 1, "") and told == [("heard", "one")]
    assert operations.post() == 0 and _host() is None


def test_a_message_is_written_once_per_key(any_database, tell, there):
    tell("one", "two")
    tell("two", "three")
    while operations.post():
        pass
    assert sorted(json.loads(each)["key"] for each in there.bodies) == ["one", "three", "two"]


def test_a_message_of_a_refused_change_is_never_sent(app, tell, there):
    with pytest.raises(ZeroDivisionError), transaction():
        operations.write([operations.Draft("x", PostKind.HOOK, 1, there.url, "")])
        _ = 1 / 0
    assert operations.post() == 0


def test_what_fails_is_tried_again_later_each_time_and_given_up(any_database, tell, there, told):
    there.answer = lambda asked: reply(asked, 404)
    tell("one")
    for number, wait in enumerate(rules.WAITS, 1):
        assert operations.post() == 1
        assert _state() == (PostState.WAITING, number, "404")
        assert operations.post() == 0
        clock.set(clock.now() + wait)
    assert operations.post() == 1
    assert _state().state is PostState.FAILED and told == [("given_up", "one")]


def test_a_machine_that_is_gone_is_told_to_the_room(app, tell, there, told):
    there.answer = lambda asked: reply(asked, 410)
    tell("one")
    operations.post()
    assert _state() == (PostState.FAILED, 1, "410") and told == [("gone", "one")]


def test_what_will_not_help_is_not_tried_again(app, tell, there, told, monkeypatch):
    monkeypatch.setitem(voices, PostKind.HOOK, told.voice(ends=frozenset({400})))
    there.answer = lambda asked: reply(asked, 400)
    tell("one")
    operations.post()
    assert _state() == (PostState.FAILED, 1, "400") and told == [("given_up", "one")]


def test_whose_sender_is_no_more_is_dropped(app, tell, there, told, monkeypatch):
    monkeypatch.setitem(voices, PostKind.HOOK, told.voice(sign=lambda message, is_new: None))
    tell("one")
    operations.post()
    assert (_state().state, there.asked, told) == (PostState.FAILED, [], [])


def test_an_address_that_leads_inside_is_given_up_at_once(app, tell, there, told):
    app.config["TEST_PEERS_CA"] = ""
    tell("one")
    operations.post()
    assert _state() == (PostState.FAILED, 1, "inside") and there.asked == []


def test_a_machine_that_wants_the_new_signature_gets_it_at_once_and_from_then_on(any_database, tell, there, told,
                                                                                monkeypatch):
    monkeypatch.setitem(voices, PostKind.HOOK, told.voice(knows_two_ways=True))
    there.answer = lambda asked: reply(asked, 202 if asked.headers["X-New"] == "True" else 401)
    tell("one", "two")
    operations.post()
    assert [each[2]["x-new"] for each in there.asked] == ["False", "True", "True"]
    assert _host().takes_new_signatures and told == [("heard", "one"), ("heard", "two")]


def test_who_knows_one_signature_only_is_asked_once(app, tell, there):
    there.answer = lambda asked: reply(asked, 401)
    tell("one")
    operations.post()
    assert len(there.asked) == 1 and _state().state is PostState.WAITING


def test_a_machine_that_fails_again_and_again_rests_and_one_message_tries_whether_it_is_back(any_database, tell, there):
    there.answer = lambda asked: reply(asked, 500)
    tell(*(f"k{number}" for number in range(20)))
    for _ in range(rules.PATIENT):
        operations.post()
        _later(minutes=10)
    assert len(there.asked) == rules.PATIENT and _host().failures == rules.PATIENT
    there.answer = lambda asked: reply(asked, 202)
    assert operations.post() == 1 and _host().failures == 0
    _later(hours=3)
    while operations.post():
        pass
    assert Counter(there.bodies).most_common(1)[0][1] <= rules.PATIENT + 1
    assert db.session.scalar(sa.select(sa.func.count()).where(Post.state == PostState.SENT)) == 20


def test_while_a_machine_rests_nothing_is_asked_of_it(app, tell, there):
    there.answer = lambda asked: reply(asked, 503, Retry_After="600")
    tell("one", "two")
    operations.post()
    _later(minutes=9)
    assert operations.post() == 0 and len(there.asked) == 1
    _later(minutes=2)
    assert operations.post() == 1


@pytest.mark.parametrize(("said", "rest"), [("5", 5), ("99999", 3600), ("-1", None), ("soon", None), ("٣", None)])
def test_a_rest_that_is_asked_for_has_an_end(said, rest):
    assert rules.wished(said) == (None if rest is None else timedelta(seconds=rest))


def test_a_slow_machine_holds_up_nobody_else(any_database, tell, there, monkeypatch):
    """It hangs until another has taken all of its first turn, and fails then; the rest of the others goes on."""
    monkeypatch.setattr(fetching, "WHOLE", PATIENCE)
    quick, first_turn, waited = [], threading.Event(), []

    def answer(asked):
        if asked.path == "/slow":
            waited.append(first_turn.wait(PATIENCE))
            reply(asked, 500)
            return
        quick.append(asked.path)
        if len(quick) == sending.TO_EACH:
            first_turn.set()
        reply(asked, 202)

    there.answer = answer
    tell(*(f"slow{number}" for number in range(30)), url=there.url.replace("localhost", "127.0.0.1") + "/slow")
    tell(*(f"quick{number}" for number in range(30)))
    while operations.post():
        pass
    sent = db.session.scalars(sa.select(Post.key).where(Post.state == PostState.SENT)).all()
    assert waited and all(waited) and len(quick) == len(sent) == 30 and all(each.startswith("quick") for each in sent)


def test_what_is_taken_back_does_not_leave(any_database, tell, there, told):
    tell("note-1:a", "note-1:b", "note-12:a")
    with transaction():
        take_back(PostKind.HOOK, "note-1:")
    operations.post()
    assert [json.loads(each)["key"] for each in there.bodies] == ["note-12:a"]
    assert told == [("heard", "note-12:a")]


def test_what_is_taken_back_while_it_is_under_way_stays_taken_back(app, tell, there, told):
    def withdraw(asked):
        with app.app_context(), transaction():
            take_back(PostKind.HOOK, "one")
        reply(asked, 202)

    there.answer = withdraw
    tell("one")
    operations.post()
    assert _state() == (PostState.FAILED, 0, "taken back") and told == []


def test_what_a_killed_worker_had_taken_leaves_with_the_next_look(any_database, tell, there):
    tell("one")
    with sending._taken(10):
        assert operations.post() == 0, "while it is held by somebody"
    assert operations.post() == 1 and len(there.asked) == 1
    assert list(Path(any_database.config["INSTANCE"]).glob("turns/*")) == [], "leases leave nothing behind"


@pytest.mark.long
def test_a_worker_killed_in_the_middle_is_followed_within_seconds(any_database, tell, there):
    """Three messages taken, the first under way: that one may come again, the others come once."""
    tell("one", "two", "three")
    given = [any_database.config["SQLALCHEMY_DATABASE_URI"], str(any_database.config["INSTANCE"]), str(there.ca)]
    db.session.remove()
    killed = subprocess.run([sys.executable, "-m", "tests.dispatch.killed", *given], cwd=ROOT, timeout=120)
    assert killed.returncode == -signal.SIGKILL and len(there.bodies) == 1
    while operations.post():
        pass
    assert Counter(Counter(there.bodies).values()) == {1: 2, 2: 1}


def test_what_is_settled_is_forgotten_after_a_week(any_database, tell, there, told):
    tell("one")
    operations.post()
    there.answer = lambda asked: reply(asked, 500)
    tell("two")
    operations.post()
    _later(days=6)
    with transaction():
        operations.forget_old()
    assert _state().state is PostState.SENT
    assert _state("two").state is PostState.FAILED and told == [("heard", "one"), ("given_up", "two")]
    _later(days=2)
    with transaction():
        operations.forget_old()
    assert db.session.scalar(sa.select(sa.func.count(Post.id))) == 0 and _host() is None


def test_a_machine_that_rests_is_not_forgotten(app, tell, there):
    there.answer = lambda asked: reply(asked, 503, Retry_After="600")
    tell("one")
    operations.post()
    with transaction():
        operations.forget_old()
    assert _host().failures == 1


def test_only_one_place_speaks_to_machines_whose_addresses_came_from_outside():
    rooms = [path for path in (ROOT / "incubator").rglob("*.py") if "fetching.post(" in path.read_text()]
    assert [path.relative_to(ROOT / "incubator").as_posix() for path in rooms] == ["dispatch/sending.py"]
