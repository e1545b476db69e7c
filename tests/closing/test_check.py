"""Two people check a final report."""

from datetime import date

import pytest
import sqlalchemy as sa

from incubator.closing import operations, queries
from incubator.closing.models import RecoveryState, ReportState
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.projects import queries as projects
from incubator.projects.lifecycle import Status
from incubator.projects.models import ConflictDeclaration, Part, Participation
from tests.closing.ends import accepted, at, signed, submitted

CUT = (2_250_00, (2_250_00, 2_130_00))


def sign(project, by, note="", **more):
    with transaction():
        return operations.sign(project, by, audit_note=note, **({"no_conflict": True} | more))


def recipients():
    deliver()
    return {(letter.person_id, letter.key.split(":")[1]) for letter in Letter.query}


def test_a_report_that_adds_up_completes_the_project(make):
    project = accepted(make)
    report = queries.report(project.id)
    assert (project.status, report.state) == (Status.COMPLETED, ReportState.ACCEPTED)
    assert (report.eligible_cents, report.recovery_cents) == (4_100_00, 0)
    assert queries.recovery(project.id) is None


def test_a_cut_receipt_asks_for_its_money_back_within_a_month(make):
    project = accepted(make, receipts=CUT)
    recovery = queries.recovery(project.id)
    assert project.status is Status.RECOVERY
    assert (recovery.amount_cents, recovery.due_on) == (120_00, date(2026, 4, 1))


def test_a_small_amount_is_waived_by_the_rounds_rule_and_written_down(make):
    project = accepted(make, receipts=(2_250_00, (2_250_00, 2_225_01)))
    recovery = queries.recovery(project.id)
    assert project.status is Status.COMPLETED
    assert (recovery.state, recovery.amount_cents) == (RecoveryState.WAIVED, 24_99)
    assert "25,00" in recovery.reason


def test_the_threshold_itself_is_asked_back(make):
    assert accepted(make, receipts=(2_250_00, (2_250_00, 2_225_00))).status is Status.RECOVERY


def test_the_last_tenth_may_still_be_paid(make):
    project = accepted(make, paid=3_690_00)
    assert project.status is Status.COMPLETED
    assert queries.statement(project).still_to_pay == 410_00


def test_a_receipt_that_nobody_has_checked_stands_in_the_way(make, visit):
    project = submitted(make, receipts=(2_250_00, (2_250_00, "entered")))
    with pytest.raises(RuleBroken, match="not checked yet"):
        sign(project, project.mentors[0], "Gut")
    page = visit(project.mentors[0]).get(at(project, "/report/review"))
    assert not page.soup.select("[name=audit_note]")


def test_a_signature_needs_a_note(make):
    project = submitted(make)
    with pytest.raises(RuleBroken, match="what you have checked"):
        sign(project, project.mentors[0], "  ")


def test_a_signature_needs_the_word_that_there_is_no_conflict(make):
    project = submitted(make)
    with pytest.raises(RuleBroken, match="declare first"):
        sign(project, project.mentors[0], "Gut", no_conflict=False)


def test_the_mentor_signs_first(make):
    project = submitted(make)
    with pytest.raises(RuleBroken, match="signs first"):
        sign(project, make.person("coordinator"), "Gut")


def test_a_deputy_may_sign_first(make):
    project, deputy = submitted(make), make.person("mentor")
    with transaction():
        db.session.add(Participation(project_id=project.id, person_id=deputy.id, kind=Part.DEPUTY,
                                     since=date(2026, 2, 1)))
    db.session.expire_all()
    assert sign(project, deputy, "Gut") is False


def test_nobody_signs_twice(make):
    project = signed(make)
    with pytest.raises(RuleBroken, match="already signed"):
        sign(project, project.mentors[0])


def test_any_other_mentor_of_the_city_may_be_the_second(make, visit):
    project, other = signed(make), make.person("mentor")
    visit(other).fill(at(project, "/report/review"), no_conflict=True)
    assert project.status is Status.COMPLETED


def test_the_team_is_never_the_second_person(make, visit):
    member = make.person("coordinator", "mentor")
    project = signed(make, members=(member,))
    assert visit(member).get(at(project, "/report/review")).status == 403
    with pytest.raises(RuleBroken):
        sign(project, member)


def test_whoever_sits_on_the_carriers_board_does_not_sign(any_database, make):
    project = submitted(make)
    make.affiliation(project.mentors[0], project.carrier)
    with pytest.raises(RuleBroken, match="Conflict of interest"):
        sign(project, project.mentors[0], "Gut")
    assert project.status is Status.REPORT_SUBMITTED


def test_both_signatures_are_declared_free_of_conflict(make):
    accepted(make)
    assert [each.act for each in ConflictDeclaration.query] == ["review_report", "review_report"]


