"""The pages of receipts: a team enters from the phone, a mentor checks with keys or buttons."""

import io

import pytest
import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.media.models import Paper
from incubator.payments import operations_receipts as operations
from incubator.payments import queries
from incubator.payments.models_receipts import Receipt, ReceiptState
from tests.media import sheets
from tests.payments.receipts import act, enter, scan, spending, sums


@pytest.fixture
def project(make):
    return spending(make)


def answers(project, **changed):
    line = queries.lines(project.id)[0]
    return {"line_id": line.root_id, "number": "R-1", "paid_on": "2026-02-25", "payee": "Farbenhaus Muster",
            "reason": "Farbe", "amount_cents": "100,00", "papers": (io.BytesIO(scan()), "Bon.png")} | changed


def new(project):
    return f"/de/desk/projects/{project.id}/receipts/new"


def check(project, receipt=None):
    return f"/de/desk/projects/{project.id}/receipts/check" + (f"?receipt={receipt.id}" if receipt else "")


def begin(project, visit):
    visitor = visit(project.mentors[0])
    assert visitor.post(check(project), {"no_conflict": True}).status == 303
    return visitor


def stored():
    return db.session.scalars(sa.select(Receipt).order_by(Receipt.id)).all()


def test_a_receipt_is_entered_with_a_photo_and_the_next_one_is_a_click_away(project, visit):
    visitor = visit(project.leads[0])
    answer = visitor.post(new(project), answers(project))
    assert answer.status == 303
    shown = visitor.follow(answer)
    assert new(project) in shown.text
    receipt = stored()[0]
    assert (receipt.payee, receipt.amount_cents, len(receipt.papers)) == ("Farbenhaus Muster", 100_00, 1)


def test_several_files_are_pages_of_one_receipt(project, visit):
    several = [(io.BytesIO(scan(1)), "1.png"), (io.BytesIO(sheets.pdf(3)), "2.pdf")]
    assert visit(project.leads[0]).post(new(project), answers(project, papers=several)).status == 303
    assert [each.paper.pages for each in stored()[0].papers] == [1, 3]


def test_each_line_says_what_is_left(project, visit):
    enter(project)
    assert "2.400,00" in visit(project.leads[0]).get(new(project)).soup.select_one("form fieldset").get_text()


def test_a_file_nobody_can_read_is_refused_and_nothing_typed_or_sent_is_lost(project, visit):
    visitor = visit(project.leads[0])
    files = [(io.BytesIO(scan(1)), "gut.png"), (io.BytesIO(b"kaputt"), "kaputt.png")]
    refused = visitor.post(new(project), answers(project, papers=files))
    assert refused.status == 422
    assert refused.soup.select_one("[name=payee]")["value"] == "Farbenhaus Muster"
    assert refused.soup.select_one("[name=amount_cents]")["value"] == "100,00"
    assert "kaputt.png" in refused.text
    kept = refused.soup.select_one("[name=papers-kept]")["value"]
    again = visitor.post(new(project), answers(project, papers=None) | {"papers-kept": kept})
    assert again.status == 303
    assert [each.paper.file_name for each in stored()[0].papers] == ["gut.png"]


def test_a_form_sent_twice_enters_once(project, visit):
    visitor = visit(project.leads[0])
    first = visitor.post(new(project), answers(project, form_key="once"))
    second = visitor.post(new(project), answers(project, form_key="once"))
    assert (first.status, second.status, first.location) == (303, 303, second.location)
    assert (len(stored()), sums(project)) == (1, (100_00, 0))


def test_a_rule_that_refuses_keeps_the_files_too(project, visit):
    refused = visit(project.leads[0]).post(new(project), answers(project, amount_cents="500,01"))
    assert refused.status == 422
    assert refused.soup.select_one("[name=papers-kept]")["value"]
    assert refused.soup.select_one("form details.more").has_attr("open")


def test_what_was_typed_is_never_run(project, visit):
    receipt = enter(project, payee="<script>alert(1)</script>", reason="<img src=x onerror=alert(2)>")
    act(operations.ask_back, receipt, project.mentors[0], "<b>Was?</b>")
    mentor = begin(project, visit)
    for page in (f"/de/desk/receipts/{receipt.id}", f"/de/desk/projects/{project.id}/receipts", check(project)):
        text = mentor.get(page).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<b>Was" not in text
        assert "&lt;script&gt;" in text


def test_the_list_shows_one_state_when_asked(project, visit):
    act(operations.accept, enter(project, payee="Erste"), project.mentors[0])
    enter(project, payee="Zweite")
    page = f"/de/desk/projects/{project.id}/receipts"
    visitor = visit(project.leads[0])
    assert "Zweite" not in visitor.get(f"{page}?state=accepted").text
    assert "Zweite" in visitor.get(f"{page}?state=nonsense").text


