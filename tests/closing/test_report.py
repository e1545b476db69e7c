"""Write the final report and hand it in."""

from datetime import date

import pytest
import sqlalchemy as sa

from incubator.closing import operations, queries
from incubator.closing.models import ReportState
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken, Stale
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.projects import operations as projects
from incubator.projects.lifecycle import Action, Status
from tests.closing.ends import ANSWERS, at, ending, submitted, written


def hand_in(project, by=None, **how):
    with transaction():
        operations.submit_report(project, by or project.leads[0], **how)


def entry(action):
    return db.session.scalars(sa.select(Entry).where(Entry.action == action).order_by(Entry.id.desc())).first()


@pytest.mark.parametrize(("opened", "due"), [
    (date(2026, 8, 31), date(2027, 2, 28)), (date(2027, 8, 31), date(2028, 2, 29)),
])
def test_the_report_is_due_so_many_months_after_the_work_ended(make, opened, due):
    project = make.project("active", round=make.round(reports_due_on=None))
    clock.set(opened)
    with transaction():
        projects.move(project, Action.OPEN_REPORTING, None)
    assert project.report_due_on == due


def test_a_round_with_a_fixed_day_sets_that_day_and_a_return_keeps_it(make):
    project = make.project("active", round=make.round(reports_due_on=date(2026, 4, 30)))
    with transaction():
        projects.move(project, Action.OPEN_REPORTING, None)
    assert project.report_due_on == date(2026, 4, 30)


def test_a_report_one_day_late_is_taken_and_the_journal_counts_the_day(make):
    project = ending(make, report_due_on=date(2026, 4, 30))
    written(project)
    clock.set(date(2026, 5, 1))
    hand_in(project)
    assert project.status is Status.REPORT_SUBMITTED
    assert entry("report.submitted").data["days_late"] == 1


def test_a_report_on_its_last_day_is_not_late(make):
    project = ending(make, report_due_on=date(2026, 4, 30))
    written(project)
    clock.set(date(2026, 4, 30))
    hand_in(project)
    assert entry("report.submitted").data["days_late"] == 0


def test_a_draft_is_kept_however_little_stands_in_it(make):
    project = ending(make)
    report = written(project, answers={"0": "Erst ein Satz."})
    assert (report.state, report.answers["0"]) == (ReportState.DRAFT, "Erst ein Satz.")


def test_a_draft_drawn_before_somebody_else_saved_is_not_stored(make):
    project = ending(make)
    written(project, version=0)
    with pytest.raises(Stale) as told:
        written(project, answers={"0": "Anderes"}, version=0)
    assert told.value.current["answer_0"] == ANSWERS["0"]


def test_a_report_with_an_unanswered_question_is_not_taken(make):
    project = ending(make)
    written(project, answers={"0": "Viel."})
    with pytest.raises(RuleBroken, match="no answer yet"):
        hand_in(project)


def test_a_report_waits_for_receipts_with_an_open_question(make):
    project = ending(make, receipts=((100_00, "asked_back"),))
    written(project)
    with pytest.raises(RuleBroken, match="question that nobody has answered"):
        hand_in(project)


def test_nothing_spent_must_be_said(make):
    project = ending(make, receipts=())
    written(project)
    with pytest.raises(RuleBroken, match="No money was spent"):
        hand_in(project)
    hand_in(project, nothing_spent=True)
    assert project.status is Status.REPORT_SUBMITTED


def test_an_unwritten_report_is_not_taken(make):
    with pytest.raises(RuleBroken, match="still empty"):
        hand_in(ending(make))


def test_handing_in_twice_has_one_effect(make):
    project = submitted(make)
    with pytest.raises(RuleBroken, match="not possible now"):
        hand_in(project)
    assert len(db.session.scalars(sa.select(Entry).where(Entry.action == "report.submitted")).all()) == 1


def test_what_was_handed_in_is_frozen_and_its_fingerprint_is_in_the_journal(make):
    project = submitted(make, receipts=(2_250_00, (2_250_00, 2_130_00)))
    report = queries.report(project.id)
    assert report.statement["eligible"] == 3_980_00
    assert len(report.statement["receipts"]) == 2
    assert entry("report.submitted").data["statement_hash"] == report.statement_hash


def test_no_word_and_no_payee_of_a_report_stands_in_the_journal(make):
    submitted(make)
    data = str([each.data for each in db.session.scalars(sa.select(Entry))])
    assert "Nachmittage" not in data and "Laden" not in data


def test_numbers_that_moved_since_they_were_looked_at_are_shown_again(make):
    project = ending(make)
    written(project)
    with pytest.raises(RuleBroken, match="numbers have changed"):
        hand_in(project, statement_hash="0" * 64)


