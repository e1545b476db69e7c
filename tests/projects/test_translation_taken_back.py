"""The office needs no translation any more: nobody waits for it, and who was asked hears it."""

from datetime import date

import pytest

from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.projects import jobs_translation, rules_translation
from incubator.projects import operations_translation as translating

TEXTS = {field: f"Deutsch: {field}" for field in rules_translation.FIELDS}


@pytest.fixture
def project(make):
    return make.project("submitted", round=make.round(asks_translation=True), language="ar",
                        lead=make.person("lead", language="en"), received_on=date(2026, 2, 10))


@pytest.fixture
def office(make):
    return make.person("coordinator", language="en")


def ask(project, office, due_on=date(2026, 3, 20)):
    with transaction():
        translating.ask_translation(project, office, due_on)


def take_back(project, office):
    with transaction():
        translating.take_back_translation(project, office)


def hand_in(project, **other):
    with transaction():
        translating.hand_in_translation(project, project.leads[0], None, TEXTS | other)


def letters(project):
    deliver()
    return [each.subject for each in Letter.query.order_by(Letter.id) if each.person_id == project.leads[0].id]


def days(project):
    return project.translation_asked_on, project.translation_due_on, project.translation_received_on


def test_nobody_waits_any_more_and_the_day_of_receipt_stays(any_database, project, office):
    ask(project, office)
    take_back(project, office)
    assert days(project) == (None, None, None)
    assert project.received_on == date(2026, 2, 10)
    assert rules_translation.may_ask(project)


def test_the_lead_who_was_asked_hears_it_and_is_not_reminded(project, office):
    ask(project, office)
    letters(project)
    take_back(project, office)
    assert letters(project)[-1].startswith("No translation is needed any more")
    clock.set(date(2026, 3, 18))
    jobs_translation.remind_of_translations()
    assert len(letters(project)) == 2


def test_a_question_that_was_taken_back_at_once_is_not_asked_by_letter(project, office):
    ask(project, office)
    take_back(project, office)
    assert [each.partition(":")[0] for each in letters(project)] == ["No translation is needed any more"]


def test_a_translation_that_had_arrived_before_stands_again_as_it_came(project, office):
    ask(project, office)
    clock.set(date(2026, 3, 5))
    hand_in(project)
    ask(project, office, date(2026, 4, 20))
    take_back(project, office)
    assert days(project) == (date(2026, 3, 1), date(2026, 3, 20), date(2026, 3, 5))


def test_only_what_is_waited_for_is_taken_back(project, office):
    with pytest.raises(RuleBroken):
        take_back(project, office)
    ask(project, office)
    hand_in(project)
    with pytest.raises(RuleBroken):
        take_back(project, office)


def test_the_check_page_has_one_button_for_it(project, office, visit):
    path, visitor = f"/en/desk/projects/{project.id}/check", visit(office)
    form = "form[action$='/translation/take-back']"
    assert not visitor.get(path).soup.select(form)
    ask(project, office)
    assert visitor.fill(path, form=form).location == path
    assert days(project) == (None, None, None)
    assert not visitor.get(path).soup.select(form)
