"""Keeping papers, finding them again, and showing them to those the rooms let in."""

import subprocess
import sys
import tarfile

import pytest
import sqlalchemy as sa

from incubator.foundation import backup
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.media import jobs, operations, operations_papers, papers, queries, routes, store
from incubator.media.models import Paper, PaperKind
from tests.house.sources import ROOT
from tests.media import samples, sheets
from tests.media.test_keep import _age, files

KILLED = """
import os, signal, sys
from incubator import create_app
from incubator.foundation.transaction import transaction
from incubator.media import operations_papers
app = create_app({"SECRET_KEY": "x" * 32, "SQLALCHEMY_DATABASE_URI": sys.argv[1], "INSTANCE": sys.argv[2]})
operations_papers.record = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
with app.app_context(), transaction():
    operations_papers.keep_paper(open(sys.argv[3], "rb").read(), None, project_id=7)
"""


@pytest.fixture
def keep(app):
    def kept(data=None, name="Rechnung.pdf", by=None, project_id=7):
        with transaction():
            return operations_papers.keep_paper(data or sheets.pdf(2), by, project_id=project_id, name=name)

    return kept


def test_a_paper_is_kept_with_what_is_known_of_it(any_database, make):
    person = make.person("lead")
    read = papers.read(sheets.pdf(2), "Rechnung.pdf")
    with transaction():
        paper = operations_papers.keep_paper(read, person, project_id=7)
    db.session.expire_all()
    found = queries.paper(paper.id)
    assert (found.kind, found.pages, found.file_name, found.project_id) == (PaperKind.PDF, 2, "Rechnung.pdf", 7)
    assert (found.uploaded_by, found.size_bytes, found.waiting_since) == (person.public_id, len(read.data), None)
    assert store.place(found.key, kind=store.PDF).read_bytes() == read.data
    assert queries.paper_by_key(found.key) is found


@pytest.mark.parametrize("wrong", [
    {"pages": 0}, {"size_bytes": 0}, {"kind": "film"}, {"waiting_since": "2026-03-01 11:00:00+00"},
])
def test_the_database_refuses_what_no_paper_can_be(any_database, keep, wrong):
    paper, (column, value) = keep(), *wrong.items()
    with pytest.raises((sa.exc.IntegrityError, sa.exc.DataError)), transaction():
        db.session.execute(sa.text(f"UPDATE paper SET {column} = :it WHERE id = :id"), {"it": value, "id": paper.id})


def test_the_journal_knows_the_file_but_not_its_name(keep):
    paper = keep(name="Attest Amal Haddad.pdf")
    entry = db.session.scalars(sa.select(Entry).where(Entry.action == "paper.kept")).one()
    assert entry.data == {"sha256": paper.sha256, "kind": "pdf"} and entry.project_id == 7
    assert "Amal" not in str(entry.data)


def test_the_same_file_is_found_again(keep):
    data, other = sheets.pdf(2), samples.jpeg()
    first, second, elsewhere = keep(data), keep(data, name="again.pdf"), keep(data, project_id=8)
    keep(other)
    assert queries.same_files(first.original_sha256, 7) == [first, second]
    assert queries.same_files(first.original_sha256) == [first, second, elsewhere]


def test_a_picture_lies_in_two_sizes_and_a_pdf_in_one(keep):
    picture, pdf = keep(samples.heic(), "IMG_1.HEIC"), keep()
    assert files() == sorted([f"{picture.key}.jpg", f"{picture.key}-small.jpg", f"{pdf.key}.pdf"])


def test_nobody_sees_a_paper_where_photos_are_public(keep, visit):
    paper = keep(samples.jpeg())
    for end in (".jpg", "-small.jpg", ".pdf"):
        assert visit().get(f"/media/{paper.key}{end}").status == 404


def test_a_paper_is_no_photo_that_could_be_published(keep):
    assert queries.photo(keep(samples.jpeg()).key) is None


def test_a_pdf_is_saved_and_never_shown_in_the_page(app, keep):
    paper = keep(name="فاتورة ١.pdf")
    with app.test_request_context():
        answer = routes.answer_with(paper)
    assert answer.mimetype == "application/pdf" and answer.headers["Content-Disposition"].startswith("attachment")
    assert "filename*=UTF-8''%D9%81" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_picture_is_shown_in_the_page_in_both_sizes(app, keep):
    paper = keep(samples.heic(), "IMG_1.HEIC")
    for small in (False, True):
        with app.test_request_context():
            answer = routes.answer_with(paper, small=small)
        assert answer.mimetype == "image/jpeg"
        assert answer.headers["Content-Disposition"] == "inline; filename=IMG_1.jpg"
        assert "no-store" in answer.headers["Cache-Control"]


def test_a_pdf_has_no_preview_and_a_lost_file_is_not_found(app, keep):
    paper = keep()
    with app.test_request_context(), pytest.raises(Exception, match="404"):
        routes.answer_with(paper, small=True)
    store.remove(paper.key)
    with app.test_request_context(), pytest.raises(Exception, match="404"):
        routes.answer_with(paper)


def test_a_refused_paper_leaves_nothing(app):
    with pytest.raises(RuleBroken), transaction():
        operations_papers.keep_paper(b"Hello", None, project_id=7, name="a.txt")
    assert files() == []


def test_killed_between_file_and_row_nothing_is_seen_and_the_file_goes(app, keep, tmp_path):
    kept = keep()
    (tmp_path / "sent").write_bytes(sheets.pdf())
    address = app.config["SQLALCHEMY_DATABASE_URI"]
    dead = subprocess.run([sys.executable, "-c", KILLED, address, str(store.folder().parent), str(tmp_path / "sent")],
                          cwd=ROOT, check=False)
    assert dead.returncode == -9
    assert len(files()) == 2
    assert db.session.scalars(sa.select(Paper)).all() == [kept]
    _age(hours=25)
    jobs.sweep_files()
    assert files() == [f"{kept.key}.pdf"]


def test_the_sweep_keeps_papers_and_photos(app, keep):
    keep()
    keep(samples.jpeg())
    with transaction():
        operations.keep(samples.jpeg(), None, alt="Zwei Flächen", alt_language="de", project_id=7)
    _age(hours=25)
    jobs.sweep_files()
    assert len(files()) == 5


def test_a_backup_holds_the_papers_and_does_not_mind_one_that_goes_meanwhile(app, keep, monkeypatch, tmp_path):
    first, second = sorted((keep(), keep()), key=lambda each: each.key)
    look = tarfile.TarFile.gettarinfo

    def slow(self, path, *args, **kwargs):
        if first.key in str(path):
            store.remove(first.key)
        return look(self, path, *args, **kwargs)

    monkeypatch.setattr(tarfile.TarFile, "gettarinfo", slow)
    backup.save(tmp_path / "saved.tar.gz", app.config["INSTANCE"])
    with tarfile.open(tmp_path / "saved.tar.gz") as archive:
        names = archive.getnames()
    assert f"media/{second.key[:2]}/{second.key}.pdf" in names and first.key not in str(names)
