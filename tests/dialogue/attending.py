"""What tests about sign-ups do: somebody asks, confirms, and reads their letters."""

from datetime import timedelta
from types import SimpleNamespace

import sqlalchemy as sa
from flask import current_app

from incubator.dialogue import operations_signup
from incubator.dialogue.models_signup import Signup, SignupState
from incubator.dialogue.rules_signup import token
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.letters.models import Letter

AHEAD = timedelta(days=30)


def announced(make, **fields):
    """A workshop a month ahead for which people can sign up."""
    known = {"state": "planned", "takes_signups": True, "places": 3, "has_childcare": True, "has_interpreters": True}
    return make.workshop(**known | fields)


def ask(workshop, mail="n@example.org", **fields):
    with transaction():
        operations_signup.ask(workshop, mail=mail, language=fields.pop("language", "de"), network=mail, **fields)
    return row(mail, workshop)


def row(mail="n@example.org", workshop=None):
    query = sa.select(Signup).where(Signup.mail == mail)
    return db.session.scalars(query if workshop is None else query.where(Signup.workshop_id == workshop.id)).one()


def come(workshop, mail="n@example.org", **fields):
    """Somebody has asked and confirmed."""
    asked = ask(workshop, mail, **fields)
    act(operations_signup.confirm, asked.id)
    return asked


def act(operation, *args, **fields):
    with transaction():
        return operation(*args, **fields)


def states(workshop):
    """Return {name before the @: state}, in the order in which they asked."""
    db.session.rollback()
    rows = db.session.scalars(sa.select(Signup).where(Signup.workshop_id == workshop.id).order_by(Signup.id))
    return {each.mail.partition("@")[0]: each.state.value for each in rows}


def letters(mail=None):
    """Do what the worker does, and return the subjects and texts of what was written, in its order."""
    while journal.deliver():
        pass
    query = sa.select(Letter).order_by(Letter.id)
    return list(db.session.scalars(query if mail is None else query.where(Letter.address == mail)))


def link(app, signup, kind="manage", language="de"):
    return f"/{language}/sign-ups/{kind}/{token(app.secret_key, signup.id, signup.salt)}"


def later(**by):
    clock.set(clock.now() + timedelta(**by))


def one_of_each(make, round):
    """A workshop ahead with somebody who has asked, one who comes and one who waits, and what their links hold."""
    workshop, now = announced(make, round=round, places=20), clock.now()
    known = {"workshop_id": workshop.id, "language": "de", "salt": "0" * 32, "asked_at": now}
    rows = {
        "asked": Signup(mail="asked@example.org", **known),
        "coming": Signup(mail="coming@example.org", state=SignupState.COMING, confirmed_at=now, **known),
        "waits": Signup(mail="waits@example.org", state=SignupState.WAITING, confirmed_at=now, people=4, **known),
    }
    with transaction():
        db.session.add_all(rows.values())

    def links():
        secret = current_app.config["SECRET_KEY"]
        return {name: token(secret, each.id, each.salt) for name, each in rows.items()} | {"meeting": workshop.slug}

    def parts(endpoint):
        return {"token": links()["asked" if endpoint == "signups.confirm" else "coming"], "workshop_id": workshop.id}

    return SimpleNamespace(workshop=workshop, parts=parts, links=links, **rows)