def test_the_table_for_spreadsheets_cannot_compute(project, visit):
    enter(project, payee="=HYPERLINK(1)", reason="+49", number="@1")
    answer = visit(project.leads[0]).get(f"/de/desk/projects/{project.id}/receipts.csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    row = answer.text.splitlines()[1].split(";")
    assert [row[1], row[3], row[4], row[6]] == ["'@1", "'=HYPERLINK(1)", "'+49", "100,00"]


def test_a_correction_keeps_ticked_papers_and_leaves_out_the_others(project, visit):
    first = enter(project)
    visitor = visit(project.leads[0])
    path = f"/de/desk/receipts/{first.id}/correct"
    drawn = visitor.get(path).soup
    assert drawn.select_one("[name=kept]").has_attr("checked")
    assert visitor.fill(path, amount_cents="90,00").status == 303
    assert [(each.state, each.amount_cents, len(each.papers)) for each in stored()] == [
        (ReceiptState.WITHDRAWN, 100_00, 0), (ReceiptState.ENTERED, 90_00, 1)]


def test_a_mentor_declares_first_then_goes_from_receipt_to_receipt(project, visit):
    first, second = enter(project), enter(project)
    mentor = visit(project.mentors[0])
    assert not mentor.get(check(project)).soup.select("[data-key=a]")
    assert mentor.post(f"/de/desk/receipts/{first.id}/accept").status == 422
    mentor = begin(project, visit)
    assert mentor.get(check(project)).soup.select_one("[data-key=o] img")["src"].startswith("/de/desk/receipts/papers/")
    answer = mentor.post(f"/de/desk/receipts/{first.id}/accept")
    assert answer.location.endswith(f"receipt={second.id}")
    assert mentor.post(f"/de/desk/receipts/{second.id}/cut", {"accepted_cents": "80,00", "note": "Pfand"}).status == 303
    assert "data-key=\"a\"" not in mentor.get(check(project)).text
    assert sums(project) == (200_00, 180_00)


def test_a_decision_sent_twice_counts_once(project, visit):
    receipt, mentor = enter(project), begin(project, visit)
    path = f"/de/desk/receipts/{receipt.id}/accept"
    assert [mentor.post(path, {"form_key": "one"}).status for _ in range(2)] == [303, 303]
    assert sums(project) == (100_00, 100_00)


def test_what_somebody_else_decided_meanwhile_is_said_on_the_receipt_s_page(project, visit):
    receipt, _other, mentor = enter(project), enter(project), begin(project, visit)
    act(operations.accept, receipt, project.mentors[0])
    late = mentor.post(f"/de/desk/receipts/{receipt.id}/cut", {"accepted_cents": "80,00", "note": "Pfand"})
    assert late.location.endswith(f"/desk/receipts/{receipt.id}")
    assert "flash--warning" in mentor.follow(late).text
    assert sums(project) == (200_00, 100_00)


def test_a_cut_without_a_reason_keeps_what_was_typed(project, visit):
    receipt, mentor = enter(project), begin(project, visit)
    refused = mentor.post(f"/de/desk/receipts/{receipt.id}/cut", {"accepted_cents": "80,00"})
    assert refused.status == 422
    assert refused.soup.select_one("[name=accepted_cents]")["value"] == "80,00"


def test_a_question_is_answered_on_the_receipt_s_page(project, visit):
    receipt, mentor = enter(project), begin(project, visit)
    mentor.post(f"/de/desk/receipts/{receipt.id}/question", {"question": "Wofür war das?"})
    lead, path = visit(project.leads[0]), f"/de/desk/receipts/{receipt.id}"
    assert "Wofür war das?" in lead.get(path).text
    assert lead.post(f"{path}/answer", {"answer": "Für den Hof."}).status == 303
    assert "Für den Hof." in mentor.get(path).text


def test_an_excluded_mentor_reads_why_and_gets_no_buttons(project, visit, make):
    make.affiliation(project.mentors[0], project.carrier)
    enter(project)
    page = visit(project.mentors[0]).get(check(project))
    assert page.status == 200
    assert not page.soup.select("main form[method=post]")


def test_a_mentor_who_says_they_are_not_free_is_out(project, visit):
    receipt, mentor = enter(project), visit(project.mentors[0])
    assert mentor.post(f"/de/desk/projects/{project.id}/receipts/conflict").status == 303
    assert not mentor.get(check(project)).soup.select("main form[method=post]")
    assert mentor.post(f"/de/desk/receipts/{receipt.id}/accept").status == 422
    assert sums(project) == (100_00, 0)


def test_papers_are_shown_to_insiders_and_do_not_exist_for_others(project, visit, make):
    enter(project)
    path = f"/de/desk/receipts/papers/{db.session.scalar(sa.select(Paper.key))}"
    for person in (project.leads[0], project.mentors[0], make.person("coordinator"), make.person("auditor")):
        answer = visit(person).get(path)
        assert (answer.status, answer.headers["Content-Type"]) == (200, "image/jpeg")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert visit(make.person("mentor")).get(path).status == 404
    assert visit(project.leads[0]).get(path[:-4] + "0000").status == 404


def test_a_round_without_receipts_has_no_such_pages(make, visit):
    project = spending(make, round=make.round(asks_receipts=False))
    lead = visit(project.leads[0])
    assert lead.get(new(project)).status == 404
    assert lead.get(f"/de/desk/projects/{project.id}/receipts").status == 404


@pytest.mark.parametrize("tail", ["receipts/check", "receipts"])
def test_fifty_receipts_cost_as_few_statements_as_one(project, visit, queries, tail):
    for _ in range(50):
        enter(project, amount_cents=1_00)
    mentor, path = begin(project, visit), f"/de/desk/projects/{project.id}/{tail}"
    with queries(at_most=12):
        assert mentor.get(path).status == 200
