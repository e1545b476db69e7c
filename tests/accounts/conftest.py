"""What the tests of accounts share."""

import re

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from incubator.accounts import jobs, operations, passwords
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.letters.models import Letter
from tests import identity
from tests.accounts.proving import prove, with_app

PASSWORD = "vier kleine Worte hier"


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch):
    """Real Argon2id, with less work than in earnest."""
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    passwords._nobodys.cache_clear()
    yield
    passwords._nobodys.cache_clear()


@pytest.fixture
def resident(make):
    """Make somebody with a password: `resident("mentor", mail=…)`."""
    return lambda *roles, **fields: make.person(*roles, password_hash=passwords.hash_of(PASSWORD), **fields)


@pytest.fixture
def letters(app):
    """Do what the worker does, and return the letters to an address, the oldest first."""

    def written(address):
        jobs.write_all_asked()
        db.session.rollback()
        return db.session.scalars(sa.select(Letter).where(Letter.address == address).order_by(Letter.id)).all()

    return written


@pytest.fixture
def link(letters):
    """Return the path of the link in the newest letter to an address."""

    def path(address):
        return re.search(r"http://localhost(/\S+)", letters(address)[-1].text)[1]

    return path


@pytest.fixture
def token(link):
    return lambda address: link(address).rsplit("/", 1)[1]


@pytest.fixture
def invited(make, token):
    """Invite somebody and return the token of their link."""

    def send(mail="neu@example.org", by=None, **options):
        by = by or make.person("administrator")
        with transaction():
            operations.invite(mail, by, **options)
        return token(mail)

    return send


@pytest.fixture
def directory(app, monkeypatch):
    """A directory of the city, set up as an operator does; the next to sign in there is Karin Muster."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with identity.directory() as served:
        app.config.update(OIDC_ISSUER=served.issuer, OIDC_CLIENT=identity.CLIENT, OIDC_SECRET=identity.SECRET)
        served.knows(identity.MAIL)
        yield served


@pytest.fixture
def karin(make):
    return make.person("mentor", mail=identity.MAIL)


@pytest.fixture
def office(app, make, visit):
    """A coordinator who has proved it a moment ago where staff must, and their app."""
    app.config["SECOND_FACTOR"] = "staff"
    person = make.person("coordinator")
    phone, visitor = with_app(person), visit(person)
    prove(visitor, visitor.get("/de/desk/"), phone)
    return visitor, phone
