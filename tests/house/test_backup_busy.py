"""A backup is taken while people write, by whoever looks after the house."""

import threading

from incubator.foundation import backup
from incubator.foundation.database import db, hold
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.journal import queries as entries
from incubator.journal import record
from incubator.programme.models import Round
from tests.house.homes import rows, second_home

KEY = "11" * 32
BACKUPS = 2


def _note(line):
    return journal.newest_signed(line, KEY, "https://city.example")


def test_a_key_is_made_once_and_for_its_owner_alone(app, tmp_path):
    runner, path = app.test_cli_runner(), tmp_path / "key.txt"
    made = runner.invoke(args=["backup-key", str(path)])
    assert made.output.startswith("age1") and path.stat().st_mode & 0o077 == 0
    assert runner.invoke(args=["backup-key", str(path)]).exit_code == 1
    saved = runner.invoke(args=["backup", str(tmp_path / "b.age"), "--recipient", made.output.strip()])
    assert saved.exit_code == 0 and "encrypted" in saved.output


def _write_until(app, over, number, written):
    with app.app_context():
        while not over.is_set():
            with transaction():
                round = hold(db.session.get_one(Round, number))
                round.awarded_cents += 1
                record("round.changed", None, round, awarded=round.awarded_cents)
            written.release()
        db.session.remove()


def test_a_backup_taken_while_others_write_is_of_one_moment(any_database, make, request, tmp_path):
    """The newest entry of the journal says what its row held: in the copy both must be of the same transaction."""
    number = make.round(fund_cents=10**9, awarded_cents=0).id
    instance, files = any_database.config["INSTANCE"], []
    over, written = threading.Event(), threading.Semaphore(0)
    db.session.remove()
    writers = [threading.Thread(target=_write_until, args=(any_database, over, number, written)) for _ in range(2)]
    for each in writers:
        each.start()
    try:
        for each in range(BACKUPS):
            assert written.acquire(timeout=60)
            files.append(tmp_path / f"{each}.tar.gz")
            backup.save(files[-1], instance, _note)
            while written.acquire(blocking=False):
                pass
        assert written.acquire(timeout=60), "they write on"
    finally:
        over.set()
        for each in writers:
            each.join(60)
    for place, file in enumerate(files):
        with second_home(request, request.node.callspec.params["any_database"], tmp_path / f"home{place}"):
            db.create_all()
            manifest = backup.restore(file, tmp_path / f"home{place}")
            with db.engine.connect() as line:
                (round,) = rows(line)["round"]
            newest = _newest()
            assert journal.verify().holds and newest.id == manifest["journal"]["number"]
            assert newest.data["awarded"] in round


def _newest():
    return db.session.get(journal.Entry, entries.position())
