"""People choose what they hear."""

import pytest
import sqlalchemy as sa

from incubator.accounts import operations_letters
from incubator.accounts.models import Person, Role
from incubator.accounts.rules_letters import CONCERNED, topics_for
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.letters.models import Preference, Wish
from incubator.letters.topics import Topic

PAGE = "/en/desk/me/letters"


def asked(answer):
    return [box["name"] for box in answer.soup.select("fieldset input[value=now]")]


def test_a_choice_is_kept_and_shown(any_database, make, visit):
    person = make.person("lead")
    visitor = visit(person)
    answer = visitor.follow(visitor.fill(PAGE, money="digest", reminders="never"))
    assert "Saved." in answer.text
    chosen = {box["name"]: box["value"] for box in answer.soup.select("input[checked]")}
    assert chosen == {"steps": "now", "news": "now", "money": "digest", "mentoring": "now", "questions": "now",
                      "reminders": "never"}


def test_a_choice_can_be_changed_back(any_database, make, visit):
    visitor = visit(make.person("lead"))
    visitor.fill(PAGE, money="never")
    visitor.fill(PAGE, money="now")
    assert db.session.scalar(sa.select(Preference.wish).where(Preference.topic == "money")) is Wish.NOW


def test_two_pages_saved_at_once_leave_one_choice(any_database, make, at_once):
    number = make.person("lead").id

    def choose():
        person = db.session.get_one(Person, number)
        operations_letters.choose_letters(person, person, **{topic.value: Wish.DIGEST for topic in Topic})

    assert at_once(choose, choose) == ["done", "done"]
    assert Preference.query.count() == len(Topic)


def test_the_journal_knows_that_but_not_what_was_chosen(app, make, visit):
    visit(make.person("lead")).fill(PAGE, money="never")
    assert Entry.query.filter_by(action="account.letters_chosen").one().data == {}


def test_a_wish_that_is_none_is_refused(app, make, visit):
    assert visit(make.person("lead")).fill(PAGE, money="sometimes").status == 422
    assert Preference.query.count() == 0


@pytest.mark.parametrize(("roles", "topics"), [
    (["partner"], ["questions"]), (["translator"], ["news"]), (["auditor"], []), (["administrator"], []),
    (["lead"], list(Topic)), ([], list(Topic)),
])
def test_only_what_concerns_somebody_is_asked(app, make, visit, roles, topics):
    assert asked(visit(make.person(*roles)).get(PAGE)) == topics


def test_whoever_was_written_to_about_a_topic_can_choose_it():
    assert topics_for({Role.AUDITOR}, {"money", ""}) == [Topic.MONEY]


def test_every_topic_concerns_somebody():
    assert set(CONCERNED) == set(Topic)


def test_the_page_says_what_always_comes(app, make, visit):
    text = visit(make.person("auditor")).get(PAGE).text
    assert "What always comes" in text and "second signature" in text


def test_the_account_leads_there(app, make, visit):
    assert visit(make.person()).get("/en/desk/me").soup.select_one(f'a[href="{PAGE}"]')


def test_a_topic_that_does_not_exist_is_refused(app, make):
    person = make.person()
    with pytest.raises(RuleBroken), transaction():
        operations_letters.choose_letters(person, person, weather=Wish.NEVER)


def test_the_page_needs_few_questions(app, make, visit, queries):
    visitor = visit(make.person("lead"))
    with queries(at_most=5):
        assert visitor.get(PAGE).status == 200
