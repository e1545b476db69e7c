"""The office reads first."""

import pytest
import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.questions import operations, operations_moderation, queries
from incubator.questions.models import Message, MessageState
from incubator.questions.rules import KeepingBack
from tests.questions.messages import message, offer

HATE = "Ihr seid alle Gesindel"


@pytest.fixture
def project(make):
    return make.project("active")


@pytest.fixture
def office(make):
    return make.person("coordinator")


def letters(template):
    deliver()
    return db.session.scalars(sa.select(Letter).where(Letter.key.contains(f":{template}:"))).all()


def ask(project, text="Wann?"):
    with transaction():
        return operations.ask(project.id, text=text, name="", mail="", language="de", network="n")


def test_the_office_finds_what_waits_and_passes_it_on(any_database, visit, project, office):
    waiting, visitor = message(project), visit(office)
    desk = visitor.get("/de/desk/")
    assert desk.soup.select_one("a.task__title[href='/de/desk/questions']")
    link = visitor.get("/de/desk/questions").soup.select_one("a.task__title")["href"]
    assert visitor.fill(link, public_text="Wann kocht ihr?").status == 303
    db.session.refresh(waiting)
    assert (waiting.state, waiting.public_text, waiting.text) == (
        MessageState.PASSED, "Wann kocht ihr?", "Wann wird gekocht?")
    assert waiting.moderated_by_id == office.id
    assert not visitor.get("/de/desk/").soup.select("a.task__title[href='/de/desk/questions']")


def test_messages_are_told_apart_by_what_they_say(visit, project, office):
    message(project, text="Wann wird gekocht?")
    message(project, text="Gibt es einen Aufzug?")
    texts = [each.text for each in visit(office).get("/de/desk/questions").soup.select("[lang].task__text")]
    assert sorted(texts) == ["Gibt es einen Aufzug?", "Wann wird gekocht?"]


def test_many_messages_are_one_task(visit, make, project, office):
    for each in (project, project, make.project("active")):
        message(each)
    tasks = visit(office).get("/en/desk/").soup.select("a.task__title[href='/en/desk/questions']")
    assert len(tasks) == 1 and "3" in tasks[0].text


def test_what_is_kept_back_is_seen_by_nobody_but_the_office(any_database, visit, project, office):
    hate = message(project, text=HATE)
    assert visit(office).fill(f"/de/desk/questions/{hate.id}/keep-back", reason="insult").status == 303
    lead = visit(project.leads[0])
    for path in (f"/de/desk/projects/{project.id}/questions", "/de/desk/", f"/de/desk/projects/{project.id}",
                 "/de/projects/projekt-1", "/de/projects/projekt-1/questions"):
        assert HATE not in lead.get(path).text, path
    for tail in ("answer", "close"):
        assert lead.get(f"/de/desk/messages/{hate.id}/{tail}").status == 404
    assert lead.get(f"/de/desk/questions/{hate.id}").status == 404
    assert HATE in visit(office).get(f"/de/desk/questions/{hate.id}").text


def test_the_journal_knows_the_reason_and_no_word(project, office):
    hate = message(project, text=HATE)
    with transaction():
        operations_moderation.keep_back(hate, office, reason=KeepingBack.INSULT)
    entry = db.session.scalar(sa.select(Entry).where(Entry.action == "message.kept_back"))
    assert entry.data == {"kind": "question", "reason": "insult"}


def test_nobody_moderates_for_a_project_of_their_own(make, visit):
    own = make.person("coordinator", "lead")
    project = make.project("active", lead=own, mentor=None)
    waiting, visitor = message(project), visit(own)
    assert visitor.get(f"/de/desk/questions/{waiting.id}").status == 404
    assert not visitor.get("/de/desk/questions").soup.select("a.task__title")
    assert not visitor.get("/de/desk/").soup.select("a.task__title[href='/de/desk/questions']")


def test_what_was_kept_back_by_mistake_can_still_be_passed_on(visit, project, office):
    kept = message(project, "kept_back")
    assert visit(office).fill(f"/de/desk/questions/{kept.id}").status == 303
    db.session.refresh(kept)
    assert kept.state is MessageState.PASSED and kept.moderation_note == ""


def test_two_of_the_office_at_once_decide_once(any_database, at_once, make, project):
    first, second = make.person("coordinator").id, make.person("coordinator").id
    waiting = message(project).id

    def passing():
        operations_moderation.pass_on(_message(waiting), _person(first), public_text="Wann?")

    def keeping():
        operations_moderation.keep_back(_message(waiting), _person(second), reason=KeepingBack.ELSEWHERE)

    answers = at_once(passing, keeping)
    kept = _message(waiting)
    if kept.state is MessageState.PASSED and "done" in answers and answers.count("done") == 2:
        return  # kept back first, then passed on after all: a step of the table
    assert sum(isinstance(each, RuleBroken) for each in answers) == 1


def _message(number):
    return db.session.get_one(Message, number)


def _person(number):
    return db.session.get_one(Person, number)


def test_the_office_gets_one_letter_however_many_write(project, office):
    for number in range(3):
        ask(project, f"Frage {number}")
    found = letters("question_to_moderate")
    assert [each.person_id for each in found] == [office.id]
    assert "Frage" not in found[0].text


def test_the_office_is_told_again_once_it_has_looked(project, office):
    first = ask(project)
    deliver()
    with transaction():
        operations_moderation.pass_on(first, office, public_text="Wann?")
    ask(project, "Und wo?")
    assert len(letters("question_to_moderate")) == 2


def test_who_may_not_read_what_waits_already_still_hears_of_what_they_may(make, office):
    ask(make.project("active", members=(office,)))
    ask(make.project("active"))
    assert [each.person_id for each in letters("question_to_moderate")] == [office.id]


def test_the_team_hears_of_what_was_passed_on(make, office):
    member = make.person()
    project = make.project("active", members=(member,))
    for each, template in ((message(project), "question_passed"), (offer(project), "offer_passed")):
        with transaction():
            operations_moderation.pass_on(each, office, public_text="Wann?")
        assert {letter.person_id for letter in letters(template)} == {project.leads[0].id, member.id}


def test_a_letter_to_the_team_holds_no_word_of_the_question(project, office):
    waiting = message(project, text=HATE)
    with transaction():
        operations_moderation.pass_on(waiting, office, public_text="Wann?")
    assert all(HATE not in letter.text for letter in letters("question_passed"))
    assert clock.now() >= waiting.moderated_at


def test_who_has_waited_longest_is_read_first_page_by_page(any_database, visit, make, project, office, monkeypatch):
    monkeypatch.setattr(queries, "ON_PAGE", 2)
    waiting = [message(project, text=f"Frage {number}") for number in range(5)]
    message(make.project("active", lead=office), text="Im eigenen Projekt")
    read, path = [], "/de/desk/questions"
    while path:
        soup = visit(office).get(path).soup
        assert "5" in soup.select_one("#waiting-title").text
        links = soup.select("[aria-labelledby=waiting-title] .task__title")
        read += [int(link["href"].rsplit("/", 1)[1]) for link in links]
        more = soup.select_one("main .section a[href*='after=']")
        path = more["href"] if more else None
    assert read == [each.id for each in waiting]
