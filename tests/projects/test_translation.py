"""The official language (§ 23 VwVfG): a translation in time keeps the day of the first receipt."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.projects import jobs_translation, operations, rules_translation
from incubator.projects import operations_translation as translating
from incubator.projects import queries_translation as queries
from incubator.projects.operations_move import move
from incubator.wording.models import Origin, Translation

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
TEXTS = {field: f"Deutsch: {field}" for field in rules_translation.FIELDS}
DUE = date(2026, 3, 20)


@pytest.fixture
def project(make):
    round = make.round(asks_translation=True)
    return make.project("submitted", round=round, language="ar", lead=make.person("lead", language="en"),
                        received_on=date(2026, 2, 10))


@pytest.fixture
def office(make):
    return make.person("coordinator", language="en")


def ask(project, office, due_on=DUE):
    with transaction():
        translating.ask_translation(project, office, due_on)


def hand_in(project, texts=TEXTS):
    with transaction():
        translating.hand_in_translation(project, project.leads[0], None, texts)


def to(person):
    deliver()
    return "\n".join(f"{letter.subject}\n{letter.text}" for letter in Letter.query if letter.person_id == person.id)


@given(first=DAYS, due=DAYS, later=st.integers(0, 400))
def test_in_time_the_first_day_counts_and_later_the_day_of_arrival(first, due, later):
    arrived = first + timedelta(days=later)
    counts = rules_translation.day_of_receipt(first, due, arrived)
    assert counts == (first if arrived <= due else arrived)
    assert first <= counts <= arrived


@pytest.mark.parametrize(("moment", "counts"), [
    (datetime(2026, 3, 20, 23, 59, tzinfo=clock.CITY), date(2026, 2, 10)),
    (datetime(2026, 3, 21, 0, 1, tzinfo=clock.CITY), date(2026, 3, 21)),
])
def test_the_last_day_ends_at_midnight_in_the_city(any_database, project, office, moment, counts):
    ask(project, office)
    clock.set(moment)
    hand_in(project)
    assert project.received_on == counts
    assert project.translation_received_on == moment.date()


def test_the_first_submission_names_the_day_of_receipt_in_the_city(make):
    project = make.project()
    clock.set(datetime(2026, 3, 1, 23, 30, tzinfo=clock.CITY))
    with transaction():
        operations.submit(project, project.leads[0])
    assert project.received_on == date(2026, 3, 1)
    with transaction():
        operations.return_for_changes(project, make.person("coordinator"), "Bitte ergänzen.")
    clock.set(date(2026, 3, 5))
    with transaction():
        move(project, "submit", project.leads[0])
    assert project.received_on == date(2026, 3, 1)


def test_the_lead_reads_until_when_and_where_help_is_found(project, office):
    ask(project, office)
    text = to(project.leads[0])
    assert "Mar 20, 2026" in text and "Deutsch" in text and "the coordination" in text
    assert f"/en/desk/projects/{project.id}/translation" in text


@pytest.mark.parametrize(("day", "sentence"), [
    (date(2026, 3, 20), "stays: Feb 10, 2026"), (date(2026, 3, 25), "is now: Mar 25, 2026"),
])
def test_the_team_is_told_which_day_counts_also_who_handed_it_in(project, office, day, sentence):
    ask(project, office)
    clock.set(day)
    hand_in(project)
    assert sentence in to(project.leads[0])
    assert f"/desk/projects/{project.id}/check" in to(office)


def test_a_translation_is_kept_beside_the_original_as_the_authors_own(project, office):
    ask(project, office)
    hand_in(project)
    row = Translation.query.filter_by(owner_type="project", owner_id=project.id, field="need", language="de").one()
    assert (row.text, row.origin) == ("Deutsch: need", Origin.AUTHOR)


def test_an_incomplete_translation_is_saved_but_not_handed_in(project, office, visit):
    ask(project, office)
    path = f"/en/desk/projects/{project.id}/translation"
    lead = visit(project.leads[0])
    lead.fill(path, summary="Wir kochen.")
    assert queries.pieces(project)[1].text == "Wir kochen."
    answer = lead.fill(path, hand_in="1")
    assert answer.status == 422 and answer.soup.select_one("#title-error")
    assert project.translation_received_on is None
    assert lead.fill(path, hand_in="1", **TEXTS).location == f"/en/desk/projects/{project.id}"
    assert project.translation_received_on == clock.today()


def test_somebody_of_the_team_translates_for_the_lead(project, office, make, visit):
    ask(project, office)
    member = make.person()
    with transaction():
        operations.add_member(project, project.leads[0], member)
    visit(member).fill(f"/en/desk/projects/{project.id}/translation", hand_in="1", **TEXTS)
    assert project.translation_received_on == clock.today()


def test_one_press_asks_and_the_check_page_says_how_it_stands(project, office, visit):
    page = visit(office)
    path = f"/en/desk/projects/{project.id}/check"
    page.fill(path, form="form[action$='/translation/ask']")
    assert project.translation_due_on == date(2026, 3, 15)
    assert not page.get(path).soup.select("form[action$='/translation/ask']")
    assert "Mar 15, 2026" in page.get(path).text
    hand_in(project)
    assert "Deutsch: outcome" in page.get(path).text


def test_the_lead_is_led_to_the_translation_first(project, office, visit):
    ask(project, office)
    page, path = visit(project.leads[0]), f"/en/desk/projects/{project.id}/translation"
    assert page.get(f"/en/desk/projects/{project.id}").soup.select_one("main .kern-btn--primary")["href"] == path
    assert page.get("/en/desk/").soup.select(f"a[href='{path}']")


@pytest.mark.parametrize(("fields", "settings"), [
    ({"language": "de"}, {"asks_translation": True}), ({"language": "ar"}, {"asks_translation": False}),
    ({"language": "ar"}, {"asks_translation": True, "official_language": "ar"}),
])
def test_where_no_translation_is_needed_none_can_be_asked_for(make, office, visit, fields, settings):
    project = make.project("submitted", round=make.round(**settings), **fields)
    with pytest.raises(RuleBroken):
        ask(project, office)
    page = visit(office).get(f"/en/desk/projects/{project.id}/check")
    assert not page.soup.select("form[action$='/translation/ask']")


def test_it_is_asked_for_once_and_for_a_day_to_come(project, office):
    with pytest.raises(RuleBroken, match="lies ahead"):
        ask(project, office, clock.today())
    ask(project, office)
    with pytest.raises(RuleBroken, match="already"):
        ask(project, office)


def test_a_reminder_comes_three_days_before_and_never_twice(project, office):
    ask(project, office)
    said = []
    for day in (16, 17, 18, 20, 21):
        clock.set(date(2026, 3, day))
        jobs_translation.remind_of_translations()
        jobs_translation.remind_of_translations()
        said.append(sum(letter.key.startswith("translation:") for letter in Letter.query))
    assert said == [0, 1, 1, 1, 1]


def test_who_has_translated_is_not_reminded(project, office):
    ask(project, office)
    hand_in(project)
    clock.set(date(2026, 3, 18))
    jobs_translation.remind_of_translations()
    assert not any(letter.key.startswith("translation:") for letter in Letter.query)


def test_an_original_changed_afterwards_is_marked_for_the_office(project, office, visit):
    ask(project, office)
    hand_in(project)
    with transaction():
        project.need = "Etwas ganz anderes"
    assert [piece.field for piece in queries.pieces(project) if piece.is_stale] == ["need"]
    assert "changed since" in visit(office).get(f"/en/desk/projects/{project.id}/check").text


@pytest.mark.parametrize(("day", "counts"), [(DUE, date(2026, 2, 10)), (date(2026, 3, 21), date(2026, 3, 21))])
def test_a_proposal_that_comes_back_in_the_official_language_is_its_own_translation(project, office, day, counts):
    ask(project, office)
    with transaction():
        operations.return_for_changes(project, office, "Bitte ergänzen.", date(2026, 3, 25))
        operations.edit(project, project.leads[0], language="de")
    clock.set(day)
    with transaction():
        operations.submit(project, project.leads[0])
    assert (project.translation_received_on, project.received_on) == (day, counts)
    assert not rules_translation.is_awaited(project)


def test_once_it_has_arrived_the_office_can_ask_again(project, office):
    ask(project, office)
    with pytest.raises(RuleBroken, match="already"):
        ask(project, office)
    clock.set(date(2026, 3, 5))
    hand_in(project)
    ask(project, office, date(2026, 3, 25))
    assert rules_translation.is_awaited(project)
    assert to(project.leads[0]).count("2026") and project.translation_received_on is None
    clock.set(date(2026, 3, 24))
    hand_in(project, TEXTS | {"need": "Deutsch: besser"})
    assert (project.translation_received_on, project.received_on) == (date(2026, 3, 24), date(2026, 2, 10))


def test_the_check_offers_to_ask_again_once_it_has_arrived(project, office, visit):
    path = f"/en/desk/projects/{project.id}/check"
    ask(project, office)
    assert "Ask for the translation" not in visit(office).get(path).text
    hand_in(project)
    assert "Ask for the translation again" in visit(office).get(path).text
