"""One project keeps so many files and no more; who sends one more is told beside the field and loses nothing."""

import pytest

from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.media import operations, operations_papers, papers, queries, rules
from incubator.media.models import Paper
from tests.media import samples, sheets
from tests.media.test_waiting import PDF, PHOTO, add, amal, drawn, rows, send

__all__ = ["amal", "send"]
ONE = rules.MOST_GIGABYTES * rules.GIGABYTE


@pytest.mark.parametrize(("files", "size", "more", "fits"), [
    (0, 0, 1, True), (rules.MOST_FILES - 1, 0, 1, True), (rules.MOST_FILES, 0, 1, False),
    (1, ONE - 1, 1, True), (1, ONE, 1, False), (1, ONE - 5, 6, False)])
def test_the_last_file_that_fits_is_taken_and_the_next_one_is_not(files, size, more, fits):
    if fits:
        rules.demand_room(files, size, more, "files")
    else:
        with pytest.raises(RuleBroken, match="no more room"):
            rules.demand_room(files, size, more, "files")


def _photo(project_id):
    with transaction():
        return operations.keep(samples.jpeg(), None, alt="Herd", alt_language="de", project_id=project_id)


def _paper(project_id):
    with transaction():
        return operations_papers.keep_paper(sheets.pdf(1), None, project_id=project_id, name="a.pdf")


def test_photos_papers_and_what_waits_are_counted_together_and_for_each_project_apart(any_database, send, amal):
    photo, paper = _photo(7), _paper(7)
    _paper(8)
    with send(amal, PDF, payee=""):
        waits = rows()[-1]
    assert queries.kept_by_project(7) == (3, photo.size_bytes + paper.size_bytes + waits.size_bytes)
    assert queries.kept_by_project(9) == (0, 0)


def test_a_full_project_takes_neither_paper_nor_photo_and_another_one_does(app, monkeypatch):
    _paper(7)
    monkeypatch.setattr(rules, "MOST_FILES", 1)
    for more in (_paper, _photo):
        with pytest.raises(RuleBroken, match="Please write to the coordination"):
            more(7)
    db.session.rollback()
    assert _photo(8)


def test_of_two_files_the_one_that_fits_waits_and_what_was_typed_stays(send, amal, monkeypatch):
    monkeypatch.setattr(rules, "MOST_FILES", 1)
    with send(amal, PDF, payee="Laden") as form:
        assert form.fine and add(form, amal)
    with send(amal, PHOTO, payee="Zweiter Laden", key="k2") as form:
        assert not form.fine and form.payee.data == "Zweiter Laden"
        assert "1 files" in str(form.files.errors[0]) and "What you typed stays here" in str(form.files.errors[0])
    assert [each.file_name for each in rows()] == ["scan.pdf"]


def test_what_waits_was_counted_when_it_came(send, amal, monkeypatch):
    monkeypatch.setattr(rules, "MOST_FILES", 1)
    with send(amal, PDF, payee="") as form:
        page = drawn(form)
    key = page.select_one("input[name=files-kept]")["value"]
    with send(amal, files_kept=key) as form:
        assert form.fine and add(form, amal)


def test_what_waited_for_no_project_is_counted_when_it_is_claimed(app, amal, monkeypatch):
    _paper(7)
    with transaction():
        paper = operations_papers.keep_waiting(papers.read(sheets.pdf(1), "b.pdf"), amal)
    monkeypatch.setattr(rules, "MOST_FILES", 1)
    with pytest.raises(RuleBroken, match="no more room"), transaction():
        operations_papers.claim(db.session.get(Paper, paper.id), amal, project_id=7)
    db.session.rollback()
    assert db.session.get(Paper, paper.id).waiting_since is not None
