"""A house of its own that can be hurt: Valkey, a mail server with moods, the web server and the worker as they are."""

import asyncio
import os
import secrets
import shutil
import signal
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from incubator import serve, web
from tests.faults.wsgi_names import NO_ROOM, PROGRAM
from tests.servers import Mailbox, free_port


class Moody(Mailbox):
    """A mail server that takes letters, refuses them for now, is slow, or is not there."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds, self.port = 0.0, free_port()
        self.controller: Controller | None = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        await asyncio.sleep(self.seconds)
        return await super().handle_DATA(server, session, envelope)

    def come(self) -> None:
        self.refuse, self.seconds = False, 0.0
        if self.controller is None:
            self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
            self.controller.start()

    def go(self) -> None:
        if self.controller is not None:
            self.controller.stop()
            self.controller = None


class House:
    """Its parts are started from `incubator/serve.py`; each can be killed and comes again."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address, self.port = folder, address, free_port()
        self.queue, self.mail = folder / "valkey.sock", Moody()
        self.log = (folder / "log.txt").open("w")
        self.settings = {
            "INCUBATOR_INSTANCE": str(folder), "DATABASE_URL": address, "REDIS_URL": f"unix://{self.queue}",
            "SMTP_URL": f"smtp://127.0.0.1:{self.mail.port}", "BASE_URL": f"http://127.0.0.1:{self.port}",
            "SECRET_KEY": secrets.token_hex(32), "RECORD_KEY": secrets.token_hex(32), "DEMO": "1", "TRUSTED_HOSTS": "",
            "SECOND_FACTOR": "off",
        }
        self.household = serve.Household(self.settings)

    @property
    def config(self) -> dict[str, Any]:
        """The same settings for a program in this process."""
        own = {key: self.settings[key] for key in ("REDIS_URL", "SMTP_URL", "BASE_URL", "SECRET_KEY", "RECORD_KEY")}
        return own | {"INSTANCE": self.folder, "SQLALCHEMY_DATABASE_URI": self.address, "DEMO": True,
                      "TRUSTED_HOSTS": None}

    def start(self, name: str) -> None:
        kind = name.rstrip("0123456789")
        if kind == "valkey":
            data = self.folder / "valkey"
            shutil.rmtree(data, ignore_errors=True)
            data.mkdir()
            self.queue.unlink(missing_ok=True)
            self.household.start(name, serve.valkey(data, self.queue), self.log)
            self._wait(lambda: serve.answers_ping(self.queue))
        elif kind == "web":
            self.household.start(name, web.command("127.0.0.1", self.port, PROGRAM), self.log)
            self._wait(lambda: serve.is_ready(self.port))
        else:
            command = [*serve.PYTHON_M, "flask", "--app", PROGRAM.partition(":")[0], "work"]
            self.household.start(name, command, self.log)

    def _wait(self, question: Any, patience: float = 300) -> None:
        until = time.monotonic() + patience
        while not question():
            if time.monotonic() > until:
                raise SystemExit(f"a part of the house did not come up:\n{Path(self.log.name).read_text()[-3000:]}")
            time.sleep(0.05)

    def kill(self, name: str, number: int = signal.SIGKILL) -> None:
        program = self.household.running[name]
        os.killpg(program.pid, number)
        if number == signal.SIGKILL:
            program.wait()
            del self.household.running[name]

    def kill_and_start(self, name: str) -> None:
        self.kill(name)
        self.start(name)

    def jump(self, days: int) -> None:
        """Put the clock of web and worker so many days from the real one."""
        real = date.today()
        (self.folder / "demo-clock").write_text(f"{real + timedelta(days=days)} {real}")
        for name in ("web", "worker"):
            self.kill_and_start(name)

    def room(self, is_there: bool) -> None:
        switch = self.folder / NO_ROOM
        if is_there:
            switch.unlink(missing_ok=True)
        else:
            switch.touch()

    def close(self) -> None:
        for program in self.household.running.values():
            if program.poll() is None:
                os.killpg(program.pid, signal.SIGCONT)
        self.household.end()
        self.mail.go()
        self.log.close()
