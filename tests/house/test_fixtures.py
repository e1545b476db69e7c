"""What the tests stand on."""

import pytest

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.projects.lifecycle import Status


def test_it_is_noon_on_the_first_of_march(app):
    assert clock.today().isoformat() == "2026-03-01"


@pytest.mark.parametrize("status", list(Status))
def test_a_project_can_be_made_in_every_status(any_database, make, status):
    project = make.project(status=status)
    assert project.status is status
    assert project.leads


def test_every_other_row_can_be_made(any_database, make):
    project = make.project(status="active")
    make.award(project)
    milestone = make.milestone(project, status="accepted")
    make.update(project, milestone=milestone, photos=(make.photo(project),))
    make.session(project, project.mentors[0])
    make.pledge(project, make.partnership(project).organisation)
    make.assignment(project, make.person("mentor"))
    assert project.round.awarded_cents == 5_000_00


def test_databases_are_empty_again(any_database, make):
    assert make.person().id == 1


def test_a_visitor_reads_a_page(app, visit):
    assert visit().get("/healthz").status == 200


def test_statements_are_counted(app, queries):
    with pytest.raises(pytest.fail.Exception), queries(at_most=1):
        for _ in range(2):
            db.session.execute(db.text("SELECT 1"))


def test_the_outside_is_out_of_reach(app):
    import socket

    with pytest.raises(OSError, match="tests do not speak"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_a_browser_sees_the_program(page):
    answer = page.goto("/healthz")
    assert answer is not None and answer.status == 200


def test_a_phone_is_narrow(phone):
    phone.goto("/healthz")
    assert phone.viewport_size["width"] == 360


def test_letters_can_arrive(mailbox):
    assert mailbox.letters == []


def test_valkey_answers(valkey, app):
    from incubator.foundation import queue

    assert queue.is_reachable()
