"""Find a Chromium for the browser tests, or fetch one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

LIGHT = "chromium-headless-shell"  # needs less than half the time of the whole browser for each new window
NAMES = (LIGHT, "chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


def executable(*, light: bool = True) -> str | None:
    """Return the path of a browser on this machine, Playwright's own if there is no other; the light one if it may."""
    for name in NAMES if light else NAMES[1:]:
        if found := shutil.which(name):
            return found
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache" / "ms-playwright"))
    whole, shell = "chromium*/chrome-*/chrome", "chromium*/chrome-*/*headless*shell"
    own = [path for pattern in ((shell, whole) if light else (whole,)) for path in sorted(folder.glob(pattern))]
    return str(own[0]) if own else None


def fetch() -> None:
    """Install a browser and its light shell: the system's packages where we may, else Playwright's."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        for name in NAMES[:2]:
            subprocess.run(["apt-get", "install", "-y", "-qq", name], check=False)
    if executable(light=False) is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> int:
    may_be_lighter = not shutil.which(LIGHT) and os.geteuid() == 0
    if may_be_lighter or executable(light=False) is None:
        fetch()
    if executable(light=False):
        return 0
    sys.stderr.write(
        "The browser tests need Chromium, and none could be installed. Install the package `chromium` "
        "with your system's package manager, or run: .venv/bin/python -m playwright install --with-deps chromium\n"
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