def test_who_declares_a_conflict_on_the_page_signs_nothing(make, visit):
    project = submitted(make)
    mentor = visit(project.mentors[0])
    mentor.fill(at(project, "/report/review"), form=f"form[action='{at(project, '/report/conflict')}']")
    with pytest.raises(RuleBroken):
        sign(project, project.mentors[0], "Gut")


def test_numbers_that_moved_between_two_signatures_need_a_new_first_one(make):
    project = signed(make, receipts=CUT)
    with transaction():
        queries.report(project.id).own_funds_cents = 500_00
    with pytest.raises(RuleBroken, match="numbers have changed"):
        sign(project, make.person("coordinator"))


def test_two_first_notes_at_once_are_not_one_agreement(make):
    project, other = signed(make), make.person("mentor")
    with pytest.raises(RuleBroken, match="proposed the same"):
        sign(project, other, "Mein eigener Vermerk")


def test_interest_is_kept_only_where_money_goes_back(make):
    project = submitted(make)
    with pytest.raises(RuleBroken, match="no interest"):
        sign(project, project.mentors[0], "Gut", interest_cents=5_00)
    cut = submitted(make, receipts=CUT)
    sign(cut, cut.mentors[0], "Gut", interest_cents=5_00)
    sign(cut, make.person("coordinator"))
    assert queries.recovery(cut.id).interest_cents == 5_00


def test_a_return_says_what_is_missing_and_a_first_signature_falls(make):
    project = signed(make)
    with transaction():
        operations.return_report(project, project.mentors[0], "Wie viele kamen?")
    report = queries.report(project.id)
    assert (project.status, report.state, report.return_reason) == (Status.REPORTING, ReportState.RETURNED,
                                                                    "Wie viele kamen?")
    assert projects.open_report_signature(project.id) is None
    assert report.recovery_cents is None


def test_whoever_has_signed_is_not_asked_again_on_the_projects_page(make, visit):
    project, other = signed(make), make.person("coordinator")
    seen = {who.id: visit(who).get(at(project)).soup.select_one("main") for who in (project.mentors[0], other)}
    offered = {number: [link.get_text(strip=True) for link in page.select("a.kern-btn--primary")]
               for number, page in seen.items()}
    assert offered[project.mentors[0].id] == []
    assert offered[other.id] == ["Schlussbericht prüfen"]


def test_a_dropped_signature_keeps_its_note_as_a_draft(make, visit):
    project = signed(make)
    mentor = visit(project.mentors[0])
    mentor.fill(at(project, "/report/review"), form=f"form[action='{at(project, '/report/drop')}']")
    assert projects.open_report_signature(project.id) is None
    drawn = mentor.get(at(project, "/report/review")).soup
    assert drawn.select_one("[name=audit_note]").get_text().strip() == "Alle Belege gesehen."


def test_two_second_people_at_once_carry_it_out_once(any_database, make):
    project, people = signed(make, receipts=CUT), (make.person("coordinator"), make.person("coordinator"))
    assert sign(project, people[0]) is True
    with pytest.raises(RuleBroken, match="not possible now"):
        sign(project, people[1])
    assert db.session.scalar(sa.select(sa.func.count(Entry.id)).where(Entry.action == "report.accepted")) == 1


def test_a_project_without_a_written_report_is_only_returned(make):
    project = make.project("report_submitted")
    with pytest.raises(RuleBroken, match="not written a final report"):
        sign(project, project.mentors[0], "Gut")
    with transaction():
        operations.return_report(project, project.mentors[0], "Bitte schreiben.")
    assert project.status is Status.REPORTING


def test_everybody_hears_what_concerns_them(make):
    coordinator, own = make.person("coordinator"), make.person("coordinator")
    project = signed(make, receipts=CUT, members=(own,))
    assert recipients() == {(project.mentors[0].id, "report_to_read"), (coordinator.id, "report_second_signature")}
    sign(project, coordinator)
    told = recipients()
    assert (project.leads[0].id, "report_accepted") in told
    assert {(project.leads[0].id, "recovery_asked"), (own.id, "recovery_asked")} <= told
    assert (coordinator.id, "recovery_asked") not in told, "whoever did it knows"


def test_other_mentors_are_asked_where_nobody_of_the_coordination_is_free(make):
    other = make.person("mentor")
    signed(make)
    assert (other.id, "report_second_signature") in recipients()


def test_a_returned_report_is_told_with_its_reason(make):
    project = submitted(make)
    with transaction():
        operations.return_report(project, project.mentors[0], "Wie viele kamen?")
    deliver()
    (letter,) = [each for each in Letter.query if "report_returned" in each.key]
    assert "Wie viele kamen?" in letter.text and letter.person_id == project.leads[0].id


def test_the_letter_at_the_end_has_plain_numbers(make):
    project = accepted(make, receipts=CUT)
    deliver()
    (letter,) = [each for each in Letter.query if "report_accepted" in each.key and
                 each.person_id == project.leads[0].id]
    assert "3.980,00" in letter.text and "120,00" in letter.text
