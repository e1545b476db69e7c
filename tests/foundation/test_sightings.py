"""What was last seen is known to whoever asks: from the folder, or from Redis where the folder is another."""

import os
from datetime import timedelta

import pytest

from incubator.foundation import clock, sightings
from incubator.foundation.sightings import note, seen


def test_the_newest_counts(app):
    note("worker", number=1)
    clock.set(clock.now() + timedelta(minutes=1))
    note("worker", number=2)
    assert seen("worker", "backup")["worker"].facts == {"number": 2}
    assert seen("backup") == {}
    clock.set(clock.now() + timedelta(minutes=2))
    assert seen("worker")["worker"].age == 120


def test_a_clock_that_was_set_back_makes_nothing_younger_than_now(app):
    note("worker")
    clock.set(clock.now() - timedelta(days=2))
    assert seen("worker")["worker"].age == 0


def test_two_machines_without_a_common_folder_know_it_from_redis(app, valkey, tmp_path):
    note("worker", number=7)
    app.config["INSTANCE"] = tmp_path / "another"
    assert seen("worker")["worker"].facts == {"number": 7}


def test_without_redis_the_folder_is_enough(app):
    app.config["REDIS_URL"] = "redis://127.0.0.1:1/0"
    note("worker", number=7)
    assert seen("worker")["worker"].facts == {"number": 7}


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"at": 7}', '{"at": "yesterday"}'])
def test_what_cannot_be_read_was_not_seen(app, text):
    folder = app.config["INSTANCE"] / sightings.FOLDER
    folder.mkdir()
    (folder / "worker.json").write_text(text)
    assert seen("worker") == {}


def test_where_nothing_can_be_written_work_goes_on(app, caplog):
    (app.config["INSTANCE"] / sightings.FOLDER).write_text("no folder")
    note("worker")
    assert seen("worker") == {}
    assert "could not write down worker" in caplog.text


def test_a_folder_of_ours_is_nobody_elses(app):
    note("worker")
    assert os.stat(app.config["INSTANCE"] / sightings.FOLDER).st_mode & 0o077 == 0
