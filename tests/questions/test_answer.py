"""The team answers: for everybody, or by mail."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.questions import operations_answers
from incubator.questions.models import MessageState
from incubator.wording.models import Origin
from incubator.wording.operations import translate
from tests.questions.messages import MAIL, message

PAGE = "/de/projects/projekt-1"


@pytest.fixture
def project(make):
    return make.project("active")


def letters():
    deliver()
    return db.session.scalars(sa.select(Letter).where(Letter.address == MAIL)).all()


def answer(asked, by, text="Freitags um fünf.", publicly=True, language="de"):
    with transaction():
        operations_answers.answer(asked, by, text=text, publicly=publicly, language=language)


def test_a_public_answer_stands_on_the_page_in_its_own_language(any_database, visit, project):
    asked = message(project, "passed", language="ar", public_text="متى تطبخون؟", text="متى تطبخون يا منى؟")
    lead = visit(project.leads[0])
    link = lead.get(f"/de/desk/projects/{project.id}/questions").soup.select_one("main a.kern-btn")["href"]
    assert lead.fill(link, text="Freitags um fünf.", how=["public"]).status == 303
    section = visit().get(PAGE).soup.select_one("[aria-labelledby=questions-title]")
    question = section.select_one("h3")
    assert (question.text, question["lang"], question["dir"]) == ("متى تطبخون؟", "ar", "auto")
    assert section.select_one("[lang=de]").get_text(strip=True) == "Freitags um fünf."
    db.session.refresh(asked)
    assert asked.state is MessageState.ANSWERED
    for private in ("منى", asked.name, MAIL):
        assert private not in visit().get(PAGE).text


def test_the_desk_of_the_lead_says_that_somebody_waits(visit, project):
    message(project, "passed")
    desk = visit(project.leads[0]).get("/de/desk/")
    assert desk.soup.select_one(f"a.task__title[href='/de/desk/projects/{project.id}/questions']")


def test_an_address_gets_the_answer_once_in_its_language(project):
    asked = message(project, "passed", language="ar")
    answer(asked, project.leads[0])
    deliver()
    found = letters()
    assert len(found) == 1 and found[0].language == "ar"
    assert "Freitags um fünf." in found[0].text and "/ar/projects/projekt-1" in found[0].text


def test_a_private_answer_is_seen_by_nobody_else(any_database, visit, project):
    answer(message(project, "passed"), project.leads[0], text="Nur für dich.", publicly=False)
    assert "Nur für dich." in letters()[0].text and PAGE not in letters()[0].text
    for path in (PAGE, f"{PAGE}/questions"):
        assert "Nur für dich." not in visit().get(path).text


def test_without_an_address_only_a_public_answer_is_possible(visit, project):
    asked = message(project, "passed", mail="")
    lead, path = visit(project.leads[0]), f"/de/desk/messages/{asked.id}/answer"
    assert lead.fill(path, text="Freitags.", how=["private"]).status == 422
    assert lead.fill(path, text="Freitags.", how=["public"]).status == 303
    assert letters() == []


def test_a_closed_question_is_answered_to_nobody(visit, project):
    asked = message(project, "passed")
    assert visit(project.leads[0]).fill(f"/de/desk/messages/{asked.id}/close").status == 303
    assert letters() == [] and "Wann wird gekocht?" not in visit().get(PAGE).text


def test_an_answer_can_be_corrected_and_nobody_is_written_to_again(any_database, visit, project):
    shown = message(project, "answered", public=True)
    lead = visit(project.leads[0])
    assert lead.fill(f"/de/desk/messages/{shown.id}/correct", answer="Doch samstags.").status == 303
    text = visit().get(PAGE).text
    assert "Doch samstags." in text and "Jeden Freitag" not in text
    assert letters() == []


@pytest.mark.parametrize("who", ["lead", "office"])
def test_an_answer_that_is_withdrawn_is_gone_at_once(any_database, visit, make, project, who):
    shown = message(project, "answered", public=True)
    person = project.leads[0] if who == "lead" else make.person("coordinator")
    assert visit(person).post(f"/de/desk/messages/{shown.id}/withdraw").status == 303
    for path in (PAGE, f"{PAGE}/questions"):
        assert "Jeden Freitag" not in visit().get(path).text


def test_what_was_withdrawn_is_not_corrected_back(project):
    shown = message(project, "answered", public=True)
    with transaction():
        operations_answers.withdraw(shown, project.leads[0])
    with pytest.raises(RuleBroken), transaction():
        operations_answers.correct(shown, project.leads[0], answer="Neu")


def test_two_of_the_team_at_once_answer_once(any_database, at_once, project):
    asked, lead = message(project, "passed"), project.leads[0]
    number, by = asked.id, lead.id

    def one(text):
        def act():
            row = db.session.get_one(type(asked), number)
            operations_answers.answer(row, db.session.get_one(type(lead), by), text=text, publicly=True, language="de")
        return act

    answers = at_once(one("Freitags."), one("Samstags."))
    assert sorted(str(type(each).__name__) for each in answers) == ["RuleBroken", "str"]


def test_the_newest_come_first_and_older_ones_have_a_page(any_database, visit, project):
    for number in range(25):
        message(project, "answered", public=True, public_text=f"Frage {number:02}",
                answered_at=clock.now() + timedelta(minutes=number))
    page = visit().get(PAGE).soup
    assert [each.text for each in page.select("[aria-labelledby=questions-title] h3")] == [
        "Frage 24", "Frage 23", "Frage 22"]
    everything = visit().get(page.select_one(f"a[href='{PAGE}/questions']")["href"]).soup
    older = visit().get(everything.select_one("a[rel=next]")["href"]).soup
    assert [each.text for each in older.select("main h2")] == [f"Frage {number:02}" for number in (4, 3, 2, 1, 0)]


def test_the_page_of_a_project_with_questions_still_asks_little(any_database, visit, project, queries):
    for _ in range(5):
        message(project, "answered", public=True)
    visit().get(PAGE)
    with queries(at_most=8):
        assert visit().get(PAGE).status == 200


def test_hostile_words_stay_words_for_everybody(visit, make, project):
    bad = "<script>alert(7)</script> \u202eevil"
    shown = message(project, "answered", public=True, public_text=bad, answer=bad, text=bad, name=bad)
    paths = {None: (PAGE, f"{PAGE}/questions"), make.person("coordinator"): (f"/de/desk/questions/{shown.id}",),
             project.leads[0]: (f"/de/desk/projects/{project.id}/questions",)}
    for person, each in paths.items():
        for path in each:
            page = visit(person).get(path)
            assert page.status == 200 and "<script>alert" not in page.text
            assert "&lt;script&gt;alert(7)" in page.text


def test_a_corrected_answer_is_not_told_in_its_old_translation(visit, project):
    asked = message(project, "answered", public=True)
    with transaction():
        translate("message", asked.id, "answer", "ar", "كل جمعة", of=asked.answer, origin=Origin.VOLUNTEER)
        translate("message", asked.id, "public_text", "ar", "متى", of=asked.public_text, origin=Origin.VOLUNTEER)
    assert "كل جمعة" in visit().get("/ar/projects/projekt-1/questions").text
    with transaction():
        operations_answers.correct(asked, project.leads[0], answer="Jeden Samstag.")
    page = visit().get("/ar/projects/projekt-1/questions").text
    assert "كل جمعة" not in page and "Jeden Samstag." in page and "متى" in page
