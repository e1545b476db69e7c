"""Commands call one operation and say in words what they did."""

import re

import pytest

from incubator.accounts.models import Role
from incubator.foundation import jobs
from incubator.foundation.database import db
from incubator.letters import operations as letters
from incubator.programme.models import District


@pytest.fixture
def flask(app):
    def run(*words):
        answer = app.test_cli_runner().invoke(args=list(words))
        db.session.rollback()
        return answer

    return run


def test_without_a_mail_server_the_invitation_is_printed_and_works(flask, visit):
    answer = flask("people", "invite", "Neu@Example.org", "--role", "administrator", "--role", "coordinator")
    assert answer.exit_code == 0, answer.output
    link = re.search(r"http://localhost(/\S+)", answer.output)[1]
    assert visit().get(link).status == 200


def test_with_a_mail_server_the_invitation_is_sent(flask, mailbox):
    answer = flask("people", "invite", "neu@example.org", "--language", "ar")
    assert "A letter goes to" in answer.output and "http" not in answer.output
    letters.post()
    assert mailbox.to("neu@example.org")[0]["Content-Language"] == "ar"


def test_somebody_with_an_account_is_not_invited_again(flask, make):
    make.person(mail="da@example.org")
    answer = flask("people", "invite", "da@example.org")
    assert answer.exit_code == 1 and "has an account already" in answer.output


def test_every_role_can_be_given(flask):
    assert flask("people", "invite", "x@example.org", "--role", "king").exit_code == 2
    for role in Role:
        assert flask("people", "invite", f"{role.value}@example.org", "--role", role.value).exit_code == 0


def test_districts_come_once(flask):
    first, again = flask("districts", "import"), flask("districts", "import")
    assert first.output.startswith("23 added") or re.match(r"\d+ added, 0 changed", first.output)
    assert again.output == "0 added, 0 changed\n"
    assert db.session.query(District).count() > 10


def test_a_bad_file_of_districts_is_refused_in_words(flask, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("number,name\n1,A\n")
    answer = flask("districts", "import", str(path))
    assert answer.exit_code == 1
    assert answer.output.startswith("Error: ")


def test_the_policy_is_printed(flask):
    output = flask("policy").output
    assert re.search(r"approve_budget +mentor or deputy and not team", output)


def test_a_tick_does_everything_once(flask):
    answer = flask("tick")
    assert (answer.exit_code, answer.output) == (0, "")


def test_one_failing_task_does_not_stop_the_others(flask, monkeypatch):
    done = []

    def fall():
        raise ValueError

    monkeypatch.setattr(jobs, "periodic", [fall, lambda: done.append(1)])
    jobs.periodic[1].__name__ = "fine"
    assert flask("tick").exit_code == 0
    assert done == [1]


def test_how_far_each_language_is_can_be_asked(flask):
    lines = flask("translations", "status").output.splitlines()
    assert [line.split()[0] for line in lines] == ["de", "de@simple", "tr", "ar", "ru", "uk", "pl", "fr", "fa"]
    assert all(re.fullmatch(r"\S+ +\d+ of \d+(: .*)?", line) for line in lines)
