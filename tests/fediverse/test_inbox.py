"""Messages from elsewhere count once, with the signature of the very actor they speak of; others do nothing."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.fediverse import operations, rules
from incubator.fediverse.models import Arrived, RemoteFollower, RemoteKey, SeenActivity
from incubator.foundation import clock
from incubator.foundation.database import db
from tests.fediverse.conftest import BASE, keep
from tests.peers.neighbour import KEYS, pem

INBOX = "/ap/actors/ein_garten/inbox"
US = f"{BASE}/ap/actors/ein_garten"


def _followers():
    db.session.rollback()
    return db.session.scalars(sa.select(RemoteFollower.uri)).all()


def _waiting():
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count(Arrived.id)))


def test_without_a_signature_nothing_is_taken(garden, neighbour, visit):
    body = json.dumps(neighbour.activity("Follow", US))
    assert visit().client.post(INBOX, data=body).status_code == 401 and _waiting() == 0


@pytest.mark.parametrize("way", ["cavage", "rfc9421"])
def test_another_body_another_key_and_another_time_do_nothing(garden, neighbour, follow, way):
    follow(way=way, change=lambda headers, body: (headers, body.replace(b"amal", b"omar")))
    follow(way=way, key=KEYS[1])
    follow(way=way, at=clock.now() - timedelta(days=2))
    assert _followers() == [] and _waiting() == 0 and neighbour.heard == []


def test_the_same_message_sent_to_another_place_does_nothing(garden, neighbour, visit, work):
    """What was signed for one inbox is no message in another."""
    activity = neighbour.activity("Follow", US)
    neighbour.send(visit, activity, to="/ap/inbox", base=BASE, change=lambda headers, body: (headers, body))
    other = neighbour.activity("Follow", US, "omar")
    headers = {}
    neighbour.send(visit, other, to="/ap/inbox", base=BASE, change=lambda h, b: (headers.update(h) or h, b))
    db.session.execute(sa.delete(Arrived))
    db.session.commit()
    visit().client.post(INBOX, data=json.dumps(other), headers=headers)
    work()
    assert _followers() == []


def test_nobody_speaks_for_somebody_else(garden, neighbour, visit, work):
    activity = neighbour.activity("Follow", US, "amal")
    neighbour.send(visit, activity, to=INBOX, base=BASE, key_id=neighbour.key_id("omar"))
    neighbour.send(visit, activity | {"actor": "https://anderswo.example/users/amal"}, to=INBOX, base=BASE,
                   key_id=neighbour.key_id("amal"))
    neighbour.send(visit, activity | {"id": "https://anderswo.example/1"}, to=INBOX, base=BASE)
    work()
    assert _followers() == [] and _waiting() == 0


@pytest.mark.parametrize("document", [
    {}, [], {"id": "https://anderswo.example/users/amal"}, {"publicKeyPem": "x", "owner": "https://anderswo.example/a"},
    (200, b"no json"), (200, b"[" * 100_000), (302, b""), (500, b""), (404, b""), (401, b""),
])
def test_a_key_that_is_none_lets_nobody_in(garden, neighbour, follow, document):
    neighbour.strange["/users/amal"] = document
    assert follow() == 202
    assert _followers() == []


@pytest.mark.parametrize("change", [
    {"id": None}, {"inbox": "https://anderswo.example/inbox"}, {"inbox": "http://localhost/inbox"}, {"inbox": 5},
    {"publicKey": None}, {"publicKey": []}, {"publicKey": {"id": "x"}}, {"publicKey": "x"},
    {"id": "https://anderswo.example/users/amal"}, {"publicKey": {"owner": 1, "id": 2, "publicKeyPem": []}},
])
def test_an_actor_that_is_odd_lets_nobody_in(garden, neighbour, follow, change):
    neighbour.strange["/users/amal"] = neighbour.person("amal") | change
    assert follow() == 202
    assert _followers() == []


def test_a_file_of_a_user_is_no_document(garden, neighbour, follow):
    neighbour.kind = "text/plain"
    follow()
    assert _followers() == []


def test_a_shared_inbox_elsewhere_is_not_used(garden, neighbour, follow):
    neighbour.strange["/users/amal"] = neighbour.person("amal") | {
        "endpoints": {"sharedInbox": "https://anderswo.example/inbox"}}
    follow()
    assert db.session.scalar(sa.select(RemoteFollower.shared_inbox)) == ""


def test_a_key_with_a_page_of_its_own_counts_if_its_owner_names_it(garden, neighbour, follow):
    key_id = f"{neighbour.peer.url}/keys/1"
    neighbour.strange["/keys/1"] = {"id": key_id, "owner": neighbour.uri(), "publicKeyPem": pem(KEYS[0])}
    follow(key_id=key_id)
    assert _followers() == [], "the owner names another key"
    named = {"publicKey": {"id": key_id, "owner": neighbour.uri(), "publicKeyPem": pem(KEYS[0])}}
    neighbour.strange["/users/amal"] = neighbour.person("amal") | named
    follow(key_id=key_id)
    assert _followers() == [neighbour.uri()]


def test_a_new_key_is_asked_for_once(garden, neighbour, follow, visit, work):
    follow()
    neighbour.key = KEYS[1]
    neighbour.peer.asked.clear()
    undo = neighbour.activity("Undo", neighbour.activity("Follow", US))
    neighbour.send(visit, undo, to="/ap/inbox", base=BASE)
    work()
    assert _followers() == [] and [each[1] for each in neighbour.peer.asked] == ["/users/amal"]
    assert db.session.scalar(sa.select(RemoteKey.public_key)) == pem(KEYS[1])


def test_keys_are_asked_for_with_a_signature_of_the_instance(garden, neighbour, follow):
    follow()
    method, _path, headers, _body = neighbour.peer.asked[0]
    assert method == "GET" and f'keyId="{BASE}/ap/actors/instance#main-key"' in headers["signature"]


def test_a_server_that_is_away_is_asked_later(any_database, garden, neighbour, follow, visit, work):
    neighbour.strange["/users/amal"] = (503, b"")
    follow()
    assert _waiting() == 1
    del neighbour.strange["/users/amal"]
    clock.set(clock.now() + rules.WAITS[0])
    work()
    assert _followers() == [neighbour.uri()] and _waiting() == 0


def test_a_server_that_stays_away_is_given_up(garden, neighbour, follow, work):
    neighbour.strange["/users/amal"] = (503, b"")
    follow()
    for wait in rules.WAITS:
        clock.set(clock.now() + wait)
        work()
    assert _waiting() == 0 and _followers() == []


def test_somebody_of_whom_we_never_heard_is_gone_without_work(garden, neighbour, visit):
    delete = neighbour.activity("Delete", neighbour.uri("nobody"), "nobody")
    assert neighbour.send(visit, delete, to="/ap/inbox", base=BASE) == 202
    assert _waiting() == 0 and neighbour.peer.asked == []


def test_a_follower_whose_key_is_gone_with_them_is_forgotten(garden, neighbour, follow, visit, work):
    follow()
    keep(lambda: db.session.execute(sa.delete(RemoteKey)))
    neighbour.gone.add("amal")
    neighbour.send(visit, neighbour.activity("Delete", neighbour.uri()), to="/ap/inbox", base=BASE, key=KEYS[1])
    work()
    assert _followers() == []


def test_nobody_can_say_of_somebody_else_that_they_are_gone(garden, neighbour, follow, visit, work):
    follow()
    for key_id in (f"{neighbour.peer.url}/users/nobody-else", f"{neighbour.peer.url}/nowhere#k", neighbour.key_id()):
        delete = neighbour.activity("Delete", neighbour.uri())
        neighbour.send(visit, delete, to="/ap/inbox", base=BASE, key=KEYS[1], key_id=key_id)
        work()
    assert _followers() == [neighbour.uri()]


def test_what_changes_elsewhere_is_taken_over(garden, neighbour, follow, visit, work):
    follow()
    neighbour.shared = False
    neighbour.send(visit, neighbour.activity("Update", neighbour.person("amal")), to="/ap/inbox", base=BASE)
    neighbour.send(visit, neighbour.activity("Move", neighbour.uri(), target=neighbour.uri("new")), to="/ap/inbox",
                   base=BASE)
    neighbour.send(visit, neighbour.activity("Like", f"{BASE}/ap/notes/1"), to="/ap/inbox", base=BASE)
    work()
    row = db.session.scalar(sa.select(RemoteFollower))
    assert (row.uri, row.shared_inbox, row.inbox) == (neighbour.uri(), "", f"{neighbour.uri()}/inbox")


def test_nobody_follows_the_instance_or_what_is_not_there(garden, neighbour, follow):
    for handle in ("instance", "nowhere"):
        follow(handle=handle, to="/ap/inbox")
    assert _followers() == []


def test_no_more_is_taken_than_can_be_looked_at(garden, neighbour, visit, monkeypatch):
    monkeypatch.setattr(rules, "MOST_ARRIVED", 1)
    assert neighbour.send(visit, neighbour.activity("Follow", US), to=INBOX, base=BASE) == 202
    assert neighbour.send(visit, neighbour.activity("Follow", US), to=INBOX, base=BASE) == 503


def test_what_was_seen_is_forgotten_when_it_can_not_come_again(garden, follow):
    follow()
    assert rules.SEEN_FOR > 2 * rules.FRESH
    clock.set(clock.now() + rules.SEEN_FOR + timedelta(hours=1))
    keep(operations.forget_old)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SeenActivity)) == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(RemoteKey)) == 1, "they still follow"


def test_the_name_of_the_request_counts_for_nothing(garden, neighbour, visit, work):
    """Behind a proxy, and to whoever lies about our name, we are who the settings say."""
    activity = neighbour.activity("Follow", US)

    def lie(headers, body):
        return headers | {"Host": "anderswo.example", "X-Forwarded-Host": "anderswo.example"}, body

    assert neighbour.send(visit, activity, to=INBOX, base=BASE, change=lie) == 202
    work()
    assert _followers() == [neighbour.uri()]


