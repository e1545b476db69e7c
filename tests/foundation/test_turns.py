"""Of many workers one at a time does the same periodic work, and a killed one is in nobody's way."""

import subprocess
import sys
import threading

import pytest

from incubator.foundation import jobs, turns
from tests.house.sources import ROOT

AT_ONCE = 0.5  # seconds


def test_a_turn_is_one_processs_and_each_work_has_its_own(any_database):
    answers, over = [], threading.Event()

    def elsewhere():
        with any_database.app_context(), turns.turn("a") as mine, turns.turn("b") as other:
            answers.extend([mine, other])
        over.set()

    with turns.turn("a") as is_mine:
        assert is_mine
        threading.Thread(target=elsewhere).start()
        assert over.wait(20)
    assert answers == [False, True]
    with turns.turn("a") as is_mine, turns.turn("b") as other:
        assert is_mine and other, "each was given back"


def test_what_fails_gives_its_turn_back(any_database):
    with pytest.raises(ZeroDivisionError), turns.turn("a"):
        _nothing = 1 / 0
    with turns.turn("a") as is_mine:
        assert is_mine


def test_no_two_works_have_the_same_name_or_number(app):
    names = [jobs.name_of(each) for each in jobs.periodic]
    assert len(names) == len(set(names)) == len({turns.number_of(each) for each in names})
    assert all(-2**31 <= turns.number_of(each) < 2**31 for each in names)


@pytest.mark.long
def test_two_workers_never_do_the_same_at_once_and_a_killed_one_is_followed_at_once(any_database, tmp_path):
    log = tmp_path / "log"
    subprocess.run([sys.executable, "-m", "tests.foundation.taking", any_database.config["SQLALCHEMY_DATABASE_URI"],
                    str(any_database.config["INSTANCE"]), str(log)], cwd=ROOT, check=True, timeout=120)
    lines = [(what, who, float(at)) for what, who, at in map(str.split, log.read_text().splitlines())]
    inside, killed = None, None
    for what, who, at in lines:
        if what == "in":
            assert inside is None, "two at once"
            inside = who
            if killed:
                assert at - killed < AT_ONCE
                killed = None
        else:
            assert inside == who
            inside, killed = None, (at if what == "killed" else killed)
    assert killed is None, "the other went on"
    assert len({who for _what, who, _at in lines}) == 2, "both had turns"
