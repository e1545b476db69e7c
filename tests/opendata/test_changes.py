"""What changes from one edition to the next, and what takes older ones away."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.dialogue import operations_giving
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.milestones import operations_updates
from incubator.opendata import changes, jobs, operations_lists, queries, store
from incubator.opendata.models import Edition, EditionFile, EditionState
from tests.opendata.world import build, make_all

OF_ROUND = "round-runde-1"


@pytest.fixture
def city(any_database, make):
    world = build(make)
    make_all()
    return world


def _editions(subject="all"):
    db.session.expire_all()
    return db.session.scalars(sa.select(Edition).where(Edition.subject == subject).order_by(Edition.number)).all()


def test_what_says_the_same_is_not_made_again(city):
    assert make_all() == 0
    assert [each.number for each in _editions()] == [1]


def test_what_is_new_is_counted_by_table(city, make):
    make.milestone(city.project, title="Noch einer")
    assert make_all() == 2
    first, second = _editions()
    assert first.changes == {}
    assert second.changes == {"milestones": [1, 0, 0], "projects": [0, 1, 0]}  # the share that is reached
    assert second.numbers["milestones"] == first.numbers["milestones"] + 1
    assert first.state is EditionState.KEPT


def test_the_round_and_the_whole_say_the_same(city):
    numbers = [_editions(subject)[0].numbers for subject in ("all", OF_ROUND)]
    assert numbers[0] == numbers[1]


def test_news_that_is_withdrawn_takes_every_older_edition_with_it(city, make, visit):
    update = make.update(city.project, title="Vorlaut", text="Das sollte niemand lesen.")
    make_all()
    with transaction():
        operations_updates.withdraw_update(update, city.project.leads[0])
    assert visit().get("/opendata/all/2/updates.csv").status == 503
    assert jobs.make_due() == 2
    assert [each.state.value for each in _editions()] == ["taken_back", "taken_back", "kept"]
    for number in (1, 2):
        assert visit().get(f"/opendata/all/{number}/updates.csv").status == 410
    left = {each.place for each in db.session.scalars(sa.select(EditionFile).join(Edition).where(Edition.number < 3))}
    assert not any(store.place(key).exists() for key in left)
    assert b"Vorlaut" not in visit().get("/opendata/all/latest/updates.csv").data


def test_an_idea_taken_back_is_in_no_file(city, make, visit):
    idea = make.idea(title="Vorlaut")
    make_all()
    assert b"Vorlaut" in visit().get("/opendata/all/2/ideas.csv").data
    with transaction():
        operations_giving.take_back(idea.id)
    jobs.make_due()
    assert visit().get("/opendata/all/2/ideas.csv").status == 410
    assert b"Vorlaut" not in visit().get("/opendata/all/latest/ideas.csv").data


def test_the_oldest_go_when_there_are_many(city, make, any_database, visit):
    any_database.config["OPENDATA_KEEP"] = 1
    for number in range(2):
        make.milestone(city.project, title=f"Neu {number}")
        make_all()
    assert [each.state.value for each in _editions()] == ["old", "kept", "kept"]
    assert visit().get("/opendata/all/1/all.zip").status == 410
    assert visit().get("/opendata/all/2/all.zip").status == 200


def test_what_was_lost_with_the_folder_is_made_anew(city, visit):
    for each in db.session.scalars(sa.select(EditionFile.place)).all():
        store.remove(each)
    assert make_all() == 2
    assert [each.state.value for each in _editions()] == ["old", "kept"]
    assert visit().get("/opendata/all/latest/all.zip").status == 200


def test_it_is_made_at_night_and_when_somebody_asks(city, make):
    assert jobs.due() == []
    clock.set(clock.now() + timedelta(days=1))
    assert len(jobs.due()) == 2
    assert jobs.make_due() == 0
    assert jobs.due() == []
    with transaction():
        operations_lists.ask_anew(make.person("coordinator"))
    assert len(jobs.due()) == 2


def test_a_round_in_preparation_has_no_edition(city, make):
    make.round(state="draft")
    assert [each.name for each in queries.subjects()] == ["all", OF_ROUND]


def test_rows_are_compared_side_by_side():
    old = [(0, 1, "", "a"), (0, 2, "", "b"), (7, 1, "", "c"), (7, 9, "x", "d")]
    new = [(0, 1, "", "a"), (0, 3, "", "b"), (7, 1, "", "e"), (7, 9, "x", "d"), (7, 9, "y", "d")]
    assert changes.between(iter(old), iter(new)) == {"rounds": [1, 0, 1], "projects": [1, 1, 0]}
