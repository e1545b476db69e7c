"""What waits, of many kinds, asked for in one statement."""

import sqlalchemy as sa

from incubator.accounts.models import Role
from incubator.desk.waiting import SHAPE, by_kind, together, waits
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.programme.models import Round


def test_each_kind_keeps_its_own_end_and_says_nothing_of_what_it_does_not_know(any_database, make):
    first, second = make.round(), make.round()
    last = waits("last", id=Round.id, title=Round.name).order_by(Round.id.desc()).limit(1)
    every = waits("every", id=Round.id, state=Round.state, at=sa.literal(clock.now()))
    found = by_kind(db.session.execute(together([last, every])))
    assert [(row.id, row.title, row.state) for row in found["last"]] == [(second.id, second.name, None)]
    assert [(row.id, row.state, row.at) for row in found["every"]] == [
        (each.id, each.state.value, clock.now()) for each in (first, second)]
    assert all(getattr(row, name) is None for row in found["every"] for name in SHAPE.keys() - {"id", "state", "at"})
    assert not found["of which there is none"]


def test_whoever_is_everything_at_once_asks_no_more(any_database, make, visit, queries):
    person = make.person(*Role)
    project = make.project("active", lead=person)
    make.award(project, by=make.person("administrator"))
    make.milestone(project)
    make.round(state="draft")
    visitor = visit(person)
    visitor.get("/de/desk/")
    with queries(at_most=20):
        assert visitor.get("/de/desk/").status == 200
