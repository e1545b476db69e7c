"""The office reads answers where the round takes them, and blocks servers; nobody else sees either."""

import pytest
import sqlalchemy as sa

from incubator.dispatch import operations as dispatch
from incubator.fediverse import operations, operations_blocks, operations_notes, rules
from incubator.fediverse.models import Note, RemoteFollower, RemoteKey, RemoteReply, ReplyState
from incubator.fediverse.operations_heard import _words
from incubator.fediverse.where import site
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from tests.fediverse.conftest import BASE, keep

DESK = "/en/desk/fediverse"


@pytest.fixture
def note(garden, make):
    make.update(garden, title="Erste Beete")
    keep(lambda: operations_notes.settle(garden.id, site(), clock.today()))
    return db.session.scalar(sa.select(Note))


@pytest.fixture
def answer(neighbour, visit, work, note):
    def send(text="<p>Schön!<br>Weiter so <script>alert(1)</script>&amp; danke</p>", number=1, name="amal", **more):
        thing = {"id": f"{neighbour.peer.url}/notes/{number}", "type": "Note", "attributedTo": neighbour.uri(name),
                 "inReplyTo": f"{BASE}/ap/notes/{note.id}", "content": text, "contentMap": {"de": text}} | more
        status = neighbour.send(visit, neighbour.activity("Create", thing, name), to="/ap/inbox", base=BASE)
        work()
        return status

    return send


def _take_replies(garden):
    keep(lambda: setattr(garden.round, "takes_replies", True))


def _replies():
    db.session.rollback()
    return db.session.scalars(sa.select(RemoteReply)).all()


def test_answers_are_dropped_unless_the_round_takes_them(any_database, garden, answer):
    assert answer() == 202 and _replies() == []
    _take_replies(garden)
    answer(number=2)
    assert [(each.text, each.language) for each in _replies()] == [("Schön!\nWeiter so & danke", "de")]


def test_answers_that_are_not_theirs_are_dropped(garden, neighbour, answer):
    _take_replies(garden)
    answer(attributedTo=neighbour.uri("omar"))
    answer(id="https://anderswo.example/notes/1")
    answer(type="Article")
    answer(text="<p> </p>")
    answer(inReplyTo=f"{BASE}/ap/notes/999")
    answer(inReplyTo=f"{BASE}/ap/notes/x")
    answer(inReplyTo=f"{BASE}/ap/notes/99999999999999999999")
    assert _replies() == []


def test_the_office_reads_an_answer_and_it_is_deleted(any_database, garden, answer, make, visit):
    _take_replies(garden)
    answer()
    office = visit(make.person("coordinator"))
    page = office.get(DESK)
    assert "Weiter so & danke" in page.text.replace("&amp;", "&") and "<script>alert" not in page.text
    assert office.post(f"{DESK}/replies/{_replies()[0].id}/read").status == 303
    assert _replies()[0].state is ReplyState.READ and "No new answers." in office.get(DESK).text
    office.post(f"{DESK}/replies/{_replies()[0].id}/read")
    keep(operations.forget_old)
    assert _replies() == []


def test_no_answer_stands_on_any_public_page(garden, answer, visit, note):
    _take_replies(garden)
    answer(text="<p>Werbung für Schuhe</p>")
    for path in ("/de/projects/ein-garten", f"/de/projects/ein-garten/updates/{note.update_id}", "/de/",
                 f"/ap/notes/{note.id}", "/ap/actors/ein_garten/outbox?page=true", "/de/projects/feed.json"):
        assert "Werbung" not in visit().get(path).text


def test_who_answered_changes_and_deletes_it(garden, neighbour, answer, visit, work):
    _take_replies(garden)
    answer()
    thing = {"id": f"{neighbour.peer.url}/notes/1", "type": "Note", "attributedTo": neighbour.uri(),
             "content": "Anders"}
    neighbour.send(visit, neighbour.activity("Update", thing, "omar"), to="/ap/inbox", base=BASE)
    neighbour.send(visit, neighbour.activity("Delete", thing["id"], "omar"), to="/ap/inbox", base=BASE)
    work()
    assert _replies()[0].text.startswith("Schön"), "somebody else"
    neighbour.send(visit, neighbour.activity("Update", thing), to="/ap/inbox", base=BASE)
    work()
    assert _replies()[0].text == "Anders"
    neighbour.send(visit, neighbour.activity("Delete", {"id": thing["id"], "type": "Tombstone"}), to="/ap/inbox",
                   base=BASE)
    work()
    assert _replies() == []


def test_there_is_an_end_to_answers(garden, answer, monkeypatch):
    _take_replies(garden)
    monkeypatch.setattr(rules, "MOST_REPLIES", 2)
    for number in range(4):
        answer(number=number + 1)
    assert len(_replies()) == 2


@pytest.mark.parametrize("html", [
    "<" * 9000, "<p>" * 9000, "&" * 9000, "\x00\ud800<p>a", "<![CDATA[", "<!--", "<p/x=y",
])
def test_odd_words_are_plain_words_in_the_end(html):
    text, _language = _words({"content": html})
    assert len(text) <= rules.LONGEST_REPLY and "\x00" not in text and "\ud800" not in text


def test_a_blocked_server_is_not_heard_and_hears_nothing(any_database, garden, neighbour, follow, make, visit, work):
    follow()
    office = visit(make.person("coordinator"))
    assert office.get(f"{DESK}/block").status == 200
    answer = office.post(f"{DESK}/block", {"host": "boese.example", "reason": "Werbung"})
    assert answer.status == 303 and "boese.example" in office.get(DESK).text
    keep(lambda: _block_next_door(make, garden))
    assert db.session.scalars(sa.select(RemoteFollower)).all() == []
    assert db.session.scalars(sa.select(RemoteKey)).all() == []
    neighbour.peer.asked.clear()
    assert follow() == 202 and neighbour.peer.asked == []
    assert office.post(f"{DESK}/blocks/boese.example/end").status == 303
    assert "No server is blocked." not in office.get(DESK).text
    assert dispatch.post() == 0


def _block_next_door(make, garden):
    """The form takes names of the open net only; next door is this machine."""
    from incubator.fediverse.models import DomainBlock

    db.session.add(DomainBlock(host="localhost", reason="Werbung", made_at=clock.now()))
    operations_blocks._forget("localhost")


@pytest.mark.parametrize(("host", "is_right"), [
    ("boese.example", True), ("https://Boese.Example/users/x", True), ("@x@boese.example", True), ("", False),
    ("boese", False), ("a b.example", False), ("-.example", False), ("stadt.example", False), ("example", False),
])
def test_a_block_names_a_server(app, make, host, is_right):
    person = make.person("coordinator")
    if is_right:
        blocked = keep(lambda: operations_blocks.block(person, "stadt.example", host=host, reason="x"))
        assert blocked.host == "boese.example"
        return
    with pytest.raises(RuleBroken):
        keep(lambda: operations_blocks.block(person, "stadt.example", host=host, reason="x"))


@pytest.mark.parametrize(("host", "blocked", "is_it"), [
    ("boese.example", "boese.example", True), ("a.boese.example:8443", "boese.example", True),
    ("nichtboese.example", "boese.example", False), ("example", "boese.example", False),
])
def test_a_block_counts_below_its_name(host, blocked, is_it):
    assert rules.is_of(host, blocked) is is_it


def test_switched_off_the_page_says_so(app, make, visit):
    assert "It is switched off here" in visit(make.person("administrator")).get(DESK).text
