"""A hall of phones at one board: how long until a card is seen, beside asking the same server for its health.

A hundred phones ask every 1.5 seconds, as static/js/board.js does, and each hands in three cards within a minute; one
moderator looks, and fetches the table where something is new. One granian server as `make run` starts it, on SQLite.
`python benchmarks/board.py 20` takes twenty seconds instead of sixty.
"""

import http.client
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from incubator import create_app, serve, web
from incubator.accounts.models import SignIn
from incubator.accounts.queries import token_hash
from incubator.boards import operations
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from tests.builders import Builders

ROOT = Path(__file__).resolve().parent.parent
PHONES, CARDS, EVERY = 100, 3, 1.5
SECONDS = int(sys.argv[1]) if len(sys.argv) > 1 else 60
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


class Hall:
    """What phones and the moderation note down while they are at it."""

    def __init__(self, port: int, code: str, board_id: int, session: str) -> None:
        self.port, self.session = port, session
        self.phone, self.table = f"/de/b/{code}", f"/de/desk/boards/{board_id}"
        self.sent: dict[str, float] = {}
        self.seen: dict[str, float] = {}
        self.answers: list[float] = []
        self.errors: list[str] = []
        self.ends = time.monotonic() + SECONDS

    def ask(self, line: http.client.HTTPConnection, method: str, path: str, body: str | None = None,
            headers: dict[str, str] | None = None) -> tuple[int, bytes, Any]:
        begun = time.monotonic()
        line.request(method, path, body, headers or {})
        answer = line.getresponse()
        data = answer.read()
        self.answers.append(time.monotonic() - begun)
        if answer.status not in (200, 204):
            self.errors.append(f"{method} {path}: {answer.status}")
        return answer.status, data, answer

    def be_phone(self, number: int) -> None:
        """Ask all the time, and write at random moments."""
        dice = random.Random(number)
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        start = self.ends - SECONDS
        moments = sorted(start + dice.uniform(2, SECONDS - 6) for _ in range(CARDS))
        known, cookie = "0", {}
        time.sleep(dice.uniform(0, EVERY))
        while time.monotonic() < self.ends:
            try:
                status, data, _answer = self.ask(line, "GET", f"{self.phone}/state.json?since={known}", None, cookie)
                known = re.findall(rb'"revision": ?(\d+)', data)[0].decode() if status == 200 else known
                while moments and moments[0] <= time.monotonic():
                    moments.pop(0)
                    text = f"Karte {number}-{len(moments)}-"
                    self.sent[text] = time.monotonic()
                    body = urlencode({"text": text, "form_key": f"bench-{number}-{len(moments)}"})
                    _status, _data, answer = self.ask(line, "POST", self.phone, body, FORM | cookie)
                    if given := answer.getheader("Set-Cookie"):
                        cookie = {"Cookie": given.partition(";")[0]}
            except (OSError, http.client.HTTPException) as broken:
                self.errors.append(repr(broken))
                line.close()
            time.sleep(EVERY * dice.uniform(0.9, 1))

    def moderate(self) -> None:
        line, cookie, known = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30), {}, "0"
        cookie = {"Cookie": f"session={self.session}"}
        while time.monotonic() < self.ends + 2 * EVERY:
            status, data, _answer = self.ask(line, "GET", f"{self.table}/state.json?since={known}", None, cookie)
            if status == 200:
                known = re.findall(rb'"revision": ?(\d+)', data)[0].decode()
                page = self.ask(line, "GET", self.table, None, cookie)[1].decode()
                for text in set(re.findall(r"Karte \d+-\d+-", page)) - self.seen.keys():
                    self.seen[text] = time.monotonic()
            time.sleep(EVERY * 0.95)


def prepare(folder: str) -> tuple[str, int, str]:
    """Make a board, and a session of a coordinator; return its code, its number, and the cookie."""
    app = create_app({
        "SECRET_KEY": "benchmark", "DEMO": True, "REDIS_URL": "", "INSTANCE": Path(folder),
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/incubator.db", "TRUSTED_HOSTS": None,
    })
    with app.app_context():
        db.create_all()
        make, now = Builders(), clock.now()
        workshop, coordinator = make.workshop(), make.person("coordinator")
        with transaction():
            board = operations.open_board(workshop, None, question="Was fehlt?", language="de",
                                          expires_at=now + timedelta(days=20))
            db.session.add(SignIn(token_hash=token_hash("benchmark"), person_id=coordinator.id, device="", seen_at=now,
                                  created_at=now, expires_at=now + timedelta(days=1)))
        signer: Any = app.session_interface
        session = signer.get_signing_serializer(app).dumps({"_user_id": "benchmark", "_fresh": True})
        return board.code, board.id, session


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        code, board_id, session = prepare(folder)
        port = serve_free_port()
        settings = {"SECRET_KEY": "benchmark", "DEMO": "1", "INCUBATOR_INSTANCE": folder, "REDIS_URL": ""}
        program = subprocess.Popen(web.command("127.0.0.1", port), cwd=ROOT, env=os.environ | settings)
        try:
            while not serve.is_ready(port):
                time.sleep(0.1)
            _measure(Hall(port, code, board_id, session), psutil.Process(program.pid))
        finally:
            program.terminate()
            program.wait(15)


def serve_free_port() -> int:
    return next(port for port in range(8400, 8500) if serve.is_free("127.0.0.1", port))


def _health(port: int) -> float:
    line, taken = http.client.HTTPConnection("127.0.0.1", port, timeout=30), []
    for _ in range(200):
        begun = time.monotonic()
        line.request("GET", "/healthz")
        line.getresponse().read()
        taken.append(time.monotonic() - begun)
    return statistics.median(taken)


def _used(process: psutil.Process) -> float:
    return sum(sum(each.cpu_times()[:2]) for each in [process, *process.children(recursive=True)])


def _measure(hall: Hall, process: psutil.Process) -> None:
    base = _health(hall.port)
    hall.ends, before = time.monotonic() + SECONDS, _used(process)
    people = [threading.Thread(target=hall.be_phone, args=(number,)) for number in range(PHONES)]
    people.append(threading.Thread(target=hall.moderate))
    for each in people:
        each.start()
    for each in people:
        each.join()
    waits = sorted(hall.seen[text] - at for text, at in hall.sent.items() if text in hall.seen)
    print(f"card to the moderator's table: median {statistics.median(waits):.2f} s, worst {waits[-1]:.2f} s "
          f"({len(hall.sent)} cards, {len(hall.sent) - len(waits)} never seen, {len(hall.errors)} errors)")
    print(f"one answer under load: {statistics.median(hall.answers) / base:.1f} × /healthz of the idle server "
          f"({len(hall.answers) / SECONDS:.0f} answers/s)")
    print(f"the server used {(_used(process) - before) / SECONDS:.0%} of one processor")
    for each in sorted(set(hall.errors))[:5]:
        print(each)


if __name__ == "__main__":
    main()
