"""Thousands hear of one piece of news once, also when the worker is killed in the middle."""

import subprocess
import sys
from collections import Counter

import pytest
import sqlalchemy as sa

from incubator.follow import jobs, operations_news
from incubator.follow.models import Follower, Rhythm
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.journal.models import Delivery
from incubator.letters import operations as letters
from incubator.letters.models import Letter
from incubator.milestones import operations as milestones
from tests.follow.readers import many_follow, text_of
from tests.house.sources import ROOT

MANY = 2_000


@pytest.fixture
def told(any_database, make):
    """One piece of news that two thousand wait for."""
    project = make.project(status="active")
    many_follow(MANY)
    with transaction():
        update = milestones.write_update(project, project.leads[0], title="Das Fest", text="Alle kamen.")
    return update


@pytest.mark.long
def test_two_thousand_are_told_once_though_the_worker_is_killed_six_times(any_database, told, mailbox):
    address = any_database.config["SQLALCHEMY_DATABASE_URI"]
    db.session.remove()
    subprocess.run(
        [sys.executable, "-m", "tests.follow.killed", address, str(any_database.config["INSTANCE"]), mailbox.url],
        cwd=ROOT, check=True, timeout=300)
    while journal.deliver():
        pass
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Letter)) == MANY
    clock.set(clock.now() + letters.LEASE * 2)  # what a killed worker had taken is free again
    while letters.post():
        pass
    heard = Counter(letter["To"] for letter in mailbox.letters)
    assert len(heard) == MANY
    assert set(heard.values()) == {1}
    assert len({letter["List-Unsubscribe"] for letter in mailbox.letters}) == MANY
    own = {text_of(letter).rsplit("/", 1)[1].strip() for letter in mailbox.letters[:50]}
    assert len(own) == 50, "each letter holds its reader's own link"


def test_at_most_five_hundred_are_in_mind_at_once(told, monkeypatch):
    sizes, real = [], letters.write_many
    monkeypatch.setattr(letters, "write_many", lambda drafts: (sizes.append(len(drafts)), real(drafts)))
    journal.deliver()
    assert sizes == [operations_news.AT_ONCE] * (MANY // operations_news.AT_ONCE)


def test_what_is_delivered_twice_is_written_once(told):
    journal.deliver()
    with transaction():
        db.session.execute(sa.update(Delivery).values(done_at=None))
    journal.deliver()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Letter)) == MANY


def test_writing_to_two_thousand_asks_few_questions(told, queries):
    with queries(at_most=60):
        journal.deliver()


def test_the_letters_of_the_week_are_written_once_to_each(told):
    with transaction():
        db.session.execute(sa.update(Follower).values(rhythm=Rhythm.WEEKLY))
    clock.set(clock.today().replace(day=2))  # a Monday
    jobs.tell_week()
    jobs.tell_week()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Letter)) == MANY
