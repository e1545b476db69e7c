"""Pages for everybody are read from a standby, which takes nothing: no such page may write, nor hold a row."""

import pytest
import sqlalchemy as sa
from werkzeug.test import Client

from incubator import create_app
from incubator.foundation import jobs, replica
from incubator.foundation.database import db
from tests.house.siege import paths_of, places, world_in
from tests.many.copies import NAMES

READ_ONLY = "-c default_transaction_read_only=on"


@pytest.fixture
def standby(any_database):
    """The program, whose strangers read over a connection that refuses to write."""
    program = create_app({name: any_database.config[name] for name in NAMES} | {
        "READ_DATABASE_URL": any_database.config["SQLALCHEMY_DATABASE_URI"].replace("+psycopg", ""),
        "PAGE_CACHE_MB": 0, "PROPAGATE_EXCEPTIONS": False})
    copy = program.extensions["replica"]
    address = sa.make_url(any_database.config["SQLALCHEMY_DATABASE_URI"])
    copy.engine.dispose()
    copy.engine = sa.create_engine(address.update_query_dict({"options": READ_ONLY}))
    yield program
    copy.engine.dispose()
    with program.app_context():
        db.engine.dispose()
    jobs.set_up(any_database)


@pytest.mark.long
@pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)
def test_every_page_for_everybody_can_be_read_from_a_standby(any_database, make, standby, monkeypatch):
    world, chosen, wrong = world_in("active", make), [], {}
    real = replica._is_for_strangers
    monkeypatch.setattr(replica, "_is_for_strangers", lambda app: (chosen.append(real(app)), chosen[-1])[1])
    db.session.rollback()
    for rule in places(standby, "GET"):
        if hasattr(standby.view_functions[rule.endpoint], "is_public") and rule.endpoint != "readyz":
            for path in paths_of(rule, world):
                with standby.app_context():
                    status = Client(standby, standby.response_class).get(path).status_code
                if status >= 500:
                    wrong[path] = status
    assert wrong == {}
    assert chosen.count(True) > 50
