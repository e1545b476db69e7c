"""Servers on this machine for the benchmarks, and something that asks them: `wrk` where it is, else threads of ours.

What counts is answers for each second of processor time that a server took, so that others on the machine, who take
time from all of them, do not.
"""

import http.client
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.servers import free_port

ROOT = Path(__file__).resolve().parent.parent
SERVERS, ASKERS = "0", "1"  # each on a processor of its own, so that they do not take each other's time
PATIENCE = 120.0
HOLD_ON = {"Accept-Encoding": "br"}


@dataclass(frozen=True)
class Server:
    """Something that answers at an address, and the process that began it."""

    base: str
    process: psutil.Process

    def seconds(self) -> float:
        """Return the processor time it has taken so far, with all its children."""
        house = [self.process, *self.process.children(recursive=True)]
        return sum(sum(each.cpu_times()[:2]) for each in house)


def on(processor: str, command: Sequence[str]) -> list[str]:
    pinned = ["taskset", "-c", processor] if shutil.which("taskset") and (os.cpu_count() or 1) > 1 else []
    return [*pinned, *command]


def opens(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def running(command: Sequence[str], address: str, settings: Mapping[str, str] | None = None,
            folder: Path = ROOT) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server pinned to its processor until the block ends; raises SystemExit where it does not come up."""
    program = subprocess.Popen(
        on(SERVERS, command), cwd=folder, env=os.environ | dict(settings or {}), stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + PATIENCE
        while not opens(address):
            if program.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"{command[0]} {command[-1]} does not come up")
            time.sleep(0.1)
        yield program
    finally:
        program.terminate()
        program.wait(20)


def granian(port: int, target: str) -> list[str]:
    """Name the command of the web server as `make run` uses it."""
    return [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "4",
            "--http", "1", "--no-ws", "--log-level", "error", "--port", str(port), target]


@contextmanager
def hello() -> Iterator[Server]:
    """Serve Flask's hello world by the same server with the same options."""
    with tempfile.TemporaryDirectory() as folder:
        lines = ("import flask", "app = flask.Flask(__name__)", "app.add_url_rule('/', view_func=lambda: 'Hello')")
        Path(folder, "hello.py").write_text("\n".join(lines))
        port = free_port()
        base = f"http://127.0.0.1:{port}"
        with running(granian(port, "hello:app"), f"{base}/", folder=Path(folder)) as program:
            yield Server(base, psutil.Process(program.pid))


@contextmanager
def city(database: str = "", **settings: str) -> Iterator[Server]:
    """Serve the demo city, prepared in a folder of its own; SQLite where no database is named."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        base = f"http://127.0.0.1:{port}"
        own = {"INCUBATOR_INSTANCE": folder, "DEMO": "1", "BASE_URL": base, "REDIS_URL": "",
               "DATABASE_URL": database or f"sqlite:///{folder}/incubator.db", **settings}
        prepare = [sys.executable, "-m", "incubator.prepare"]
        subprocess.run(prepare, cwd=ROOT, env=os.environ | own, check=True, stdout=subprocess.DEVNULL)
        with running(granian(port, "wsgi:app"), f"{base}/healthz", own) as program:
            yield Server(base, psutil.Process(program.pid))


NGINX = """worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/errors; user {user};
events {{ worker_connections 512; }}
http {{
  access_log off; default_type text/html; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  proxy_cache_path {folder}/cache keys_zone=pages:10m; open_file_cache max=1000;
  server {{
    listen 127.0.0.1:{port};
    location = /file {{ root {folder}; {headers} }}
    location / {{ proxy_pass {behind}; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_cache pages;
      proxy_set_header Host $http_host; proxy_cache_lock on; proxy_cache_use_stale updating;
      proxy_cache_background_update on; }}
  }}
}}
"""
OWN = ("connection", "content-length", "content-type", "date", "etag", "last-modified", "server")  # as nginx has them


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")


@contextmanager
def nginx(behind: str, content: bytes, headers: Mapping[str, str]) -> Iterator[Server]:
    """Serve an answer's bytes at /file by nginx, and at any other address what lies behind, kept as its headers say."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        port = free_port()
        Path(folder, "file").write_bytes(content)
        user = "root" if os.geteuid() == 0 else "nobody"
        said = " ".join(f"add_header {name} '{_quoted(value)}';" for name, value in headers.items() if name not in OWN)
        Path(folder, "conf").write_text(
            NGINX.format(folder=folder, port=port, behind=behind, user=user, headers=said))
        base = f"http://127.0.0.1:{port}"
        with running([str(shutil.which("nginx")), "-c", f"{folder}/conf"], f"{base}/file") as program:
            yield Server(base, psutil.Process(program.pid))


def rate(server: Server, path: str, seconds: float, connections: int = 16) -> float:
    """Return answers for each second of the server's processor time; raises SystemExit where anything but 200 came."""
    before = server.seconds()
    ask = _by_wrk if shutil.which("wrk") else _by_us
    answers = ask(server.base + path, seconds, connections)
    return answers / max(server.seconds() - before, 0.01)


def _by_wrk(address: str, seconds: float, connections: int) -> int:
    headers = [part for name, value in HOLD_ON.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}", "--timeout", "30", *headers, address]
    said = subprocess.run(on(ASKERS, command), capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        raise SystemExit(f"{address}: {said}")
    return int(re.findall(r"(\d+) requests in", said)[0])


def _by_us(address: str, seconds: float, connections: int) -> int:
    told = urlsplit(address)
    path, until, done = told.path or "/", time.monotonic() + seconds, [0] * connections

    def ask(place: int) -> None:
        line = http.client.HTTPConnection(told.netloc)
        while time.monotonic() < until:
            line.request("GET", path, headers=HOLD_ON)
            answer = line.getresponse()
            answer.read()
            done[place] += answer.status == 200

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done)


def rates(targets: Mapping[str, tuple[Server, str]], seconds: float, rounds: int) -> dict[str, float]:
    """Return the median rate of each, asked in turn: what else the machine does meanwhile hits all of them."""
    found: dict[str, list[float]] = {name: [] for name in targets}
    for _ in range(rounds):
        for name, (server, path) in targets.items():
            found[name].append(rate(server, path, seconds))
    return {name: statistics.median(each) for name, each in found.items()}
