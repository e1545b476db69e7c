"""A city whose projects can be followed, and a server next door."""

import pytest

from incubator.dispatch import operations as dispatch
from incubator.fediverse import jobs, queries, signing
from incubator.fediverse.models import ActorKind
from incubator.fediverse.operations_inbox import Looking
from incubator.fediverse.where import site
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from tests.peers.neighbour import Neighbour

BASE = "https://stadt.example"
OWN = [signing.new_key() for _ in range(2)]


@pytest.fixture
def on(app, there, monkeypatch):
    """The fediverse switched on; our keys are made once, because that takes a moment."""
    app.config.update(BASE_URL=BASE, FEDIVERSE="on", TEST_PEERS_CA=str(there.ca))
    made = iter(range(10**6))
    monkeypatch.setattr(signing, "new_key", lambda: OWN[next(made) % 2])
    return app


@pytest.fixture
def neighbour(on, there):
    return Neighbour(there)


@pytest.fixture
def work(on):
    """Let the worker do all it has to do; return how many messages it looked at."""

    def run():
        while journal.deliver():
            pass
        jobs.introduce()
        looked = 0
        while number := Looking(site()).look(20):
            looked += number
        while dispatch.post():
            pass
        db.session.rollback()
        return looked

    return run


@pytest.fixture
def garden(on, make, work):
    """A public project with a name."""
    project = make.project("active", slug="ein-garten", title="Ein Garten für alle", summary="Beete & Bänke.")
    work()
    return project


@pytest.fixture
def follow(neighbour, visit, work, garden):
    """Let somebody next door follow; return the status that their server was given."""

    def do(name="amal", *, handle="ein_garten", way="cavage", to=None, **given):
        activity = neighbour.activity("Follow", f"{BASE}/ap/actors/{handle}", name)
        status = neighbour.send(visit, activity, to=to or f"/ap/actors/{handle}/inbox", base=BASE, way=way, **given)
        work()
        return status

    return do


@pytest.fixture
def programme(on, work):
    work()
    return queries.only(ActorKind.PROGRAMME)


def later(**time):
    clock.set(clock.now() + type(clock.now() - clock.now())(**time))


def keep(change):
    with transaction():
        return change()
