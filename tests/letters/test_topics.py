"""Every letter is about something people can choose, or is one that always comes."""

import pytest

from incubator.letters.topics import ABOUT, ALWAYS, FAMILIES, TOPIC_OF, Topic, topic_of
from tests.house.sources import ROOT

WRITTEN = sorted(path.stem for path in (ROOT / "templates" / "letters").glob("*.txt"))


@pytest.mark.parametrize("template", WRITTEN)
def test_a_letter_has_a_topic_or_always_comes(template):
    assert template in ALWAYS or topic_of(template), "name it in incubator/letters/topics.py"


def test_no_letter_stands_in_two_places():
    named = [*ALWAYS, *(template for templates in ABOUT.values() for template in templates)]
    assert len(named) == len(set(named))


def test_the_tables_name_only_letters_that_are_written():
    assert {*ALWAYS, *TOPIC_OF} - set(WRITTEN) == set()


@pytest.mark.parametrize("template", [
    "sign_in_link", "invitation", "reset", "award_recorded", "award_rejected", "project_revoked", "recovery_asked",
    "report_second_signature", "budget_second_approval", "change_second_approval", "project_second_signature",
    "round_change_proposed", "funds_second_check", "project_returned", "project_lapsed", "report_due",
    "report_returned", "role_granted", "deputy_named", "team_lead",
])
def test_what_opens_an_account_decides_names_a_last_day_or_needs_a_second_person_cannot_be_turned_off(template):
    assert topic_of(template) is None


@pytest.mark.parametrize(("start", "topic"), FAMILIES.items())
def test_a_family_of_letters_has_one_topic(start, topic):
    assert topic_of(f"{start}anything") is topic


def test_a_letter_nobody_knows_comes():
    assert topic_of("something_new") is None


@pytest.mark.parametrize("topic", Topic)
def test_a_topic_is_named_with_an_example(app, topic):
    assert str(topic.label) and str(topic.example).endswith(".")
