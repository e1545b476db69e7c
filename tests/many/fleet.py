"""Two web servers and two workers over one database, one queue and one storage, and people who reach any of them."""

import json
import os
import random
import re
import signal
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import requests
from bs4 import BeautifulSoup

from incubator import serve, web
from tests.faults.house import House
from tests.faults.wsgi_names import PROGRAM
from tests.servers import free_port
from tests.visitors import _drawn

PATIENCE = 60.0
AGAIN = (502, 503, 507)
WEBS = ("web1", "web2")
PASSWORD, MILESTONES = "vier kleine Worte hier", 6
KEYS = {"AWS_ACCESS_KEY_ID": "tests", "AWS_SECRET_ACCESS_KEY": "tests"}


class Fleet(House):
    """A house whose web servers have a port each; parts are started without waiting for them."""

    def __init__(self, folder: Path, address: str, files: str) -> None:
        super().__init__(folder, address)
        self.ports = dict(zip(WEBS, (self.port, free_port()), strict=True))
        self.settings |= {"DEMO": "", "FILES_URL": files, **KEYS}
        self.settings.pop("TRUSTED_HOSTS")

    @property
    def config(self) -> dict[str, Any]:
        return super().config | {"DEMO": False, "FILES_URL": self.settings["FILES_URL"], "REDIS_URL": "",
                                 "SMTP_URL": "", **KEYS}

    def start(self, name: str) -> None:
        if name not in WEBS:
            super().start(name)
            return
        self.household.start(name, web.command("127.0.0.1", self.ports[name], PROGRAM), self.log)

    def wait_until_ready(self, name: str) -> None:
        self._wait(lambda: serve.is_ready(self.ports[name]), PATIENCE)

    def address_of(self, name: str, path: str) -> str:
        return f"http://127.0.0.1:{self.ports[name]}{path}"

    def ready(self, name: str) -> tuple[int, dict[str, Any]]:
        answer = requests.get(self.address_of(name, "/readyz"), timeout=PATIENCE)
        return answer.status_code, json.loads(answer.text)


class Browser:
    """Somebody at a browser; whichever server answers, they are the same person. Nothing is pressed twice but again."""

    def __init__(self, fleet: Fleet) -> None:
        self.fleet, self.http = fleet, requests.Session()

    def ask(self, method: str, path: str, on: Sequence[str] = WEBS, **sent: Any) -> requests.Response:
        """Ask one server after the other until one answers, as a proxy and a person's second try would."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for name in random.sample(on, len(on)):
                try:
                    answer = self.http.request(method, self.fleet.address_of(name, path), timeout=PATIENCE,
                                               allow_redirects=False, **sent)
                except requests.RequestException:
                    continue
                if answer.status_code not in AGAIN:
                    return answer
            time.sleep(0.1)
        raise AssertionError(f"nobody answered {method} {path}")

    def fill(self, path: str, on: Sequence[str] = WEBS, files: Any = None, **values: Any) -> requests.Response:
        """Open a page, write into its form, and press until it is taken: always the same form."""
        page = self.ask("GET", path, on)
        drawn = BeautifulSoup(page.text, "html.parser")
        form = drawn.select_one(f'form[action$="{path}"]') or drawn.select_one("main form[method=post]")
        assert form is not None, f"{path} {page.status_code}"
        return self.ask("POST", str(form.get("action") or path), on, data=_drawn(form) | values, files=files)

    def sign_in(self, mail: str, password: str, on: Sequence[str]) -> None:
        answer = self.fill("/en/sign-in", on, mail=mail, password=password)
        assert answer.status_code == 303, re.sub(r"\s+", " ", BeautifulSoup(answer.text, "html.parser").text)[:500]


class Meanwhile(threading.Thread):
    """Something that is done while others are killed; what went wrong in it is raised by `join`."""

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self.work, self.fault = work, None
        self.start()

    def run(self) -> None:
        try:
            self.work()
        except BaseException as fault:
            self.fault = fault

    def join(self, timeout: float | None = None) -> None:
        super().join(timeout)
        if self.fault is not None:
            raise self.fault
        assert not self.is_alive(), "it never ends"


def kill(fleet: Fleet, name: str) -> None:
    """Kill a part with all that belongs to it, at whatever it is."""
    program = fleet.household.running.pop(name)
    os.killpg(program.pid, signal.SIGKILL)
    program.wait()