def test_where_no_receipts_are_asked_for_the_lead_writes_what_was_spent(make):
    project = ending(make, receipts=(), round=make.round(asks_receipts=False))
    root = queries.statement(project).lines[0].root_id
    written(project, spent={str(root): 900_00})
    hand_in(project)
    assert queries.statement(project).spent == 900_00
    assert queries.statement(project).eligible == 500_00


def test_an_award_cannot_be_revoked_while_the_report_is_written(make):
    project = ending(make)
    with pytest.raises(RuleBroken, match="not possible now"), transaction():
        projects.revoke(project, make.person("coordinator"), "Grund")


def test_the_mentor_hears_of_a_report(make):
    project = submitted(make)
    deliver()
    assert [letter.person_id for letter in Letter.query] == [project.mentors[0].id]


def test_a_lead_writes_saves_looks_and_hands_in(make, visit):
    project = ending(make)
    lead = visit(project.leads[0])
    drawn = lead.get(at(project, "/report")).soup
    assert drawn.select_one("[name=own_funds_cents]")["value"] == "400,00"
    answers = {f"answer_{place}": text for place, text in ANSWERS.items()}
    assert lead.fill(at(project, "/report"), **answers).location.endswith("/report")
    assert "vierzig Gäste" in lead.get(at(project, "/report")).soup.select_one("[name=answer_3]").get_text()
    assert lead.fill(at(project, "/report"), then="look").location.endswith("/report/preview")
    assert "4.100,00" in lead.get(at(project, "/report/preview")).text
    lead.fill(at(project, "/report/preview"))
    assert project.status is Status.REPORT_SUBMITTED
    assert lead.get(at(project, "/report")).location.endswith("/report/read")
    assert "vierzig Gäste" in lead.get(at(project, "/report/read")).text


def test_saving_to_look_at_it_says_that_it_arrived_so_that_no_browser_keeps_a_draft(make, visit):
    project = ending(make)
    lead = visit(project.leads[0])
    assert lead.follow(lead.fill(at(project, "/report"), then="look")).soup.select_one(".flash--success")


def test_an_amount_that_is_none_keeps_everything_that_was_typed(make, visit):
    project = ending(make)
    answer = visit(project.leads[0]).fill(at(project, "/report"), answer_0="Langer Text", income_cents="viel")
    assert answer.status == 422
    assert "Langer Text" in answer.soup.select_one("[name=answer_0]").get_text()
    assert queries.report(project.id) is None


def test_a_stale_draft_shows_both_versions(make, visit):
    project = ending(make)
    lead = visit(project.leads[0])
    written(project)
    answer = lead.post(at(project, "/report"), {"version": "0", "answer_0": "Neuer Satz", "own_funds_cents": "1,00"})
    assert answer.status == 422
    assert ANSWERS["0"] in answer.text and "Neuer Satz" in answer.text


def test_a_preview_says_what_is_missing_and_offers_no_button(make, visit):
    project = ending(make)
    written(project, answers={"0": "Viel."})
    page = visit(project.leads[0]).get(at(project, "/report/preview")).soup
    assert len(page.select("main .notice li")) == 3
    assert not page.select("main form")


def test_a_double_click_on_the_preview_hands_in_once(make, visit):
    project = ending(make)
    written(project)
    lead = visit(project.leads[0])
    form = lead.get(at(project, "/report/preview")).soup.select_one("main form")
    data = {field["name"]: field.get("value", "") for field in form.select("input[type=hidden]")}
    assert [lead.post(at(project, "/report/preview"), data).status for _ in range(2)] == [303, 303]
    assert len(db.session.scalars(sa.select(Entry).where(Entry.action == "report.submitted")).all()) == 1


def test_a_round_that_does_not_pay_out_says_nothing_of_payments(make, visit):
    project = ending(make, paid=0, round=make.round(pays_out=False))
    written(project)
    text = visit(make.person("coordinator", language="en")).get(f"/en/desk/projects/{project.id}/report/read").text
    hand_in(project)
    text = visit(make.person("coordinator")).get(f"/en/desk/projects/{project.id}/report/read").text
    assert "Earned by these costs" in text and "paid out" not in text.casefold()


def test_a_member_reads_what_only_the_lead_writes(make, visit):
    member = make.person()
    project = ending(make, members=(member,))
    assert visit(member).get(at(project, "/report")).status == 403
    assert visit(member).get(at(project, "/report/read")).status == 200


def test_a_page_takes_the_same_few_questions_to_the_database(make, visit, queries):
    project = ending(make)
    lead = visit(project.leads[0])
    with queries(at_most=30):
        lead.get(at(project, "/report"))
