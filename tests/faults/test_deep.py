"""The deep trials, by hand: `pytest -m endurance tests/faults`; those of every day: tests/house/test_killed.py."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.budgets import operations
from incubator.budgets.models import Award
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.programme.models import Round
from incubator.projects.models import Project
from tests.budgets import test_races
from tests.budgets.test_races import RESOLUTION, _undo_award
from tests.faults import test_jobs
from tests.faults.test_jobs import written  # noqa: F401 - a fixture
from tests.house import test_backup_busy, test_killed
from tests.house.sources import ROOT
from tests.house.test_killed import after  # noqa: F401 - a fixture
from tests.scale import SCALE, scaled, told

KILLS, REQUESTS, RACES, MINUTES = scaled(1000, 10), scaled(120, 10), scaled(1000), max(0.5, 4 * SCALE)
AT_ONCE, CROWDS, JOBS, BACKUPS = 8, scaled(250), scaled(200), scaled(50)


@pytest.fixture
def _more(monkeypatch):
    monkeypatch.setattr(test_killed, "TRIALS", KILLS)
    monkeypatch.setattr(test_killed, "REQUESTS", REQUESTS)
    monkeypatch.setattr(test_races, "TRIALS", RACES)
    monkeypatch.setattr(test_jobs, "TRIALS", JOBS)
    monkeypatch.setattr(test_backup_busy, "BACKUPS", BACKUPS)


@pytest.mark.endurance
@pytest.mark.usefixtures("_more")
def test_a_thousand_kills_lose_nothing(after):  # noqa: F811
    test_killed.test_fifty_kills_lose_nothing_and_leave_nothing_half_done(after)
    told(f"{KILLS} kills over {db.engine.dialect.name}; {len(after.receipts)} receipts and {len(after.payments)} "
         "payments were told as saved: 0 lost, 0 doubled, 0 half done")


@pytest.mark.endurance
@pytest.mark.usefixtures("_more")
def test_a_thousand_races_for_the_last_money(make, at_once):
    test_races.test_two_awards_for_the_last_money_never_exceed_the_fund(make, at_once)
    told(f"{RACES} × 2 awards at once over {db.engine.dialect.name}: exactly one each time, never over the fund")


@pytest.mark.endurance
def test_eight_at_once_never_exceed_the_fund(any_database, make):
    round_ = make.round(fund_cents=10_000_00, reserve_cents=1_000_00)
    person, ids = make.person("coordinator").id, []
    for _each in range(AT_ONCE):
        project = make.project("budget_approved", round=round_)
        make.plan(project, grant=5_000_00, state="approved")
        ids.append(project.id)
    round_id, barrier = round_.id, threading.Barrier(AT_ONCE)

    def award(given):
        project_id, number = given
        with any_database.app_context():
            barrier.wait(30)
            try:
                with transaction():
                    operations.award(db.session.get_one(Project, project_id), db.session.get_one(Person, person),
                                     notice_number=number, notice_on=date(2026, 3, 1), **RESOLUTION)
            except RuleBroken:
                return 0
            return 1

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for trial in range(CROWDS):
            given = [(each, f"2026-{trial}-{each}") for each in ids]
            assert sum(pool.map(award, given)) == 1
            db.session.rollback()
            with transaction():
                assert db.session.scalar(sa.select(sa.func.sum(Award.amount_cents))) == 5_000_00
                assert db.session.scalar(sa.select(Round.awarded_cents).where(Round.id == round_id)) == 5_000_00
                _undo_award(round_id, ids)
    told(f"{CROWDS} × {AT_ONCE} awards at once over {db.engine.dialect.name}: exactly one each time")


@pytest.mark.endurance
@pytest.mark.usefixtures("_more")
def test_whatever_becomes_of_redis_two_hundred_times(app, make, valkey, mailbox, written):  # noqa: F811
    test_jobs.test_whatever_becomes_of_redis_nothing_is_lost_and_nothing_comes_twice(
        app, make, valkey, mailbox, written)
    told(f"{JOBS} rounds of Redis emptied, away or well: {len(mailbox.letters)} letters, each once")


@pytest.mark.endurance
@pytest.mark.usefixtures("_more")
def test_backups_taken_while_others_write_are_of_one_moment_each(any_database, make, request, tmp_path):
    test_backup_busy.test_a_backup_taken_while_others_write_is_of_one_moment(any_database, make, request, tmp_path)
    told(f"{BACKUPS} backups over {db.engine.dialect.name} while two wrote without a pause: each restored, of one "
         "moment, its journal whole")


@pytest.mark.endurance
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_some_minutes_of_everything(kind):
    more = ["--postgresql"] if kind == "postgresql" else []
    command = [sys.executable, "-m", "tests.faults", "--minutes", str(MINUTES), *more]
    subprocess.run(command, cwd=ROOT, check=True)
