"""Requests for money, the final report with its receipts, and the closing notice: each cent as the ledger has it."""

from datetime import date, timedelta

import pytest

from incubator.closing import queries as closing
from incubator.closing.models import FinalReport, Recovery, RecoveryState, ReportState
from incubator.closing.rules_statement import frozen
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.payments import queries as payments
from incubator.payments.models import Account, EntryKind, LedgerEntry
from incubator.payments.models_receipts import Receipt, ReceiptState
from incubator.payments.models_requests import FundsRequest, RequestState
from tests.documents.reading import Structure, pages_of, text_of

DAY = date(2026, 3, 1)


def _keep(*rows):
    with transaction():
        db.session.add_all(rows)
        db.session.flush()
    return rows[0]


def _pay(project, cents):
    return _keep(LedgerEntry(project_id=project.id, kind=EntryKind.PAID, amount_cents=cents, on=DAY, at=clock.now()))


@pytest.fixture
def paid(awarded):
    """2,500.00 EUR of the award are paid, 2,400.00 spent on fees, of which 2,280.00 are accepted."""
    line = payments.lines(awarded.id)[0]
    _keep(Account(project_id=awarded.id, committed_cents=5_000_00, paid_cents=2_500_00, spent_cents=2_400_00))
    _pay(awarded, 2_500_00)
    lead = awarded.leads[0]
    for number, cents, cut in (("R-1", 1_400_00, 0), ("R-2", 1_000_00, 120_00)):
        receipt = _keep(Receipt(
            project_id=awarded.id, line_id=line.root_id, number=number, paid_on=DAY, payee="Druckerei #panic() $x$",
            reason="Plakate [fett] *wichtig*", amount_cents=cents, accepted_cents=cents - cut,
            note="Getränke" if cut else "",
            state=ReceiptState.CUT if cut else ReceiptState.ACCEPTED, entered_by_id=lead.id, entered_at=clock.now()))
        _keep(LedgerEntry(project_id=awarded.id, kind=EntryKind.SPENT, amount_cents=cents, line_id=line.root_id,
                          receipt_id=receipt.id, on=DAY, at=clock.now()))
    return awarded


@pytest.fixture
def asked(paid):
    return _keep(FundsRequest(
        project_id=paid.id, number=2, amount_cents=1_234_56, instalment=2, purpose="Honorare im März", language="de",
        needed_by=DAY + timedelta(days=10), asked_by_id=paid.leads[0].id, asked_at=clock.now()))


@pytest.fixture
def reported(paid):
    with transaction():
        paid.round.report_questions = ["Was ist gelungen?", "Was bleibt?"]
    return _hand_in(_keep(FinalReport(
        project_id=paid.id, state=ReportState.DRAFT, answers={"0": "Alle kochten.\nJede Woche.", "1": "Ein Herd."},
        own_funds_cents=555_56, submitted_at=clock.now())))


def _hand_in(report):
    """Freeze the numbers as they stand."""
    with transaction():
        report.statement, report.statement_hash = frozen(closing.statement(report.project), {})
        report.state = ReportState.SUBMITTED
    return report


def _accept(report, **recovery):
    with transaction():
        report.state, report.audit_note, report.eligible_cents = ReportState.ACCEPTED, "Geprüft.", 2_380_00
        report.recovery_cents = 120_00 if recovery else 0
    if recovery:
        _keep(Recovery(project_id=report.project_id, amount_cents=120_00, due_on=DAY + timedelta(days=30), **recovery))


def test_a_request_shows_what_was_paid_and_what_is_left(asked, office):
    text = text_of(office.made(asked.project, "funds_request"))
    assert "auszuzahlen: 1.234,56 €" in text
    assert "Bisher ausgezahlt 2.500,00 €" in text
    assert "Danach noch verfügbar 1.265,44 €" in text
    assert "Honorare im März" in text


def test_a_request_that_was_taken_back_makes_no_document(asked, office):
    with transaction():
        asked.state = RequestState.WITHDRAWN
    assert office.ask(asked.project, "funds_request") == []


def test_a_report_shows_plan_and_real_costs_and_every_receipt(reported, office):
    text = text_of(office.made(reported.project, "final_report"))
    assert "Kursleitung 2.500,00 € 2.400,00 €" in text
    assert "Summe der Ausgaben 5.555,56 € 2.400,00 €" in text
    assert "Summe der Einnahmen 5.555,56 € 3.055,56 €" in text
    assert "R-1" in text
    assert "Druckerei #panic() $x$" in text
    assert "Plakate [fett] *wichtig*" in text


def test_a_report_holds_questions_and_answers_as_headings_and_paragraphs(reported, office):
    data = office.made(reported.project, "final_report")
    assert "Was ist gelungen? Alle kochten. Jede Woche. Was bleibt? Ein Herd." in text_of(data)
    assert Structure(data).tags.count("H3") == 2


def test_a_round_without_receipts_has_no_list_of_them(reported, office):
    with transaction():
        reported.project.round.asks_receipts = False
    assert "Belegliste" not in text_of(office.made(reported.project, "final_report"))


def test_what_comes_in_later_does_not_change_a_report_that_was_handed_in(reported, office):
    _pay(reported.project, 1_00)
    text = text_of(office.made(reported.project, "final_report"))
    assert "Geld von der Stadt (Zuschuss) 5.000,00 € 2.500,00 €" in text


def test_a_long_list_of_receipts_repeats_its_headings(reported, office):
    lead, line = reported.project.leads[0], payments.lines(reported.project_id)[0]
    _keep(*(Receipt(
        project_id=reported.project_id, line_id=line.root_id, number=f"L-{number}", paid_on=DAY, payee="Markt",
        reason="Zutaten", amount_cents=number + 1, entered_by_id=lead.id, entered_at=clock.now())
        for number in range(90)))
    _hand_in(reported)
    pages = pages_of(office.made(reported.project, "final_report"))
    assert sum("Grund der Zahlung" in page for page in pages) >= 3


def test_a_closing_notice_names_what_was_cut_and_why(reported, office):
    _accept(reported, state=RecoveryState.ASKED)
    text = text_of(office.made(reported.project, "closing_notice"))
    assert "festgesetzt auf: 2.380,00 €" in text
    assert "Getränke 1.000,00 € 880,00 € 120,00 €" in text
    assert "Der Betrag von 120,00 € ist bis zum 31. März 2026 an die Stadt Osnabrück zu erstatten." in text


def test_a_closing_notice_says_when_nothing_goes_back(reported, office):
    _accept(reported)
    assert "Es ist nichts zu erstatten." in text_of(office.made(reported.project, "closing_notice"))


def test_a_waiver_gives_its_reason(reported, office):
    _accept(reported, state=RecoveryState.WAIVED, settled_on=DAY, reason="unter der Grenze")
    text = text_of(office.made(reported.project, "closing_notice"))
    assert "Von der Rückforderung von 120,00 € wird abgesehen: unter der Grenze" in text


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", ["funds_request", "final_report", "closing_notice"])
def test_every_document_has_its_translation(asked, reported, office, kind, language):
    _accept(reported, state=RecoveryState.RETURNED, settled_on=DAY, reference="K-1")
    seen = Structure(office.made(reported.project, kind, language))
    assert seen.language == language
    assert seen.ua_part == "1"
    assert seen.tags.count("H1") == 1
    assert "TH" in seen.tags
