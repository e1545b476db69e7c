"""A backup that comes back brings nobody back who was forgotten since it was made."""

import pytest
import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.follow.models import Follower
from incubator.foundation import backup, clock, erased
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.privacy import operations_erasure, operations_replay
from incubator.privacy.models import ErasureRequest, ErasureState
from tests.house.homes import second_home

MAIL = "amal@example.org"


@pytest.fixture
def saved(app, make, tmp_path):
    """Amal and a follower are in the backup; Amal has asked already, and both are forgotten after it was made."""
    office, amal, now = make.person("coordinator"), make.person(mail=MAIL, name="Amal Haddad"), clock.now()
    with transaction():
        db.session.add(Follower(mail="bea@example.org", language="de", salt="0" * 32, asked_at=now, confirmed_at=now,
                                told_until=now))
        request = operations_erasure.ask(amal, amal)
    file = tmp_path / "backup"
    backup.save(file, app.config["INSTANCE"])
    clock.set(clock.today().replace(day=2))
    with transaction():
        operations_erasure.carry_out(request, office)
        operations_erasure.erase_address("bea@example.org", office, language="de")
    db.session.remove()
    return file


def _restored(request, saved, folder, listed):
    with second_home(request, "sqlite", folder) as other:
        db.create_all()
        if listed is not None:
            (folder / erased.NAME).write_text(listed)
        answer = other.test_cli_runner().invoke(args=["restore", str(saved)])
        mails = {row for row in db.session.scalars(sa.select(Person.mail))}
        followers = db.session.scalar(sa.select(sa.func.count(Follower.id)))
        states = list(db.session.scalars(sa.select(ErasureRequest.state)))
        return answer, mails, followers, states


def test_who_was_forgotten_since_is_forgotten_again(app, request, saved, tmp_path):
    listed = (app.config["INSTANCE"] / erased.NAME).read_text()
    answer, mails, followers, states = _restored(request, saved, tmp_path / "other", listed)
    assert answer.exit_code == 0, answer.output
    assert "2 who were forgotten" in answer.output
    assert MAIL not in mails and len(mails) == 2
    assert (followers, states) == (0, [ErasureState.DONE])


def test_without_the_list_they_are_all_there(request, saved, tmp_path):
    answer, mails, followers, _states = _restored(request, saved, tmp_path / "other", None)
    assert answer.exit_code == 0 and MAIL in mails and followers == 1


def test_a_damaged_list_stops_the_restore(app, request, saved, tmp_path):
    listed = (app.config["INSTANCE"] / erased.NAME).read_text() + "half a li"
    answer, *_rest = _restored(request, saved, tmp_path / "other", listed)
    assert answer.exit_code == 1
    assert "Line 3 of erased.txt cannot be read" in answer.output


def test_a_restore_that_cannot_forget_does_not_succeed(app, request, saved, tmp_path, monkeypatch):
    monkeypatch.setattr(operations_replay, "_forget_person", lambda each: False)
    listed = (app.config["INSTANCE"] / erased.NAME).read_text()
    answer, *_rest = _restored(request, saved, tmp_path / "other", listed)
    assert answer.exit_code == 1
    assert "who was forgotten is here again" in answer.output


def test_a_number_that_was_given_anew_before_the_backup_means_somebody_else(app, make):
    now = clock.now()
    with transaction():
        db.session.add(Follower(id=7, mail="new@example.org", language="de", salt="0" * 32, asked_at=now,
                                told_until=now))
    gone = [erased.Erased(now.replace(day=1, month=1), "follower", "7")]
    assert operations_replay.replay(gone, now) == 0
    assert db.session.get(Follower, 7) is not None


def test_the_list_only_grows_and_names_each_once(tmp_path):
    one = erased.Erased(clock.now(), "person", "a1")
    two = erased.Erased(clock.now(), "follower", "7")
    for more in ([one], [one, two], []):
        erased.note(tmp_path, more)
    assert erased.known(tmp_path) == [one, two]
