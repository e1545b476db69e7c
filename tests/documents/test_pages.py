"""The page with a project's documents, and the files themselves."""

import pytest

from incubator.documents import operations, store
from incubator.documents.models import Document, DocumentState
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction


def _path(project):
    return f"/en/desk/projects/{project.id}/documents"


def test_without_documents_the_page_says_what_comes_first(make, visit):
    project = make.project(status="draft", mentor=None)
    page = visit(project.leads[0]).get(_path(project))
    assert page.status == 200
    assert "No documents yet" in page.text


def test_a_document_that_waits_says_so_and_can_be_looked_at_again(awarded, office, visit):
    office.ask(awarded, "award_notice")
    page = visit(awarded.leads[0]).get(_path(awarded))
    assert page.soup.select_one("[data-making] a")["href"] == _path(awarded)
    assert "being made…" in page.text
    assert page.soup.select_one("meta[http-equiv=refresh]") is None  # nothing moves under a reader's hands


def test_a_ready_document_can_be_taken(awarded, office, visit):
    data = office.made(awarded, "award_notice")
    visitor = visit(awarded.leads[0])
    page = visitor.get(_path(awarded))
    assert page.soup.select_one("[data-making]") is None
    answer = visitor.get(page.soup.select_one("a[download]")["href"])
    assert answer.data == data
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_german_version_is_named_as_the_binding_one(awarded, office, visit):
    office.ask(awarded, "award_notice", languages=["ar"])
    operations.make()
    page = visit(awarded.leads[0]).get(_path(awarded))
    rows = [row.get_text(" ", strip=True) for row in page.soup.select("tbody tr")]
    assert "legally binding" in rows[0]
    assert "courtesy translation" in rows[1]
    assert page.soup.select_one("span[lang=ar]").get_text(strip=True) == "العربية"


def test_a_file_that_is_not_ready_or_gone_is_not_found(awarded, office, visit):
    office.ask(awarded, "award_notice")
    document = db.session.query(Document).one()
    visitor, path = visit(awarded.leads[0]), f"/en/desk/documents/{document.id}.pdf"
    assert visitor.get(path).status == 404
    operations.make()
    assert visitor.get(path).status == 200
    store.remove(db.session.get_one(Document, document.id).key)
    assert visitor.get(path).status == 404


def test_strangers_to_a_project_do_not_get_its_files(awarded, office, make, visit):
    office.made(awarded, "award_notice")
    document = db.session.query(Document).one()
    assert visit(make.person("lead")).get(f"/en/desk/documents/{document.id}.pdf").status == 403


def test_a_coordinator_has_a_document_made_and_hears_when_nothing_changed(awarded, make, visit):
    visitor = visit(make.person("coordinator"))
    path = f"{_path(awarded)}/award_notice"
    answer = visitor.post(path)
    assert answer.status == 303
    assert "1 document is being made." in visitor.follow(answer).text
    operations.make()
    again = visitor.post(path)
    assert again.status == 422
    assert "It is up to date." in again.text


def test_the_same_click_sent_twice_asks_once(awarded, make, visit):
    visitor = visit(make.person("coordinator"))
    sent = {"form_key": "the-same-key-of-one-click"}
    assert [visitor.post(f"{_path(awarded)}/award_notice", sent).status for _turn in range(2)] == [303, 303]
    assert db.session.query(Document).count() == 1


def test_an_unknown_kind_is_no_page(awarded, make, visit):
    assert visit(make.person("coordinator")).post(f"{_path(awarded)}/passport").status == 404


def test_a_lead_sees_no_button_to_make_anew(awarded, office, visit):
    office.made(awarded, "award_notice")
    page = visit(awarded.leads[0]).get(_path(awarded))
    assert page.soup.select("form[action*=documents]") == []


def test_a_failed_document_is_shown_as_failed(awarded, office, visit):
    office.ask(awarded, "award_notice")
    with transaction():
        db.session.query(Document).one().state = DocumentState.FAILED
    assert "could not be made" in visit(awarded.leads[0]).get(_path(awarded)).text


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_the_database_as_often_for_many_documents(awarded, office, make, visit, queries, number):
    for _turn in range(number):
        office.ask(awarded, "award_notice")
        with transaction():
            awarded.round.use_within_days += 1
    visitor = visit(make.person("coordinator"))
    with queries(at_most=22):
        assert visitor.get(_path(awarded)).status == 200
