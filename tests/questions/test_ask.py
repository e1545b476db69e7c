"""Anybody writes to a project, without an account."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.questions.models import HelpKind, Message, MessageState

ASK, HELP = "/de/projects/projekt-1/ask", "/de/projects/projekt-1/help"
OFFER = {"help_kind": "room", "quantity": "20 Stühle", "text": "Dienstags ist er frei.", "mail": "n@example.org"}


@pytest.fixture
def project(make):
    return make.project("active")


def messages():
    db.session.rollback()
    return list(db.session.scalars(sa.select(Message).order_by(Message.id)))


def test_a_question_is_kept_and_waits(any_database, visit, project):
    visitor = visit()
    sent = visitor.fill(ASK, text="Wann wird gekocht?", mail="N@Example.org", name="Nina")
    assert (sent.status, sent.location) == (303, "/de/projects/projekt-1/received")
    assert visitor.follow(sent).status == 200
    kept = messages()[0]
    assert (kept.state, kept.text, kept.mail, kept.name, kept.language) == (
        MessageState.WAITING, "Wann wird gekocht?", "n@example.org", "Nina", "de")
    assert kept.public_text == ""


def test_an_offer_says_what_and_where_to_answer(any_database, visit, project):
    assert visit().fill(HELP, **OFFER).status == 303
    assert messages()[0].help_kind is HelpKind.ROOM
    refused = visit().fill(HELP, **(OFFER | {"mail": ""}))
    assert refused.status == 422 and len(messages()) == 1


def test_the_journal_holds_no_word_and_no_address(visit, project):
    visit().fill(ASK, text="Ein Wort", mail="n@example.org", name="Nina")
    entry = db.session.scalar(sa.select(Entry).where(Entry.action == "message.received"))
    assert entry.data == {"kind": "question"} and entry.actor is None


def test_the_language_is_the_readers(visit, project):
    visit().fill("/ar/projects/projekt-1/ask", text="متى تطبخون؟")
    assert messages()[0].language == "ar"


def test_the_same_form_sent_twice_makes_one_message(visit, project):
    visitor = visit()
    page = visitor.get(ASK)
    drawn = {name: page.soup.select_one(f"[name={name}]")["value"] for name in ("form_key", "drawn")}
    answers = [visitor.post(ASK, drawn | {"text": "Wann?"}) for _ in range(2)]
    assert [each.location for each in answers] == ["/de/projects/projekt-1/received"] * 2
    assert len(messages()) == 1


def test_a_machine_that_fills_every_field_is_thanked_and_forgotten(visit, project):
    assert visit().fill(ASK, text="Kauft!", website="https://spam.example").location.endswith("/received")
    assert messages() == []


def test_a_machine_that_is_faster_than_anybody_is_thanked_and_forgotten(app, visit, project):
    app.config["FORM_SECONDS"] = 2
    assert visit().fill(ASK, text="Kauft!").location.endswith("/received")
    assert messages() == []


def test_a_form_without_our_stamp_is_not_taken_and_keeps_what_was_typed(visit, project):
    for stamp in ("", "1772362800-00000000000000000000000000000000"):
        answer = visit().post(ASK, {"text": "Wann?", "drawn": stamp})
        assert answer.status == 422 and "Wann?" in answer.text
    assert messages() == []


def test_a_form_left_open_for_two_days_is_sent_again_with_one_press(app, visit, project):
    app.config["FORM_SECONDS"] = 2
    visitor = visit()
    drawn = visitor.get(ASK).soup.select_one("[name=drawn]")["value"]
    clock.set(clock.now() + timedelta(days=2))
    late = visitor.post(ASK, {"text": "Wann?", "drawn": drawn})
    assert late.status == 422
    again = late.soup.select_one("[name=drawn]")["value"]
    assert visitor.post(ASK, {"text": "Wann?", "drawn": again}).status == 303
    assert [each.text for each in messages()] == ["Wann?"]


def test_one_network_cannot_flood_the_office(visit, project):
    answers = [visit().fill(ASK, text=f"Frage {number}").status for number in range(17)]
    assert answers == [303] * 15 + [422] * 2
    assert len(messages()) == 15


def test_one_address_cannot_be_used_again_and_again(visit, project):
    answers = [visit().fill(ASK, text=f"Frage {number}", mail="n@example.org").status for number in range(6)]
    assert answers == [303] * 5 + [422]


@pytest.mark.parametrize("status", ["draft", "submitted", "mentoring", "budget_review", "withdrawn"])
def test_what_is_not_public_cannot_be_asked(make, visit, status):
    make.project(status)
    for tail in ("ask", "help", "received", "questions"):
        assert visit().get(f"/de/projects/projekt-1/{tail}").status == 404, tail


def test_a_round_that_takes_no_questions_has_no_form_and_no_way_to_one(make, visit, project):
    with transaction():
        project.round.takes_questions = False
    assert visit().get(ASK).status == 404
    assert visit().post(ASK, {"text": "Wann?"}).status == 404
    assert not visit().get("/de/projects/projekt-1").soup.select("a[href$='/ask'], a[href$='/help']")


@pytest.mark.parametrize("status", ["completed", "revoked", "report_submitted"])
def test_a_project_that_is_over_says_so_kindly(make, visit, status):
    make.project(status)
    answer = visit().get(ASK)
    assert answer.status == 200 and not answer.soup.select("main form")
    assert visit().post(HELP, OFFER).status == 200
    assert messages() == []


def test_reading_sets_no_cookie(visit, project):
    for path in ("/de/projects/projekt-1", "/de/projects/projekt-1/questions", "/de/projects/projekt-1/received"):
        assert "Set-Cookie" not in visit().client.get(path).headers, path


@pytest.mark.parametrize("text", [
    "<script>alert(7)</script>", "\u202egnirts\u202c 😀 مرحبا", "=cmd|' /C calc'!A0", "'; DROP TABLE message; --",
])
def test_hostile_words_stay_words(any_database, visit, project, text):
    assert visit().fill(ASK, text=text, name=text).status == 303
    assert messages()[0].text == text


@pytest.mark.parametrize("text", ["a\x00b", "x" * 1001, " \n ", "\ufffd"])
def test_what_cannot_be_kept_is_refused_by_its_field(visit, project, text):
    assert visit().fill(ASK, text=text).status == 422
    assert messages() == []


def test_what_is_missing_is_named_with_one_sign_behind_the_question(visit, project):
    answer = visit().fill("/en/projects/projekt-1/help")
    links = [each.text for each in answer.soup.select("[aria-labelledby=problems-title] a")]
    assert "What can you give? Please choose one." in links
    assert "Your mail address: Please write your mail address." in links


def test_whoever_asked_may_follow_the_project(visit, project):
    page = visit().get("/en/projects/projekt-1/received")
    assert page.soup.select_one("main a[href='/en/follow?project=projekt-1']")
