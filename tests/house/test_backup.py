"""What was saved comes back, row by row and file by file."""

import tarfile

import flask_migrate
import pytest

from incubator.foundation import backup
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.journal import record
from tests.builders import Builders, picture
from tests.house.homes import rows, second_home
from tests.house.sources import ROOT


def _fill(app, make):
    project = make.project(status="active", title="كوخ – Küche 🏠")
    make.award(project)
    photo = make.photo(project)
    make.update(project, milestone=make.milestone(project, status="accepted"), photos=(photo,))
    for verb in ("project.moved", "round.changed"):
        with transaction():
            record(verb, project.leads[0], project, action="start")
    store = app.config["INSTANCE"] / backup.FILES / "ab"
    store.mkdir(parents=True)
    (store / f"{photo.key}.jpg").write_bytes(picture())


def _rows():
    with db.engine.connect() as line:
        return rows(line)


@pytest.fixture
def saved(any_database, make, tmp_path):
    _fill(any_database, make)
    file = tmp_path / "backup.tar.gz"
    answer = any_database.test_cli_runner().invoke(args=["backup", str(file)])
    assert answer.exit_code == 0, answer.output
    return file


def _kind(request):
    return request.node.callspec.params["any_database"]


def test_a_restored_house_is_the_same_house(any_database, saved, request, tmp_path):
    before, files = _rows(), sorted((any_database.config["INSTANCE"] / backup.FILES).rglob("*.jpg"))
    with second_home(request, _kind(request), tmp_path / "elsewhere") as other:
        db.create_all()
        answer = other.test_cli_runner().invoke(args=["restore", str(saved)])
        assert answer.exit_code == 0, answer.output
        assert "2 journal entries hold" in answer.output
        assert _rows() == before
        copies = sorted((other.config["INSTANCE"] / backup.FILES).rglob("*.jpg"))
        assert [each.read_bytes() for each in copies] == [each.read_bytes() for each in files]
        assert (journal.verify().count, journal.verify().found) == (2, ())


def test_life_goes_on_in_a_restored_house(any_database, saved, request, tmp_path):
    with second_home(request, _kind(request), tmp_path / "elsewhere"):
        db.create_all()
        backup.restore(saved, tmp_path / "elsewhere")
        make = Builders()
        make._numbers["person"] = 90
        person = make.person()
        with transaction():
            record("person.added", None, person)
        assert (journal.verify().count, journal.verify().found) == (3, ())


def test_a_backup_overwrites_nothing(any_database, saved, tmp_path):
    answer = any_database.test_cli_runner().invoke(args=["restore", str(saved)])
    assert answer.exit_code == 1
    assert "overwrites nothing" in answer.output


@pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)
def test_from_postgresql_there_is_no_way_to_sqlite(any_database, saved, tmp_path, request):
    with second_home(request, "sqlite", tmp_path / "elsewhere"):
        db.create_all()
        with pytest.raises(backup.CannotRestore, match="of postgresql"):
            backup.restore(saved, tmp_path / "elsewhere")


@pytest.mark.parametrize("any_database", ["sqlite"], indirect=True)
def test_a_house_on_sqlite_moves_to_postgresql(any_database, saved, tmp_path, request):
    before = _rows()
    with second_home(request, "postgresql", tmp_path / "elsewhere") as other:
        db.create_all()
        answer = other.test_cli_runner().invoke(args=["restore", str(saved)])
        assert answer.exit_code == 0, answer.output
        assert _rows() == before
        make = Builders()
        make._numbers["person"] = 90
        with transaction():
            record("person.added", None, make.person())
        assert (journal.verify().count, journal.verify().found) == (3, ())


def test_a_backup_is_for_its_owner_alone_and_holds_no_key(app, saved_sqlite):
    assert saved_sqlite.stat().st_mode & 0o077 == 0
    with tarfile.open(saved_sqlite) as archive:
        assert not any("secret" in name for name in archive.getnames())


@pytest.fixture
def saved_sqlite(app, tmp_path):
    (app.config["INSTANCE"] / "secret_key").write_text("secret")
    file = tmp_path / "backup.tar.gz"
    backup.save(file, app.config["INSTANCE"])
    return file


def test_a_house_without_tables_gets_them_at_the_restore(any_database, request, tmp_path):
    """The backup must come from a migrated house, as real ones are."""
    file, kind = tmp_path / "backup.tar.gz", _kind(request)
    with second_home(request, kind, tmp_path / "first") as first:
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        _fill(first, Builders())
        before = _rows()
        backup.save(file, tmp_path / "first")
    with second_home(request, kind, tmp_path / "third") as third:
        answer = third.test_cli_runner().invoke(args=["restore", str(file)])
        assert answer.exit_code == 0, answer.output
        assert _rows() == before
