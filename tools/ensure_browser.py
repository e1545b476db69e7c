"""Find a Chromium for the browser tests, or fetch one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def executable() -> str | None:
    """Return the path of a browser on this machine, Playwright's own if there is no other."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache" / "ms-playwright"))
    own = sorted(folder.glob("chromium*/chrome-*/chrome")) + sorted(folder.glob("chromium*/chrome-*/headless_shell"))
    return str(own[-1]) if own else None


def fetch() -> str | None:
    """Install a browser: Playwright's, else the system's package where we may."""
    ways = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        ways += [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]]
    for way in ways:
        subprocess.run(way, check=False)
        if found := executable():
            return found
    return None


def main() -> int:
    if executable() or fetch():
        return 0
    sys.stderr.write(
        "The browser tests need Chromium, and none could be installed. Install the package `chromium` "
        "with your system's package manager, or run: .venv/bin/python -m playwright install --with-deps chromium\n"
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
