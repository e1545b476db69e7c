"""Whether files lie in a folder or in a bucket, everything about them is the same."""

import subprocess
import sys
from datetime import timedelta

import pytest

from incubator.documents import store as documents
from incubator.foundation import backup, bucket, clock, erased, folders
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.media import jobs, operations, operations_papers, routes, store
from incubator.media.models import Paper, Photo
from incubator.privacy import store as copies
from tests.house.homes import second_home
from tests.house.sources import ROOT
from tests.media import samples, sheets
from tests.stores import create_bucket, use

WORDS = {"alt": "Zwei Flächen", "alt_language": "de", "project_id": None}


def names(folder):
    there = folders.remote(folder)
    found = [each.place for each in there.files()] if there else folder.rglob("*.*")
    return sorted(each.name for each in found if each.name != folders.MARK)


def kept(public=False, **fields):
    with transaction():
        photo = operations.keep(samples.jpeg(), None, **WORDS | fields)
        if public:
            operations.publish(photo)
    return photo


def kept_paper(data=None, name="Beleg.pdf"):
    with transaction():
        return operations_papers.keep_paper(data or sheets.pdf(), None, project_id=7, name=name)


@pytest.fixture
def a_day_later(monkeypatch, any_store):
    monkeypatch.setattr(folders, "A_DAY", -1)


def test_both_sizes_lie_under_a_random_key(any_store):
    photo = kept()
    assert names(store.folder()) == [f"{photo.key}-small.jpg", f"{photo.key}.jpg"]
    assert store.place(photo.key).parent.name == photo.key[:2]
    assert store.place(photo.key).is_file() and not store.place("0" * 32).is_file()


def test_a_new_photo_is_hidden_and_a_published_one_is_shown_in_both_sizes(any_store, visit):
    assert visit().get(f"/media/{kept().key}.jpg").status == 404
    photo = kept(public=True)
    for small, end in ((False, ".jpg"), (True, "-small.jpg")):
        answer = visit().get(f"/media/{photo.key}{end}")
        assert (answer.status, answer.headers["Content-Type"]) == (200, "image/jpeg")
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["Cache-Control"] == "public, max-age=300"
        assert answer.data == store.place(photo.key, small=small).read_bytes()
        assert int(answer.headers["Content-Length"]) == len(answer.data)
    with transaction():
        operations.withdraw(photo, None)
    assert visit().get(f"/media/{photo.key}.jpg").status == 404


def test_a_known_photo_is_not_sent_again_and_a_part_is_sent_alone(any_store, visit):
    photo = kept(public=True)
    path, whole = f"/media/{photo.key}.jpg", store.place(photo.key).read_bytes()
    etag = visit().get(path).headers["ETag"]
    again = visit().get(path, headers={"If-None-Match": etag})
    assert (again.status, again.data) == (304, b"")
    part = visit().get(path, headers={"Range": "bytes=10-29"})
    assert (part.status, part.data) == (206, whole[10:30])
    assert part.headers["Content-Range"] == f"bytes 10-29/{len(whole)}"


def test_a_row_without_its_file_is_not_found(any_store, visit):
    photo = kept(public=True)
    store.remove(photo.key)
    store.remove(photo.key)
    assert visit().get(f"/media/{photo.key}.jpg").status == 404
    assert names(store.folder()) == []


def test_a_paper_is_saved_by_its_name(any_store, app):
    paper = kept_paper()
    with app.test_request_context():
        answer = routes.answer_with(paper)
        assert answer.headers["Content-Disposition"] == "attachment; filename=Beleg.pdf"
        assert b"".join(answer.iter_encoded()) == store.place(paper.key, kind=store.PDF).read_bytes()


def test_files_without_a_row_go_after_a_day_and_others_stay(any_store, monkeypatch):
    photo, paper = kept(), kept_paper()
    with pytest.raises(RuntimeError), transaction():
        operations.keep(samples.png(), None, **WORDS)
        raise RuntimeError("the transaction fails")
    folders.write(store.folder() / "ab" / "half.part", b"half")
    assert len(names(store.folder())) == 6
    jobs.sweep_files()
    assert len(names(store.folder())) == 6, "they are young"
    monkeypatch.setattr(folders, "A_DAY", -1)
    jobs.sweep_files()
    assert len(names(store.folder())) == 6, "it was swept today"
    (store.folder() / folders.MARK).unlink()
    jobs.sweep_files()
    assert names(store.folder()) == sorted([f"{photo.key}-small.jpg", f"{photo.key}.jpg", f"{paper.key}.pdf"])


@pytest.mark.usefixtures("a_day_later")
def test_the_files_of_a_withdrawn_photo_go_after_thirty_days(any_store):
    photo = kept()
    with transaction():
        operations.withdraw(photo, None)
    jobs.sweep_files()
    assert len(names(store.folder())) == 2
    clock.set(clock.now() + timedelta(days=31))
    (store.folder() / folders.MARK).unlink()
    jobs.sweep_files()
    assert names(store.folder()) == []


