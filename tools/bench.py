"""Run every benchmark and write what it measured, with the machine, as Markdown into build/bench.md.

    python -m tools.bench                 all of them
    python -m tools.bench served writes   only these
"""

import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks._figures import MARK

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "build" / "bench.md"
PARTS = ("flask", "werkzeug", "sqlalchemy", "jinja2", "granian", "rq", "redis", "psycopg")


def machine() -> str:
    """Describe what it ran on, and how busy that was."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    kind = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    parts = ", ".join(f"{name} {version(name)}" for name in PARTS)
    return (f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; {os.cpu_count()} × {kind}, {platform.system()}, "
            f"Python {platform.python_version()}; load before it began {load}.\n\n{parts}.")


def rows(file: Path) -> Iterator[str]:
    """Run one benchmark, show what it says, and hand out its rows; one that fails is a row of its own."""
    print(f"== {file.stem}", flush=True)
    program = subprocess.Popen([sys.executable, file], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert program.stdout is not None
    for line in program.stdout:
        print(line, end="", flush=True)
        if line.startswith(MARK):
            yield line.removeprefix(MARK).strip()
    if program.wait():
        yield f"{file.stem} | | ended with {program.returncode} | missed"


def main() -> int:
    asked, about = sys.argv[1:], machine()
    files = [each for each in sorted((ROOT / "benchmarks").glob("[a-z]*.py")) if not asked or each.stem in asked]
    found = [row for file in files for row in rows(file)]
    table = ["| what | bar | here | |", "| --- | --- | --- | --- |", *(f"| {row} |" for row in found)]
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text("\n".join((f"# Figures\n\n{about}\n", *table, "")))
    print(f"written to {REPORT.relative_to(ROOT)}")
    return any("| ended with " in row for row in found)


if __name__ == "__main__":
    sys.exit(main())
