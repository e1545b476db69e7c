"""Money of a revoked award becomes free for others."""

from incubator.budgets import operations as budgets
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.projects import operations as projects


def test_a_revoked_award_frees_its_money_once(any_database, make):
    project, coordinator = make.project("active"), make.person("coordinator")
    make.award(project, by=coordinator, grant=4_000_00)
    round_ = project.round
    assert round_.awarded_cents == 4_000_00
    for each in (coordinator, make.person("coordinator")):
        with transaction():
            projects.revoke(project, each, "Der Verein hat sich aufgelöst.")
    for _ in range(2):
        while journal.deliver():
            pass
    assert round_.awarded_cents == 0


def test_a_project_that_got_nothing_frees_nothing(app, make):
    project = make.project("active")
    make.plan(project, grant=4_000_00, state="approved")
    for _ in range(2):
        with transaction():
            projects.revoke(project, make.person("coordinator"), "Der Verein hat sich aufgelöst.")
    while journal.deliver():
        pass
    assert project.round.awarded_cents == 0


def test_giving_back_twice_gives_once(any_database, make):
    project = make.project("revoked")
    make.award(project, grant=4_000_00)
    with transaction():
        assert budgets.release(project) == 4_000_00
    with transaction():
        assert budgets.release(project) == 0
    assert project.round.awarded_cents == 0


def test_what_is_awarded_and_not_revoked_stays_taken(make):
    project = make.project("active")
    make.award(project, grant=4_000_00)
    with transaction():
        assert budgets.release(project) == 0
    assert project.round.awarded_cents == 4_000_00
