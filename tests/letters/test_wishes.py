"""Letters come as their readers want to hear."""

import pytest

from incubator.foundation.transaction import transaction
from incubator.journal import record
from incubator.journal.models import Entry
from incubator.letters import operations, write
from incubator.letters import tell as tell_all
from incubator.letters.models import LetterState
from incubator.letters.topics import Topic
from tests.letters.readers import letters_to, tell, wish


@pytest.fixture
def project(make):
    return make.project("active")


def test_who_has_chosen_nothing_hears_at_once(any_database, make, project):
    letter = tell(make.person(), project)
    assert (letter.state, letter.topic) == (LetterState.WAITING, "steps")


def test_who_never_wants_to_hear_gets_no_letter(any_database, make, project, mailbox):
    person = make.person()
    wish(person, Topic.STEPS, "never")
    assert tell(person, project) is None
    assert operations.post() == 0
    assert letters_to(person) == []


def test_other_topics_still_come(any_database, make, project):
    person = make.person()
    wish(person, Topic.MONEY, "never")
    assert tell(person, project).state is LetterState.WAITING


def test_who_hears_once_a_day_gets_nothing_now(any_database, make, project, mailbox):
    person = make.person()
    wish(person, Topic.STEPS, "digest")
    assert tell(person, project).state is LetterState.GATHERED
    assert operations.post() == 0


def test_what_must_come_comes_at_once_whatever_was_chosen(app, make, project):
    person = make.person()
    for topic in Topic:
        wish(person, topic, "never")
    assert tell(person, project, template="project_suspended").state is LetterState.WAITING


def test_whose_account_has_ended_gets_only_what_everybody_must_get(any_database, make, project):
    person = make.person()
    with transaction():
        person.is_active = False
    assert tell(person, project) is None
    assert tell(person, project, template="project_suspended").state is LetterState.WAITING


def test_a_bare_address_has_no_wishes(app, make, project):
    person = make.person(mail="someone@example.org")
    wish(person, Topic.STEPS, "never")
    with transaction():
        letter = write(person.mail, "project_resumed", key="x", project=project, reason="")
    assert letter.state is LetterState.WAITING
    assert "desk/me/letters" not in letter.text


def test_the_others_hear_and_the_journal_knows_though_one_does_not_want_to(app, make, project):
    first, second = make.person(), make.person()
    wish(first, Topic.STEPS, "never")
    with transaction():
        entry = record("project.edited", None, project)
        tell_all([first, second], "project_resumed", entry, project=project, reason="")
    assert (letters_to(first), len(letters_to(second))) == ([], 1)
    assert Entry.query.filter_by(action="project.edited").count() == 1


@pytest.mark.parametrize(("template", "sentence"), [
    ("project_resumed", "You choose what we write to you about"), ("project_suspended", "always come"),
])
def test_a_letter_to_a_person_ends_with_how_to_change_this(app, make, project, template, sentence):
    text = tell(make.person(language="en"), project, template=template).text
    *_, said, link = text.strip().splitlines()
    assert sentence in said
    assert link == "http://localhost/en/desk/me/letters"


def test_beside_a_link_that_opens_the_account_stands_no_other(app, make):
    with transaction():
        letter = write(make.person(), "sign_in_link", key="secret:ticket:1", token="abc")
    assert letter.text.count("http") == 1
