"""People at their browsers while the house is hurt: they press again with the same form until they are answered."""

import http.client
import io
import random
import secrets
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from typing import Any

import flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import EnvironBuilder

from tests.payments.receipts import scan
from tests.visitors import sign_in_token

PATIENCE = 20.0


class Browser:
    """Somebody who is signed in, over a real line."""

    def __init__(self, app: flask.Flask, port: int, person: Any) -> None:
        raw = secrets.token_hex(20)
        session = {"_user_id": sign_in_token(person), "_fresh": True, "csrf_token": raw}
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        self.port, self.cookie = port, f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(session)}"
        self.csrf = URLSafeTimedSerializer(app.secret_key or "", salt="wtf-csrf-token").dumps(raw)

    def post(self, path: str, data: dict[str, Any]) -> tuple[int, str]:
        """Send a form and return the status and where it leads; raises `OSError` where nobody answers."""
        built = EnvironBuilder(method="POST", data={"csrf_token": self.csrf} | data)
        environ = built.get_environ()
        body, kind = environ["wsgi.input"].read(), environ["CONTENT_TYPE"]
        built.close()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            line.request("POST", path, body, {"Cookie": self.cookie, "Content-Type": kind})
            answer = line.getresponse()
            answer.read()
            return answer.status, answer.headers.get("Location", "")
        except http.client.HTTPException as broken:
            raise OSError(str(broken)) from broken
        finally:
            line.close()

    def get(self, path: str) -> int:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            line.request("GET", path, headers={"Cookie": self.cookie})
            return line.getresponse().status
        except http.client.HTTPException as broken:
            raise OSError(str(broken)) from broken
        finally:
            line.close()


class Writers:
    """Threads that write; `told` is what somebody was told is saved, `answers` how often which status came."""

    def __init__(self) -> None:
        self.told: dict[str, list[Any]] = {"receipt": [], "payment": []}
        self.answers: Counter[str] = Counter()
        self.odd: list[str] = []
        self.sign_ins = 0
        self._over = threading.Event()
        self._threads: list[threading.Thread] = []

    def begin(self, *works: Callable[[], Iterator[tuple[str, Any, Browser, str, dict[str, Any]]]]) -> None:
        for work in works:
            self._threads.append(threading.Thread(target=self._write, args=(work,), daemon=True))
            self._threads[-1].start()

    def end(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(3 * PATIENCE)

    def _write(self, work: Any) -> None:
        for kind, name, browser, path, data in work():
            self._until_told(kind, name, browser, path, data | {"form_key": uuid.uuid4().hex})
            if self._over.is_set():
                return
            time.sleep(random.uniform(0, 0.1))

    def _until_told(self, kind: str, name: Any, browser: Browser, path: str, data: dict[str, Any]) -> None:
        while not self._over.is_set():
            status, to = 0, ""
            with suppress(OSError):
                status, to = browser.post(path, {key: _fresh(value) for key, value in data.items()})
            self.answers[str(status or "no answer")] += 1
            if status == 303 and to.endswith("/sign-in"):  # the sign-in rested while the clock was a day ahead
                self.sign_ins += 1
                time.sleep(0.3)
                continue
            if status == 303 and "/desk/" in to:
                self.told[kind].append(name)
                return
            if status and status not in (503, 507):
                self.odd.append(f"{status} {to} for {kind} {name}")
                return
            time.sleep(0.3)


def _fresh(value: Any) -> Any:
    return (io.BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value


def receipts(browser: Browser, project_id: int, line_id: int) -> Callable[[], Iterator[Any]]:
    def work() -> Iterator[Any]:
        while True:
            name = f"R-{uuid.uuid4().hex[:12]}"
            yield "receipt", name, browser, f"/en/desk/projects/{project_id}/receipts/new", {
                "line_id": str(line_id), "number": name, "paid_on": date.today().isoformat(), "payee": "Laden",
                "reason": "Papier", "amount_cents": "1.00",
                "papers": (scan(random.randrange(60_000)), "Bon.png")}
    return work


def payments(browser: Browser, requests: list[int]) -> Callable[[], Iterator[Any]]:
    def work() -> Iterator[Any]:
        for number in requests:
            yield "payment", number, browser, f"/en/desk/requests/{number}/pay", {
                "on": date.today().isoformat(), "reference": f"K-{number}"}
            time.sleep(random.uniform(0.3, 1.5))
    return work
