"""What nobody outside may read stands in no document that other servers are given or sent."""

import json

import sqlalchemy as sa

from incubator.dispatch.models import Post
from incubator.fediverse import jobs, operations_notes
from incubator.fediverse.models import Actor, Note, RemoteFollower
from incubator.fediverse.where import site
from incubator.foundation import clock
from incubator.foundation.database import db
from tests.fediverse.conftest import BASE, keep
from tests.follow import test_canary as canary
from tests.house.world import build


def test_no_private_word_is_in_any_document(on, make, visit):
    world = build(make)
    canary._hide(world, make)
    jobs.introduce()
    actor = db.session.scalar(sa.select(Actor).where(Actor.project_id == world.project.id))
    keep(lambda: db.session.add(RemoteFollower(
        actor_id=actor.id, uri="https://anderswo.example/users/amal", inbox="https://anderswo.example/inbox",
        host="anderswo.example", since=clock.now())))
    keep(lambda: operations_notes.settle(world.project.id, site(), clock.today()))
    sent = "".join(db.session.scalars(sa.select(Post.body)))
    assert "Mit Foto" in sent and canary.WORD not in sent
    paths = [f"/ap/notes/{number}" for number in db.session.scalars(sa.select(Note.id))]
    for handle in db.session.scalars(sa.select(Actor.handle)):
        own = f"/ap/actors/{handle}"
        paths += [own, f"{own}/followers", f"{own}/outbox", f"{own}/outbox?page=true",
                  f"/.well-known/webfinger?resource=acct:{handle}@stadt.example"]
    canary._poison()
    stranger = visit()
    read = {path: stranger.get(path) for path in (*paths, "/nodeinfo/2.1", "/.well-known/nodeinfo")}
    assert {path: answer.status for path, answer in read.items() if answer.status != 200} == {}
    assert {path for path, answer in read.items() if canary.WORD in answer.text + str(answer.headers)} == set()
    assert all(json.loads(answer.text) for answer in read.values()) and any(BASE in each.text for each in read.values())
