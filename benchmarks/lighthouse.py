"""What Lighthouse says of the home page and of a progress page on a phone, in German and in Arabic.

It needs Node, npm and a Chromium, and serves a demo city of its own; without Node it says so and measures nothing.
`python benchmarks/lighthouse.py http://127.0.0.1:8000` looks at a city that is there already.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.servers import free_port
from tools.ensure_browser import NAMES

ROOT = Path(__file__).resolve().parent.parent
LIGHTHOUSE = "lighthouse@12"
PATIENCE = 300
CHROME = "--headless=new --no-sandbox --disable-gpu"


@contextmanager
def city() -> Iterator[str]:
    """Serve a demo city in a folder of its own and hand out its address."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"http://127.0.0.1:{free_port()}"
        command = [sys.executable, "-P", "incubator/serve.py", "--port", address.rpartition(":")[2]]
        program = subprocess.Popen([*command, "--instance", folder], cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            _wait(address)
            yield address
        finally:
            program.terminate()
            program.wait(30)


def _wait(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"{address}/de/", timeout=5).close()
            return
        except OSError:
            time.sleep(1)
    sys.exit("The demo city did not come up.")


def first_project(address: str) -> str:
    with urllib.request.urlopen(f"{address}/de/projects/", timeout=30) as answer:
        found = re.search(r'href="/de(/projects/[a-z0-9-]+)"', answer.read().decode())
    return found[1] if found else sys.exit("There is no project to look at.")


def scores(tool: list[str], url: str, browser: str) -> dict[str, int]:
    """Return Lighthouse's four scores of a page, of 100."""
    command = [*tool, url, "--quiet", f"--chrome-flags={CHROME}", "--output=json", "--output-path=stdout",
               "--only-categories=performance,accessibility,best-practices,seo"]
    settings = {**os.environ, "CHROME_PATH": browser}
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=True)
    return {name: round(each["score"] * 100) for name, each in json.loads(done.stdout)["categories"].items()}


def measure(address: str) -> None:
    browser = next(filter(None, map(shutil.which, NAMES[1:])), None)
    if shutil.which("npx") is None or browser is None:
        print("Node or a Chromium is missing here: nothing was measured.")
        return
    tool = ["npx", "--yes", "--loglevel=error", LIGHTHOUSE]
    for path in ("/", first_project(address)):
        for language in ("de", "ar"):
            print(f"/{language}{path}", *(f"{name} {score}" for name, score in
                                          scores(tool, f"{address}/{language}{path}", browser).items()), sep="  ")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(sys.argv[1].rstrip("/"))
    else:
        with city() as own:
            measure(own)
