"""A web server that is told to stop says so first, and finishes what runs."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time

import psutil
import pytest
import requests

from tests.house.sources import ROOT
from tests.servers import free_port

PATIENCE = 60
BY_ITSELF = ["-P", "incubator/web.py"]
ALONE = ["-c", "from incubator import web; web.main(alone=True)"]  # without a process that only watches another


@pytest.fixture
def running(tmp_path):
    """A web server with a slow program; `running(pause, how)` returns it, its address and its mark."""
    programs = []

    def start(pause, how=BY_ITSELF):
        port, mark = free_port(), tmp_path / "stopping"
        command = [sys.executable, *how, "--port", str(port), "tests.many.slow:app"]
        given = {**os.environ, "STOPPING_FILE": str(mark), "DRAIN_SECONDS": str(pause)}
        programs.append(subprocess.Popen(command, cwd=ROOT, env=given))
        address, until = f"http://127.0.0.1:{port}", time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with contextlib.suppress(requests.ConnectionError):
                requests.get(address, timeout=5)
                break
            time.sleep(0.05)
        return programs[-1], address, mark

    yield start
    for program in programs:
        program.kill()
        program.wait()


def asked_slowly(address):
    answers = []
    thread = threading.Thread(target=lambda: answers.append(requests.get(f"{address}/slow", timeout=PATIENCE)))
    thread.start()
    time.sleep(0.5)
    return thread, answers


@pytest.mark.parametrize("how", [BY_ITSELF, ALONE], ids=["by itself", "alone"])
@pytest.mark.parametrize("pause", [0, 1.0])
def test_what_runs_is_finished_and_the_end_is_in_order(running, pause, how):
    program, address, mark = running(pause, how)
    thread, answers = asked_slowly(address)
    program.send_signal(signal.SIGTERM)
    if pause:
        time.sleep(0.3)
        assert mark.exists() and requests.get(address, timeout=5).text == "done", "others are served until then"
    thread.join(PATIENCE)
    assert [answer.text for answer in answers] == ["done"]
    assert program.wait(PATIENCE) == 0 and not mark.exists()


def test_alone_one_process_is_all_there_is(running):
    program, address, _mark = running(0, ALONE)
    assert requests.get(address, timeout=5).text == "done"
    assert psutil.Process(program.pid).children() == []


def test_whoever_is_told_twice_does_not_wait(running):
    program, _address, _mark = running(PATIENCE)
    program.send_signal(signal.SIGTERM)
    time.sleep(0.3)
    begun = time.monotonic()
    program.send_signal(signal.SIGTERM)
    assert program.wait(PATIENCE) == 0 and time.monotonic() - begun < PATIENCE / 2
