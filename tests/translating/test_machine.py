"""A machine fills what is missing with drafts; people read them before anybody else does."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.translating import operations, operations_machine
from incubator.translating.engine import Engine
from incubator.wording.models import DraftState, Origin, TranslationDraft
from incubator.wording.queries import words
from tests.translating.scenes import done


class Machine(BaseHTTPRequestHandler):
    """Speaks as LibreTranslate does, and remembers what it was asked."""

    asked: list = []
    answers: list = []

    def do_POST(self):
        self.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        status, body = self.answers.pop(0) if self.answers else (200, {"translatedText": f"⟨{self.asked[-1]['q']}⟩"})
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_args):
        pass


@pytest.fixture
def machine():
    Machine.asked, Machine.answers = [], []
    server = HTTPServer(("127.0.0.1", 0), Machine)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield Engine(f"http://127.0.0.1:{server.server_port}", "geheim")
    server.shutdown()
    server.server_close()


def ask(make, code="tr"):
    with transaction():
        return operations_machine.ask(code, make.person("coordinator"))


def drafts():
    return db.session.scalars(sa.select(TranslationDraft).order_by(TranslationDraft.id)).all()


def test_public_words_are_filled_and_wait_for_a_reader(make, machine):
    make.project("active", title="Küche", summary="")
    make.project("draft", title="Geheim")
    assert ask(make) == 1
    assert operations_machine.fill(machine) == 1
    assert Machine.asked == [
        {"q": "Küche", "source": "de", "target": "tr", "format": "text", "api_key": "geheim"}]
    [draft] = drafts()
    assert (draft.text, draft.origin, draft.state) == ("⟨Küche⟩", Origin.MACHINE, DraftState.READY)
    assert draft.author is None


def test_what_a_machine_wrote_stays_marked_until_a_person_changes_it(make, machine):
    project, office = make.project("active", title="Küche", summary=""), make.person("coordinator")
    ask(make)
    operations_machine.fill(machine)
    done(operations.review, project, "tr", office)
    done(operations.publish, project, "tr", office)

    def read():
        return words("tr", {"project": [project.id]}).of("project", project.id, "title", "Küche", "de").origin

    assert read() is Origin.MACHINE
    done(operations.publish_own, project, "tr", office, title="Mutfak")
    assert read() is Origin.OFFICIAL


@pytest.mark.parametrize("answer", [(500, {}), (200, {"error": "no"}), (200, {"translatedText": " "}), (403, {"x": 1})])
def test_a_machine_that_does_not_answer_is_asked_again_later(make, machine, answer):
    make.project("active", title="Küche", summary="Wir kochen.")
    ask(make)
    Machine.answers = [answer]
    assert operations_machine.fill(machine) == 0
    assert len(Machine.asked) == 1  # the rest waits with it
    assert operations_machine.fill(machine) == 0
    clock.set(clock.now() + timedelta(hours=1))
    assert operations_machine.fill(machine) == 2


def test_a_machine_that_is_away_breaks_nothing_and_is_given_up_in_the_end(make):
    make.project("active", title="Küche", summary="")
    ask(make)
    for _attempt in range(operations_machine.GIVE_UP_AFTER + 2):
        with transaction():
            db.session.execute(sa.update(TranslationDraft).values(written_at=clock.now()))
        operations_machine.fill(Engine("http://127.0.0.1:9"))
    assert drafts() == []


def test_words_that_somebody_wrote_meanwhile_are_not_overwritten(make, machine):
    project = make.project("active", title="Küche", summary="")
    ask(make)
    done(operations.save, project, "tr", make.person("translator"), title="Mutfak")
    assert operations_machine.fill(machine) == 0
    assert [each.text for each in drafts()] == ["Mutfak"]


def test_what_is_not_public_any_more_is_not_sent_away(make, machine):
    project = make.project("active", title="Küche", summary="")
    ask(make)
    with transaction():
        project.status = "draft"
    assert operations_machine.fill(machine) == 0
    assert (Machine.asked, drafts()) == ([], [])


def test_asking_is_in_the_journal_and_asks_only_once(make):
    make.project("active", title="Küche", summary="")
    ask(make)
    [entry] = db.session.scalars(sa.select(Entry).where(Entry.action == "machine.asked")).all()
    assert entry.data == {"language": "tr", "number": 1}
    with pytest.raises(RuleBroken):
        ask(make)


def test_easy_language_is_not_asked_of_a_machine(make):
    make.project("active", title="Küche")
    with pytest.raises(RuleBroken):
        ask(make, "de-simple")


def test_without_a_machine_nothing_of_it_is_seen(app, make, visit):
    make.project("active", title="Küche")
    office = visit(make.person("coordinator"))
    assert "/machine" not in office.get("/de/desk/translations/tr").text
    assert office.post("/de/desk/translations/tr/machine").status == 404
    app.config["MT_URL"] = "http://127.0.0.1:9"
    assert "/machine" in office.get("/de/desk/translations/tr").text
    assert "/machine" not in office.get("/de/desk/translations/de-simple").text
