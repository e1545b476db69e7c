"""Somebody reports what they cannot use; the office answers within a month."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.journal.operations import deliver
from incubator.letters.models import Letter, LetterState
from incubator.questions import jobs_barriers, operations_barriers, queries_barriers, rules_barriers
from incubator.questions.models_barriers import BarrierReport
from tests.questions.barriers import MAIL, barrier

FORM = "/de/accessibility/report"


def reports():
    db.session.rollback()
    return list(db.session.scalars(sa.select(BarrierReport).order_by(BarrierReport.id)))


def letters_to(address):
    deliver()
    return list(db.session.scalars(sa.select(Letter).where(Letter.address == address).order_by(Letter.id)))


def test_a_report_becomes_a_case_that_is_due_in_a_month(any_database, visit):
    clock.set(date(2026, 1, 31))
    sent = visit().fill("/ar/accessibility/report", text="لا أستطيع القراءة", where="/ar/projects/", mail=MAIL)
    assert (sent.status, sent.location) == (303, "/ar/accessibility/received")
    kept = reports()[0]
    assert (kept.language, kept.path, kept.mail, kept.due_on) == ("ar", "/ar/projects/", MAIL, date(2026, 2, 28))


def test_without_an_address_the_answer_to_the_form_is_the_same(visit):
    for mail in ("", MAIL):
        assert visit().fill(FORM, text="Zu klein", mail=mail).location == "/de/accessibility/received"
    assert [each.mail for each in reports()] == ["", MAIL]


def test_every_page_leads_to_the_form_which_knows_where_somebody_came_from(visit, make):
    project = make.project("active")
    link = visit().get(f"/de/projects/{project.slug}").soup.select_one("footer a[href*='/accessibility/report']")
    field = visit().get(link["href"]).soup.select_one("[name=where]")
    assert field["value"] == f"/de/projects/{project.slug}"


def test_a_page_behind_a_secret_link_is_not_named(visit):
    link = visit().get("/de/follow/manage/1-secret").soup.select_one("footer a[href*='/accessibility/report']")
    assert link["href"] == FORM


def test_a_machine_is_thanked_and_forgotten(visit):
    assert visit().fill(FORM, text="Kauft!", website="https://spam.example").location.endswith("/received")
    assert reports() == []


def test_one_network_cannot_flood_the_office(visit):
    assert [visit().fill(FORM, text=f"Nr. {number}").status for number in range(16)] == [303] * 15 + [422]


def test_the_journal_holds_no_word_and_no_address(visit):
    visit().fill(FORM, text="Ein Wort", mail=MAIL)
    entry = db.session.scalar(sa.select(Entry).where(Entry.action == "barrier.reported"))
    assert set(entry.data) == {"due"} and entry.actor is None


def test_whoever_wrote_hears_by_when_and_who_helps_after_that(app, visit, make):
    make.person("coordinator", mail="petra@example.org")
    visit().fill("/en/accessibility/report", text="Too small", mail=MAIL)
    receipt = letters_to(MAIL)[0]
    assert app.config["ACCESSIBILITY"]["conciliation"]["mail"] in receipt.text
    assert "Too small" not in receipt.text  # else strangers could send their words to any address through us
    assert len(letters_to("petra@example.org")) == 1


def test_the_office_answers_once_and_in_the_language_it_chose(any_database, visit, make):
    petra, case = make.person("coordinator"), barrier(language="en")
    page = visit(petra).get("/de/desk/barriers")
    link = page.soup.select_one("a.task__title")["href"]
    assert visit(petra).fill(link, text="It has a name now.").status == 303
    db.session.refresh(case)
    assert (case.answer, case.answer_language, case.answered_by_id) == ("It has a name now.", "en", petra.id)
    assert "It has a name now." in letters_to(MAIL)[0].text
    assert not visit(petra).get(link).soup.select("[name=text]")


def test_two_who_answer_at_once_do_not_write_twice_and_lose_nothing(visit, make):
    petra, case = make.person("coordinator"), barrier()
    with transaction():
        operations_barriers.answer(case, petra, text="Gemacht.", language="de")
    answer = visit(petra).post(f"/de/desk/barriers/{case.id}", {"text": "Noch einmal"})
    assert answer.status == 422 and "Gemacht." in answer.text and "Noch einmal" in answer.text


def test_an_administrator_may_note_what_was_found(visit, make):
    case, visitor = barrier(), visit(make.person("administrator"))
    assert visitor.fill(f"/de/desk/barriers/{case.id}/note", note="Bootsmann fragt").status == 303
    db.session.refresh(case)
    assert case.note == "Bootsmann fragt" and letters_to(MAIL) == []


def test_two_who_note_something_at_once_see_both_notes(visit, make):
    petra, case = make.person("coordinator"), barrier()
    version = case.version
    with transaction():
        operations_barriers.note(case, petra, note="Der Knopf fehlt.")
    answer = visit(petra).post(f"/de/desk/barriers/{case.id}/note", {"note": "Am Montag neu", "version": version})
    assert answer.status == 422 and "Der Knopf fehlt." in answer.text and "Am Montag neu" in answer.text


@pytest.mark.parametrize(("days", "written"), [(-8, 0), (-7, 1), (0, 1), (1, 2), (20, 2)])
def test_the_office_is_reminded_a_week_before_and_when_it_is_late(make, days, written):
    make.person("coordinator", mail="petra@example.org")
    case = barrier()
    for day in (-7, 1, days):
        if day <= days:
            clock.set(case.due_on + timedelta(days=day))
            jobs_barriers.remind()
    assert len(letters_to("petra@example.org")) == written


def test_what_was_answered_reminds_nobody(make):
    make.person("coordinator", mail="petra@example.org")
    case = barrier(answered=True)
    clock.set(case.due_on + timedelta(days=1))
    jobs_barriers.remind()
    assert letters_to("petra@example.org") == []


def test_three_months_after_the_answer_nobody_knows_who_wrote(any_database, visit):
    visit().fill(FORM, text="Zu klein", mail=MAIL)
    deliver()
    case = reports()[0]
    with transaction():
        for letter in db.session.scalars(sa.select(Letter)):
            letter.state, letter.sent_at = LetterState.SENT, clock.now()
        case.answer, case.answer_language, case.answered_at = "Größer", "de", clock.now()
    for days, known in ((88, MAIL), (5, "")):
        clock.set(clock.now() + timedelta(days=days))
        jobs_barriers.forget_old.begin_anew()
        jobs_barriers.forget_old()
        assert reports()[0].mail == known
    assert letters_to(MAIL) == []


def test_three_years_after_the_answer_the_report_itself_goes(app):
    case, waits = barrier(answered=True), barrier()
    for days, left in ((3 * 365 - 1, {case.id, waits.id}), (3, {waits.id})):
        clock.set(clock.now() + timedelta(days=days))
        jobs_barriers.forget_old.begin_anew()
        jobs_barriers.forget_old()
        assert {each.id for each in reports()} == left


def test_the_desk_says_that_somebody_waits_and_hurries_in_the_last_week(visit, make):
    petra, case = make.person("coordinator"), barrier()
    task = "li.task:has(a[href='/de/desk/barriers'])"
    assert visit(petra).get("/de/desk/").soup.select(task)
    assert not visit(petra).get("/de/desk/").soup.select(f"{task}.task--soon")
    clock.set(case.due_on - timedelta(days=3))
    assert visit(petra).get("/de/desk/").soup.select(f"{task}.task--soon")
    clock.set(case.due_on + timedelta(days=1))
    assert visit(petra).get("/de/desk/").soup.select(f"{task}.task--late")


@pytest.mark.parametrize(("endpoint", "parts", "named"), [
    ("progress.home", {}, "/de/x"), ("follow.manage", {"token": "1-x"}, ""), (None, None, ""),
])
def test_where_somebody_came_from_is_said_unless_it_opens_something(endpoint, parts, named):
    assert rules_barriers.came_from(endpoint, parts, "/de/x") == named


def test_what_is_due_first_stands_first_page_by_page(any_database, visit, make, monkeypatch):
    monkeypatch.setattr(queries_barriers, "ON_PAGE", 2)
    made = [barrier(due_on=date(2026, 4, 10 - number // 2)) for number in range(5)]
    office, read, path = visit(make.person("coordinator")), [], "/de/desk/barriers"
    while path:
        soup = office.get(path).soup
        assert "5" in soup.select_one("#waiting-title").text
        read += [int(link["href"].rsplit("/", 1)[1]) for link in soup.select(".task__title")]
        more = soup.select_one("main .section a[href*='after=']")
        path = more["href"] if more else None
    assert read == [each.id for each in sorted(made, key=lambda each: (each.due_on, each.id))]
