"""One command opens the house and Ctrl-C closes it, whatever happens in between."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from incubator import serve
from tests.house.sources import ROOT
from tests.servers import free_port

OURS = {
    "DATABASE_URL", "REDIS_URL", "SMTP_URL", "SECRET_KEY", "SECRET_KEY_FILE", "BASE_URL", "DEMO", "INCUBATOR_INSTANCE",
}


class House:
    """A running `make run`, without make."""

    def __init__(self, folder, *options):
        self.port, self.folder = free_port(), folder
        environment = {key: value for key, value in os.environ.items() if key not in OURS}
        self.output = (folder.parent / f"{folder.name}-{self.port}.txt").open("w+")
        self.program = subprocess.Popen(
            [sys.executable, "-P", "incubator/serve.py", "--port", str(self.port), "--instance", str(folder), *options],
            cwd=ROOT, env=environment, stdout=self.output, stderr=subprocess.STDOUT,
        )
        self.family = []

    def wait(self, patience=240):
        until = time.monotonic() + patience
        while "is open at" not in self.said():
            assert self.program.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.05)
        self.family = psutil.Process(self.program.pid).children(recursive=True)
        return self

    def said(self):
        self.output.seek(0)
        return self.output.read()

    def get(self, path):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        line.request("GET", path)
        answer = line.getresponse()
        return answer.status, answer.read().decode()

    def end(self, number=signal.SIGINT):
        if self.program.poll() is None:
            self.program.send_signal(number)
        self.program.wait(30)
        return self.program.returncode

    def left(self):
        """Return what never ends: programs get the time that a busy machine needs to end in order."""
        _gone, alive = psutil.wait_procs(self.family, timeout=90)
        return alive


@pytest.fixture
def start(tmp_path):
    houses = []

    def begin(*options, folder=tmp_path / "house"):
        folder.mkdir(exist_ok=True)
        houses.append(House(folder, *options))
        return houses[-1]

    yield begin
    for house in houses:
        house.end()
        house.output.close()


@pytest.mark.long
def test_an_empty_house_opens_says_how_to_come_in_and_closes(start):
    house = start("--empty").wait()
    assert house.get("/de/")[0] == 200
    assert "people invite" in house.said()
    assert (house.folder / "secret_key").stat().st_mode & 0o077 == 0
    assert len(house.family) >= 3
    if sys.platform == "linux":  # only there a copy of a process has a name
        named = [each.name() for each in house.family]
        assert (named.count("web"), named.count("worker")) == (1, 1), "more that hold the house take memory for nothing"
    assert house.end() == 0
    assert house.left() == []


@pytest.mark.long
def test_the_demo_city_moves_in_once_and_opens_quickly_again(start):
    house = start().wait()
    status, page = house.get("/de/sign-in")
    assert status == 200 and "/sign-in/demo/" in page
    key = (house.folder / "secret_key").read_text()
    assert house.end() == 0
    again = start().wait()
    assert again.get("/de/projects/")[0] == 200
    assert "demo city" in again.said() and "Building" not in again.said()
    assert (house.folder / "secret_key").read_text() == key


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a copy of a process have a name")
@pytest.mark.parametrize("part", ["web", "worker"])
def test_when_one_part_falls_everything_is_closed(start, part):
    house = start("--empty").wait()
    next(each for each in house.family if each.name() == part).kill()
    assert house.program.wait(30) == 1
    assert f"The {part} ended by itself" in house.said()
    assert house.left() == []


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties children to their parent")
def test_a_killed_supervisor_leaves_nothing_running(start):
    house = start("--empty").wait()
    house.end(signal.SIGKILL)
    assert house.left() == []


def test_a_second_start_with_the_same_folder_is_refused(tmp_path):
    kept = serve.take_folder(tmp_path)
    with pytest.raises(SystemExit):
        serve.take_folder(tmp_path)
    kept.close()
    serve.take_folder(tmp_path).close()


def test_a_taken_port_is_refused_in_words(start, live):
    taken = live.rpartition(":")[2]
    command = [sys.executable, "-P", "incubator/serve.py", "--port", taken]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"Port {taken} is taken" in done.stderr


@pytest.mark.parametrize(("said", "ready"), [
    (b"HTTP/1.1 200 OK\r\n\r\n", True), (b"HTTP/1.0 400 Bad Request\r\n\r\n", True),
    (b"HTTP/1.1 503 Service Unavailable\r\n\r\n", False), (b"HTTP/1.1 500 Oh\r\n\r\n200", False), (b"", False),
    (b"HTTP/1.1", False),
])
def test_the_door_opens_once_the_pages_say_that_they_are_ready(said, ready):
    with socket.create_server(("127.0.0.1", 0)) as door, ThreadPoolExecutor() as others:
        asked = others.submit(serve.is_ready, door.getsockname()[1])
        line, _from = door.accept()
        with line:
            assert line.recv(99).startswith(b"GET /readyz HTTP/1.")
            line.sendall(said)
        assert asked.result(20) is ready


def test_where_nobody_listens_nothing_is_ready():
    assert not serve.is_ready(free_port())


def test_a_folder_begun_empty_never_becomes_a_demo(tmp_path):
    assert serve.is_demo(tmp_path, empty=False)
    assert not serve.is_demo(tmp_path, empty=True)
    assert not serve.is_demo(tmp_path, empty=False)


def test_the_secret_is_written_once(tmp_path):
    serve.keep_secret(tmp_path / "key")
    first = (tmp_path / "key").read_text()
    serve.keep_secret(tmp_path / "key")
    assert (tmp_path / "key").read_text() == first and len(first) == 64


def test_what_the_operator_has_set_is_left_alone(tmp_path):
    given = serve.parse(["--own-database", "--own-redis", "--own-secret", "--own-record-key", "--own-bank-key",
                         "--own-address"])
    chosen = serve.settings(given, tmp_path, tmp_path / "valkey.sock")
    assert set(chosen) == {"INCUBATOR_INSTANCE", "DEMO"}
