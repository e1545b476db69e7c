"""A backup that is cut, altered or for other keys is refused with a sentence, and nothing was changed."""

import io
import json
import tarfile

import pytest

from incubator.foundation import age, backup, erased
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.journal import record, rules
from tests.house.homes import rows, second_home

KEY, PASSPHRASE = "11" * 32, "vier lange Worte genügen"


def _note(line):
    return journal.newest_signed(line, KEY, "https://city.example")


@pytest.fixture
def filled(app, make):
    with transaction():
        record("round.changed", None, make.round())
    media = app.config["INSTANCE"] / backup.FILES / "ab"
    media.mkdir(parents=True)
    (media / "photo.jpg").write_bytes(bytes(range(256)) * 40)
    return app


@pytest.fixture
def file(filled, tmp_path):
    path = tmp_path / "backup.tar.gz"
    backup.save(path, filled.config["INSTANCE"], _note)
    return path


@pytest.fixture
def elsewhere(request, file, tmp_path):
    """An empty house on another machine; what it is asked for in vain must leave it so."""
    folder = tmp_path / "elsewhere"
    with second_home(request, "sqlite", folder) as other:
        db.create_all()
        yield other


def _restore(app, file, *options):
    return app.test_cli_runner().invoke(args=["restore", str(file), *map(str, options)])


def _is_untouched(app):
    with db.engine.connect() as line:
        is_empty = not any(rows(line).values())
    there = {each.name for each in app.config["INSTANCE"].iterdir()}
    return is_empty and not [name for name in there if not name.startswith("second.db")]


def _refused(app, file, *options):
    answer = _restore(app, file, *options)
    assert answer.exit_code == 1 and answer.output.startswith("Error: "), answer.output
    assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
    assert _is_untouched(app)
    return answer.output


def _is_not_opened(app, file, tmp_path, keys=None):
    """Refuse before anything is touched: what would be filled is not even looked at."""
    folder = tmp_path / "untouched"
    with pytest.raises(backup.CannotRestore) as refused, backup.unpacked(file, folder, keys):
        pytest.fail("it was opened")
    assert not list(folder.iterdir())
    return str(refused.value)


def _members(file):
    with tarfile.open(file) as archive:
        return [(each, archive.extractfile(each).read() if each.isfile() else b"") for each in archive]


def _written(file, members):
    with tarfile.open(file, "w:gz") as archive:
        for entry, content in members:
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))


def _manifest(file):
    return json.loads(dict((entry.name, content) for entry, content in _members(file))["manifest.json"])


def test_the_manifest_names_every_file_with_its_sum(file):
    members = _manifest(file)["members"]
    assert set(members) == {"database.sqlite", "media/ab/photo.jpg"}
    assert all(len(each["sha256"]) == 64 for each in members.values())


@pytest.mark.parametrize("left", [0, 0.1, 0.5, 0.9, -200, -9, -1], ids=str)
def test_a_cut_backup_is_refused(app, file, tmp_path, left):
    content = file.read_bytes()
    file.write_bytes(content[:left if left <= 0 else int(len(content) * left)])
    _is_not_opened(app, file, tmp_path)


def test_a_refusal_is_one_sentence_and_leaves_an_empty_house_empty(elsewhere, file):
    file.write_bytes(file.read_bytes()[:-300])
    assert "its end is missing" in _refused(elsewhere, file)


@pytest.mark.parametrize("what", ["changed", "removed", "added", "no manifest", "other form", "no backup"])
def test_an_altered_backup_is_refused(app, file, tmp_path, what):
    members = _members(file)
    if what == "changed":
        members = [(entry, content.replace(bytes(range(64)), bytes(64), 1)) for entry, content in members]
    elif what == "removed":
        members = [each for each in members if not each[0].name.endswith("photo.jpg")]
    elif what == "added":
        members.insert(0, (tarfile.TarInfo("media/ab/more.jpg"), b"more"))
    elif what == "other form":
        members[-1] = (members[-1][0], members[-1][1].replace(b'"format": 2', b'"format": 1'))
    else:
        members = members[:-1]
    _written(file, members)
    if what == "no backup":
        file.write_text("What is this?")
    _is_not_opened(app, file, tmp_path)


def test_a_member_that_leads_outside_is_refused(app, file, tmp_path):
    _written(file, [(tarfile.TarInfo("../../outside.txt"), b"x"), *_members(file)])
    _is_not_opened(app, file, tmp_path)
    assert not list(tmp_path.rglob("outside.txt"))


