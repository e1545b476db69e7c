"""The deep trials, by hand: `pytest -m endurance tests/faults`; those of every day: tests/house/test_killed.py."""

import subprocess
import sys

import pytest

from tests.budgets import test_races
from tests.house import test_killed
from tests.house.sources import ROOT
from tests.house.test_killed import after  # noqa: F401 - a fixture

KILLS, REQUESTS, RACES, MINUTES = 200, 120, 1000, 4


@pytest.fixture
def _more(monkeypatch):
    monkeypatch.setattr(test_killed, "TRIALS", KILLS)
    monkeypatch.setattr(test_killed, "REQUESTS", REQUESTS)
    monkeypatch.setattr(test_races, "TRIALS", RACES)


@pytest.mark.endurance
@pytest.mark.usefixtures("_more")
def test_two_hundred_kills_lose_nothing(after):  # noqa: F811
    print(f"{len(after.receipts)} receipts and {len(after.payments)} payments were told")
    test_killed.test_fifty_kills_lose_nothing_and_leave_nothing_half_done(after)


@pytest.mark.endurance
@pytest.mark.usefixtures("_more")
def test_a_thousand_races_for_the_last_money(make, at_once):
    test_races.test_two_awards_for_the_last_money_never_exceed_the_fund(make, at_once)


@pytest.mark.endurance
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_some_minutes_of_everything(kind):
    more = ["--postgresql"] if kind == "postgresql" else []
    command = [sys.executable, "-m", "tests.faults", "--minutes", str(MINUTES), *more]
    subprocess.run(command, cwd=ROOT, check=True)
