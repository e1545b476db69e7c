"""Whatever comes to the inbox, however odd, long or deep, is refused or dropped, and never a fault."""

import json

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incubator.dispatch.models import Post
from incubator.fediverse import operations_inbox, rules
from incubator.fediverse.models import Actor, Arrived, RemoteFollower
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from tests.fediverse.conftest import BASE

INBOX = "/ap/actors/ein_garten/inbox"
US = f"{BASE}/ap/actors/ein_garten"


def _waiting():
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count(Arrived.id)))


@pytest.mark.parametrize("body", [
    b"", b"null", b"5", b'"x"', b"[]", b"{", b"\xff\xfe", b"[" * 200_000, b'{"a":' * 50_000, b'{"type": NaN}' + b"x",
])
def test_what_is_no_message_is_refused(garden, visit, body):
    answer = visit().client.post(INBOX, data=body, headers={"Signature": "x"})
    assert answer.status_code == 400 and _waiting() == 0


def test_a_message_that_is_too_long_is_refused(garden, visit):
    body = b'{"type": "Follow", "x": "' + b"x" * rules.LARGEST + b'"}'
    assert visit().client.post(INBOX, data=body, headers={"Signature": "x"}).status_code == 413


ODD = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=10) | st.just(US)
                   | st.just("https://anderswo.example/1"),
                   lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
                       st.sampled_from(["id", "type", "actor", "object", "inReplyTo", "content"]), inner, max_size=4),
                   max_leaves=8)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(kind=st.sampled_from([*rules.ACTIVITIES, "Accept", 5, None]), thing=ODD, actor=ODD, name=ODD)
def test_messages_of_odd_shapes_are_no_fault(garden, visit, work, kind, thing, actor, name):
    body = json.dumps({"type": kind, "object": thing, "actor": actor, "id": name})
    answer = visit().client.post("/ap/inbox", data=body, headers={"Signature": 'keyId="x"'})
    assert answer.status_code in (202, 400)
    work()
    assert _waiting() == 0


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(kind=st.sampled_from(rules.ACTIVITIES), thing=ODD, name=ODD)
def test_messages_of_odd_shapes_with_a_good_signature_are_no_fault(garden, neighbour, visit, work, kind, thing, name):
    activity = {"type": kind, "object": thing, "actor": neighbour.uri(), "id": name}
    assert neighbour.send(visit, activity, to="/ap/inbox", base=BASE) == 202
    work()
    assert _waiting() == 0


def test_a_fault_of_ours_with_one_message_holds_up_no_other(garden, follow, monkeypatch):
    real = operations_inbox.carry_out

    def stumble(activity, who, site):
        if activity["actor"].endswith("/omar"):
            raise ZeroDivisionError
        real(activity, who, site)

    monkeypatch.setattr(operations_inbox, "carry_out", stumble)
    follow("omar")
    follow("amal")
    assert db.session.scalar(sa.select(sa.func.count(RemoteFollower.id))) == 1 and _waiting() == 1


def test_with_keys_that_nothing_opens_any_more_the_rest_goes_on(garden, follow, neighbour):
    with transaction():
        db.session.execute(sa.update(Actor).values(secret_key="closed for ever"))
    assert follow() == 202
    assert db.session.scalar(sa.select(sa.func.count(RemoteFollower.id))) == 1 and neighbour.heard == []
    assert "signature" not in neighbour.peer.asked[0][2]
    assert db.session.scalar(sa.select(Post.error)) == "no key of ours opens it"
