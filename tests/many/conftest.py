"""A fleet over an empty PostgreSQL and an empty bucket, and a project in it that people can work on."""

import pytest
import sqlalchemy as sa

from incubator import create_app, health
from incubator.accounts import passwords
from incubator.foundation import clock, jobs
from incubator.foundation.database import db
from tests import servers
from tests.builders import Builders
from tests.many.fleet import MILESTONES, PASSWORD, Fleet
from tests.stores import create_bucket


@pytest.fixture
def fleet(postgresql, storage, tmp_path, app):
    """Everything over an empty PostgreSQL and an empty bucket; this process looks into both."""
    clock.reset()
    house = Fleet(tmp_path, servers.create_database(postgresql, "many"), create_bucket(storage))
    program = create_app(house.config)
    try:
        with program.app_context():
            db.create_all()
            db.session.execute(sa.text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
            db.session.execute(sa.text("INSERT INTO alembic_version VALUES (:head)"), {"head": health.head()})
            db.session.commit()
            house.mail.come()
            yield house
            db.session.remove()
            db.engine.dispose()
    finally:
        house.close()
        jobs.set_up(app)


@pytest.fixture
def project(fleet):
    make = Builders()
    lead = make.person("lead", mail="lead@example.org", password_hash=passwords.hash_of(PASSWORD))
    mentor = make.person("mentor", mail="mentor@example.org", password_hash=passwords.hash_of(PASSWORD))
    found = make.project("active", lead=lead, mentor=mentor, slug="garten", title="Der Garten")
    for number in range(MILESTONES):
        make.milestone(found, title=f"Schritt {number}")
    make.milestone(found, title="Der letzte bleibt offen")
    db.session.commit()
    return found
