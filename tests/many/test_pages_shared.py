"""What one web server has drawn another gives on, and what was changed neither shows any more."""

import time

import brotli
import pytest
import redis
import requests
import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.projects.models import Project
from tests.many.fleet import WEBS

PATH = "/de/projects/garten"
ONE_SECOND = 1.0


@pytest.fixture
def webs(fleet, project):
    for name in ("valkey", *WEBS):
        fleet.start(name)
    for name in WEBS:
        fleet.wait_until_ready(name)
    return fleet


def read(fleet, name):
    """Ask one of them by the name that both have for the world."""
    alike = {"Host": f"127.0.0.1:{fleet.port}", "Accept-Encoding": "br"}
    return requests.get(fleet.address_of(name, PATH), headers=alike, timeout=60).content.decode()


def title_in_what_is_shared(fleet, title):
    """Write another title into what the servers share, past both, so that one sees from where a page came."""
    line = redis.Redis(unix_socket_path=str(fleet.queue))
    [name] = line.keys("page:*")
    about, _, body = line.get(name).partition(b"\n")
    drawn = brotli.decompress(body).decode()
    assert "Der Garten" in drawn
    line.set(name, about + b"\n" + brotli.compress(drawn.replace("Der Garten", title).encode()), ex=60)


@pytest.mark.long
def test_one_draws_the_other_takes_it_and_a_change_is_seen_on_both_within_a_second(webs):
    read(webs, "web1")
    title_in_what_is_shared(webs, "Von nebenan")
    assert "Von nebenan" in read(webs, "web2"), "it was not drawn a second time"
    db.session.execute(sa.update(Project).values(title="Der neue Garten"))
    db.session.commit()
    time.sleep(ONE_SECOND)
    for name in WEBS:
        shown = read(webs, name)
        assert "Der neue Garten" in shown and "Von nebenan" not in shown, name
