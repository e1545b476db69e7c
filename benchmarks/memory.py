"""What the demo takes while nobody asks anything: supervisor, Valkey, web and worker, each with its share of memory."""

import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks._figures import say
from benchmarks._served import ROOT, opens
from tests.servers import free_port

REST = 20.0  # seconds after the first page in which the worker has ticked a few times
BAR = 250


def megabytes(process: psutil.Process) -> float:
    """Return a process's proportional share; what several share is counted once."""
    for line in Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def taken_by(house: list[psutil.Process]) -> Iterator[tuple[float, str, str]]:
    """Name what each takes; one that sets a document may end while we look."""
    for each in house:
        with suppress(psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError):
            yield megabytes(each), each.name(), " ".join(each.cmdline())[-40:].strip()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        command = [sys.executable, "-P", "incubator/serve.py", "--port", str(port), "--instance", folder]
        program = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            while not opens(f"http://127.0.0.1:{port}/healthz"):
                time.sleep(0.2)
            urllib.request.urlopen(f"http://127.0.0.1:{port}/de/").read()
            time.sleep(REST)
            house = [psutil.Process(program.pid), *psutil.Process(program.pid).children(recursive=True)]
            taken = list(taken_by(house))
        finally:
            program.terminate()
            program.wait(30)
    for each, name, command in taken:
        print(f"  {each:6.1f} MB  {name}  {command}")
    whole = sum(each for each, _, _ in taken)
    say("idle memory of the demo", f"{whole:.0f} MB", f"≤ {BAR} MB", whole <= BAR)


if __name__ == "__main__":
    main()