def test_the_manifest_holds_a_signed_checkpoint_of_the_journal(file):
    noted = _manifest(file)["journal"]
    assert rules.against_backup(noted, (noted["number"], noted["hash"])) == []
    assert rules.against_backup(noted | {"number": 7}, (7, noted["hash"])) == [
        "The signature under the backup's journal is forged."]


def test_a_journal_that_is_not_the_one_saved_is_said(elsewhere, file):
    """Somebody exchanged the database in the backup, and mended its sum."""
    members = _members(file)
    manifest = json.loads(members[-1][1])
    manifest["journal"]["hash"] = "0" * 64
    members[-1] = (members[-1][0], json.dumps(manifest).encode())
    _written(file, members)
    answer = _restore(elsewhere, file)
    assert answer.exit_code == 1 and "does not end with entry 1" in answer.output


def _seal(filled, file, keys):
    backup.save(file, filled.config["INSTANCE"], _note, keys)


@pytest.fixture
def key(tmp_path):
    opens, closes = age.new_key()
    path = tmp_path / "key.txt"
    path.write_text(f"# public key: {closes}\n{opens}\n")
    return path, closes


@pytest.fixture
def sealed(filled, file, key, tmp_path):
    path = tmp_path / "backup.age"
    _seal(filled, path, age.Keys(recipients=[key[1]]))
    return path


def test_an_encrypted_backup_opens_with_its_key_only(sealed, elsewhere, key, tmp_path):
    assert b"photo" not in sealed.read_bytes() and sealed.stat().st_mode & 0o077 == 0
    other = tmp_path / "other.txt"
    other.write_text(age.new_key()[0])
    assert "is encrypted" in _refused(elsewhere, sealed)
    assert "does not open" in _refused(elsewhere, sealed, "--identity", other)
    assert _restore(elsewhere, sealed, "--identity", key[0]).exit_code == 0
    assert (elsewhere.config["INSTANCE"] / "media" / "ab" / "photo.jpg").read_bytes() == bytes(range(256)) * 40


@pytest.mark.parametrize("left", [30, 0.3, 0.8, -1], ids=str)
def test_an_encrypted_backup_that_is_cut_is_refused(app, sealed, key, tmp_path, left):
    content = sealed.read_bytes()
    sealed.write_bytes(content[:int(len(content) * left) if 0 < left < 1 else left])
    _is_not_opened(app, sealed, tmp_path, age.Keys(identities=[key[0].read_text()]))


def test_one_changed_bit_of_an_encrypted_backup_is_noticed(app, sealed, key, tmp_path):
    content = bytearray(sealed.read_bytes())
    content[len(content) // 2] ^= 1
    sealed.write_bytes(content)
    assert "cut or altered" in _is_not_opened(app, sealed, tmp_path, age.Keys(identities=[key[0].read_text()]))


def test_a_passphrase_closes_and_opens(filled, tmp_path):
    closed = tmp_path / "closed.age"
    _seal(filled, closed, age.Keys(passphrase=PASSPHRASE))
    assert "does not open" in _is_not_opened(filled, closed, tmp_path, age.Keys(passphrase=PASSPHRASE + "?"))
    with backup.unpacked(closed, tmp_path / "opened", age.Keys(passphrase=PASSPHRASE)) as saved:
        assert (saved.folder / "media" / "ab" / "photo.jpg").is_file()


@pytest.mark.parametrize("keys", [
    age.Keys(passphrase="short"), age.Keys(recipients=["age1nothing"]), age.Keys(recipients=["ssh-rsa nothing"])])
def test_what_cannot_be_encrypted_leaves_no_file_behind(filled, tmp_path, keys):
    with pytest.raises(age.CannotOpen):
        _seal(filled, tmp_path / "out.age", keys)
    assert not list(tmp_path.rglob("*out.age*")) and not list(tmp_path.rglob("plain*"))


def test_when_the_database_refuses_the_folders_are_taken_away_again(elsewhere, file, monkeypatch):
    def full(_path):
        raise backup.CannotRestore("The disk is full.")

    monkeypatch.setattr("incubator.foundation.restoring._restore_sqlite", full)
    _refused(elsewhere, file)


def test_the_list_of_the_forgotten_is_never_overwritten(filled, elsewhere, file):
    instance = elsewhere.config["INSTANCE"]
    (instance / erased.NAME).write_text("2026-02-01T10:00:00+00:00 person 7\n")
    backup.restore(file, instance)
    assert (instance / erased.NAME).read_text() == "2026-02-01T10:00:00+00:00 person 7\n"
