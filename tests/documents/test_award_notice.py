"""The award notice: what it says to the cent, and how assistive technology reads it."""

import pytest

from incubator.foundation.transaction import transaction
from tests.documents.reading import Structure, pages_of, text_of

COURTESY = "This translation is a courtesy. Only the German version is legally binding."


def test_a_notice_names_the_amount_and_the_plan_to_the_cent(awarded, office):
    text = text_of(office.made(awarded, "award_notice"))
    assert "Zuwendung bis zur Höhe von 5.000,00 €" in text
    assert "Kursleitung 2.500,00 €" in text
    assert "Summe der Ausgaben 5.555,56 €" in text
    assert "Summe der Finanzierung 5.555,56 €" in text


def test_instalments_sum_to_the_award(awarded, office):
    text = text_of(office.made(awarded, "award_notice"))
    for part in ("1 50 % auf Anforderung", "2.500,00 €", "2.000,00 €", "500,00 €"):
        assert part in text


def test_conditions_come_from_the_round(awarded, office):
    with transaction():
        awarded.round.use_within_days, awarded.round.shift_limit_pct = 60, 15
        awarded.round.final_report_due_months = 4
    text = text_of(office.made(awarded, "award_notice"))
    assert "innerhalb von 60 Tagen" in text
    assert "um bis zu 15 % überschritten" in text
    assert "innerhalb von 4 Monaten" in text


def test_what_a_round_does_not_use_is_not_said(awarded, office):
    with transaction():
        awarded.round.pays_out = awarded.round.asks_changes = awarded.round.asks_receipts = False
    text = text_of(office.made(awarded, "award_notice"))
    assert "Mittelabruf" not in text
    assert "Änderungsantrag" not in text
    assert "Belegliste" not in text


def test_the_remedy_is_marked_as_sample_text(awarded, office):
    text = text_of(office.made(awarded, "award_notice"))
    assert "Mustertext – von der Stadt vor dem ersten Bescheid" in text
    assert "Dieser Bescheid wird am 20. Februar 2026 bestandskräftig" in text


def test_every_page_has_its_number(awarded, office):
    pages = pages_of(office.made(awarded, "award_notice"))
    assert [f"Seite {number} von {len(pages)}" in page for number, page in enumerate(pages, 1)] == [True] * len(pages)


def test_a_demo_says_so_on_every_page(app, awarded, office):
    assert "DEMO" not in text_of(office.set(awarded, "award_notice"))
    app.config["DEMO"] = True
    assert all("DEMO – fiktiv" in page for page in pages_of(office.set(awarded, "award_notice")))


def test_a_courtesy_translation_says_on_every_page_that_it_does_not_bind(awarded, office):
    data = office.made(awarded, "award_notice", "en")
    assert all(COURTESY in page for page in pages_of(data))
    assert "a grant of up to €5,000.00" in text_of(data)
    assert Structure(data).language == "en"


@pytest.mark.parametrize("language", ["de", "en", "ar"])
@pytest.mark.parametrize("kind", ["award_notice", "mentoring_agreement"])
def test_a_document_is_made_for_everyone(awarded, office, kind, language):
    seen = Structure(office.made(awarded, kind, language))
    assert seen.is_marked
    assert seen.language == language
    assert seen.ua_part == "1"
    assert seen.title
    assert seen.tags.count("H1") == 1
    assert seen.tags.count("H2") >= 5


def test_tables_have_cells_that_head_their_columns(awarded, office):
    tags = Structure(office.made(awarded, "award_notice")).tags
    assert tags.count("Table") == 3
    assert tags.count("TH") == 10


def test_a_title_names_kind_and_number(awarded, office):
    assert Structure(office.made(awarded, "award_notice")).title == f"Bewilligungsbescheid {awarded.notice_number}"