def test_a_copy_of_data_is_there_whole_or_not_at_all(any_store):
    key = folders.new_key()

    def half(path):
        path.write_bytes(b"half")
        raise RuntimeError("it fails in the middle")

    with pytest.raises(RuntimeError):
        copies.write(key, half)
    assert names(copies.folder()) == []
    assert copies.write(key, lambda path: path.write_bytes(b"whole")) == 5
    assert copies.place(key).read_bytes() == b"whole"
    assert [copies.take(key, clock.now()) for _each in range(2)] == [1, 0]
    copies.remove(key)
    assert names(copies.folder()) == []


def test_the_list_of_the_forgotten_lies_with_the_files(any_store, app, tmp_path):
    one, two = erased.Erased(clock.now(), "person", "a1"), erased.Erased(clock.now(), "follower", "7")
    for more in ([one], [one, two]):
        erased.note(tmp_path, more)
    assert {each.id for each in erased.known(tmp_path)} == {"a1", "7"} and len(erased.known(tmp_path)) == 2


@pytest.fixture
def saved(any_store, app, tmp_path):
    """A backup of a house with a photo, a paper and a document, and their bytes."""
    photo, paper = kept(public=True), kept_paper()
    documents.write(folders.new_key(), b"%PDF a notice")
    erased.note(app.config["INSTANCE"], [erased.Erased(clock.now(), "person", "a1")])
    backup.save(tmp_path / "saved.tar.gz", app.config["INSTANCE"])
    return tmp_path / "saved.tar.gz", store.place(photo.key).read_bytes(), names(store.folder()), paper.key


@pytest.mark.parametrize("into", ["folder", "bucket"])
def test_a_backup_holds_the_files_and_puts_them_back_into_either(saved, request, tmp_path, into, storage):
    file, picture, media, _paper = saved
    with second_home(request, "sqlite", tmp_path / "elsewhere") as other:
        if into == "bucket":
            use(other, create_bucket(storage))
        db.create_all()
        backup.restore(file, tmp_path / "elsewhere")
        photo = db.session.query(Photo).one()
        assert store.place(photo.key).read_bytes() == picture
        assert names(store.folder()) == media and len(names(documents.folder())) == 1
        assert db.session.query(Paper).count() == 1
        assert [each.id for each in erased.known(tmp_path / "elsewhere")] == ["a1"]
        assert (tmp_path / "elsewhere" / "media").exists() is (into == "folder")
        db.drop_all()
        db.create_all()
        with pytest.raises(backup.CannotRestore, match="not empty"):
            backup.restore(file, tmp_path / "elsewhere")


def test_when_the_database_refuses_nothing_is_left_in_either(saved, request, tmp_path, storage, monkeypatch):
    def full(_path):
        raise backup.CannotRestore("The disk is full.")

    monkeypatch.setattr("incubator.foundation.restoring._restore_sqlite", full)
    with second_home(request, "sqlite", tmp_path / "elsewhere") as other:
        use(other, create_bucket(storage))
        db.create_all()
        with pytest.raises(backup.CannotRestore, match="disk is full"):
            backup.restore(saved[0], tmp_path / "elsewhere")
        assert names(store.folder()) == names(documents.folder()) == []


@pytest.mark.parametrize("any_store", ["bucket"], indirect=True)
def test_storage_that_is_away_is_told_as_such_and_leaves_no_row(any_store, app, visit, monkeypatch):
    photo = kept(public=True)
    monkeypatch.setattr(bucket, "TRIES", {"max_retries": 0, "retry_timeout": timedelta(seconds=1)})
    app.config["FILES_URL"] = "s3://gone/x?endpoint=http://127.0.0.1:1"
    assert visit().get(f"/media/{photo.key}.jpg").status == 503
    with pytest.raises(bucket.Away), transaction():
        operations.keep(samples.jpeg(), None, **WORDS)
    assert db.session.query(Photo).count() == 1


@pytest.mark.parametrize("any_store", ["bucket"], indirect=True)
def test_a_bucket_that_nobody_made_is_told_when_something_is_kept(any_store, app):
    app.config["FILES_URL"] = app.config["FILES_URL"].replace("s3://files-", "s3://never-")
    with pytest.raises(bucket.Away, match="bucket"):
        folders.write(store.place(folders.new_key()), b"x")


def test_the_client_is_not_loaded_where_files_lie_in_a_folder():
    said = subprocess.run([sys.executable, "-c", "import sys, incubator; print('obstore' in sys.modules)"], cwd=ROOT,
                          check=True, capture_output=True, text=True)
    assert said.stdout.strip() == "False"
