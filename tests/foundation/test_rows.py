"""Rows are read and written with few statements, and nothing is lost by it."""

import fcntl

import pytest
import sqlalchemy as sa
from sqlalchemy.orm.exc import StaleDataError

from incubator.accounts.models import Person
from incubator.foundation import clock
from incubator.foundation.database import db, is_sqlite
from incubator.foundation.rows import change, fact_of, hold_below, number_of, put
from incubator.foundation.transaction import transaction
from incubator.milestones.models import Milestone, Update, UpdateState
from incubator.projects.models import Project


def _elsewhere(statement):
    with db.engine.connect().execution_options(write=True) as line, line.begin():
        line.execute(statement)


def _update(project):
    return Update(project_id=project.id, title="Neu", text="Alle kamen.", language="de",
                  written_by_id=project.leads[0].id, written_at=clock.now())


def test_a_row_put_down_is_the_row_that_a_session_would_have_stored(any_database, make):
    project = make.project("active")
    with transaction():
        quick, usual = put(_update(project)), _update(project)
        db.session.add(usual)
        db.session.flush()
        said = {name: getattr(quick, name) for name in (each.key for each in Update.__table__.columns) if name != "id"}
        assert (said["state"], said["version"], said["published_at"]) == (UpdateState.DRAFT, 1, None)
        assert said == {name: getattr(usual, name) for name in said}
    assert db.session.get(Update, quick.id) is quick and quick.id != usual.id
    rows = db.session.execute(sa.select(Update.__table__)).mappings().all()
    assert len(rows) == 2 and len({tuple(value for name, value in row.items() if name != "id") for row in rows}) == 1


def test_what_must_be_made_up_is_made_up(any_database):
    with transaction():
        person = put(Person(mail="a@example.org", given_name="A", family_name="B", joined_at=clock.now()))
        assert person.seal_salt and person.seal and person.public_id


def test_a_row_put_down_is_undone_with_the_rest(any_database, make):
    project = make.project("active")
    with pytest.raises(ZeroDivisionError), transaction():
        put(_update(project))
        _ = 1 / 0
    assert db.session.scalars(sa.select(Update)).all() == []


def test_a_change_raises_the_version_and_a_later_one_of_the_session_fits(any_database, make):
    milestone = make.milestone(make.project("active"), title="Alt")
    version = milestone.version
    with transaction():
        change(milestone, title="Neu")
        assert (milestone.title, milestone.version) == ("Neu", version + 1)
        milestone.description = "Mehr"
    assert (milestone.title, milestone.description, milestone.version) == ("Neu", "Mehr", version + 2)


def test_a_change_of_what_somebody_else_changed_is_refused(any_database, make):
    milestone = make.milestone(make.project("active"), title="Alt")
    with pytest.raises(StaleDataError), transaction():
        assert milestone.title == "Alt"
        db.session.connection().execute(
            sa.update(Milestone).where(Milestone.id == milestone.id).values(version=Milestone.version + 1))
        change(milestone, title="Neu")
    assert milestone.title == "Alt"


def test_a_row_and_what_it_belongs_to_are_read_anew_and_held(any_database, make, queries):
    milestone = make.milestone(make.project("active"), title="Alt")
    number, owner = milestone.id, milestone.project_id
    with transaction():
        assert milestone.title == "Alt" and milestone.project.title != "Anders"
        for kind, of in ((Milestone, number), (Project, owner)):
            db.session.connection().execute(sa.update(kind.__table__).where(kind.id == of).values(title="Anders"))
        with queries(at_most=1 if is_sqlite() else 2) as sent:
            held = hold_below(milestone, "project")
            assert (held.title, held.project.title) == ("Anders", "Anders")
        if not is_sqlite():
            assert ["FOR UPDATE OF project" in sent[0], "FOR UPDATE OF milestone" in sent[1]] == [True, True]


def test_one_fact_is_read_alone_and_as_it_is_now(any_database, make, queries):
    person = make.person()
    number = number_of(person)
    db.session.rollback()
    _elsewhere(sa.update(Person).where(Person.id == number).values(seal=None, seal_salt=None))
    with transaction():
        with queries(at_most=1) as sent:
            assert fact_of(person, "seal") is None
        assert "person.mail" not in sent[0]
    assert fact_of(None, "seal") is None and fact_of(object(), "seal") is None


def test_the_next_may_write_as_soon_as_the_disk_has_it(app, make):
    make.round()
    seen, path = [], app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")

    def ask(_session):
        with open(f"{path}.queue", "a") as place:
            try:
                fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                seen.append("taken")
            else:
                seen.append("free")

    sa.event.listen(db.session, "after_commit", ask)
    try:
        with transaction():
            ask(None)
            with db.session.begin_nested():
                db.session.execute(sa.text("UPDATE round SET version = version"))
            ask(None)
    finally:
        sa.event.remove(db.session, "after_commit", ask)
    assert seen == ["taken", "taken", "taken", "free"]
