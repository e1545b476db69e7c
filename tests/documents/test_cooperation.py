"""The cooperation agreement: what both sides agree, as a PDF that everybody can read."""

import pytest

from incubator.documents import operations
from incubator.documents.models import DocumentKind
from incubator.foundation import clock
from incubator.foundation.transaction import transaction
from incubator.organisations import queries
from tests.documents.reading import Structure, text_of
from tests.partners import scenes

KIND = "cooperation_agreement"


@pytest.fixture
def partnership(make, awarded):
    organisation = make.organisation(name="Bürgerhaus am Markt", contact=make.person("partner", language="en"))
    found = make.partnership(awarded, organisation, roles=["room_giver", "sponsor"])
    make.pledge(awarded, organisation, state="confirmed", description="Saal am Freitag", quantity=12, unit="Abende",
                value_cents=480_00, valued_how="12 × 40,00 €")
    make.pledge(awarded, organisation, kind="money", state="confirmed", description="Spende", quantity=1,
                value_cents=400_00)
    make.pledge(awarded, organisation, description="Nur angeboten")
    return found


def test_it_says_who_gives_what_and_how_it_ends(office, partnership):
    text = text_of(office.made(partnership.project, KIND))
    for words in ("Kooperationsvereinbarung", "Bürgerhaus am Markt", "Saal am Freitag", "12 Abende", "480,00 €",
                  "880,00 €", "jederzeit unter Angabe des Grundes beenden"):
        assert words in text
    assert "Nur angeboten" not in text


@pytest.mark.parametrize("language", ["de", "en", "ar"])
def test_it_is_tagged_for_everybody(office, partnership, language):
    seen = Structure(office.made(partnership.project, KIND, language))
    assert seen.tags.count("H1") == 1
    assert "Table" in seen.tags


def test_only_the_german_one_is_signed(office, partnership):
    text = text_of(office.made(partnership.project, KIND, "en"))
    assert "Only the German version is legally binding." in text
    assert "Only the German version is signed." in text


def test_without_promises_it_says_so(office, make, awarded):
    make.partnership(awarded)
    assert "noch nicht vereinbart" in text_of(office.made(awarded, KIND))


def test_the_lead_has_it_made_in_the_languages_of_both_sides_and_the_partner_reads_it(partnership, visit):
    lead = visit(partnership.project.leads[0])
    scenes.link(partnership.organisation, language="ar")
    path = f"/de/desk/partnerships/{partnership.id}/agreement"
    assert lead.fill(path).status == 303
    operations.make()
    assert [each.get_text(strip=True) for each in lead.get(path).soup.select("main ul span[lang]")] == [
        "Deutsch", "العربية", "English"]
    assert lead.get(f"{path}.pdf?in=ar").data.startswith(b"%PDF")
    assert visit(_contact(partnership)).get(f"{path}.pdf").status == 200


def _contact(partnership):
    return queries.contacts(partnership.organisation_id, clock.today())[0]


def test_the_partner_reads_it_through_its_link_and_nobody_else_does(office, partnership, make, visit):
    office.made(partnership.project, KIND)
    own = scenes.token(scenes.link(partnership.organisation))
    answer = visit().get(f"/de/partners/mine/{own}/agreements/{partnership.id}.pdf")
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Cache-Control"] == "no-store"
    other = scenes.token(scenes.link(make.organisation(), mail="other@example.org"))
    assert visit().get(f"/de/partners/mine/{other}/agreements/{partnership.id}.pdf").status == 404
    assert visit(make.person("lead")).get(f"/de/desk/partnerships/{partnership.id}/agreement.pdf").status == 403


def test_the_partner_cannot_have_it_made(partnership, visit):
    path = f"/de/desk/partnerships/{partnership.id}/agreement"
    visitor = visit(_contact(partnership))
    assert visitor.get(path).soup.select("main form") == []
    assert visitor.post(f"{path}/ask").status == 403


def test_the_same_content_is_made_once(partnership):
    about = ("partnership", partnership.id)
    for number in (1, 0):
        with transaction():
            made = operations.ask(partnership.project, DocumentKind(KIND), None, about=about, languages=["de"])
        assert len(made) == number


def test_markup_in_names_is_printed_and_not_obeyed(office, partnership):
    with transaction():
        partnership.organisation.name = "#panic() *fett* = Titel"
    assert "#panic() *fett* = Titel" in text_of(office.made(partnership.project, KIND))
