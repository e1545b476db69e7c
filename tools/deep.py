"""Run what takes hours, one goal after the other, and write down what was reached and what it does not show.

    python -m tools.deep                        everything, most of a day on two cores
    python -m tools.deep --only R1,R2           these goals
    python -m tools.deep --scale 0.1            a tenth of each number

What each goal's programs said lies in build/deep/<goal>.txt, the table in build/deep/report.md. Ends with 1 when a goal
was missed.
"""

import argparse
import os
import platform
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tools.deep_goals import GOALS, Goal

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "build" / "deep"
FIGURE = re.compile(r"^[.sxFE]*figure: (.*)$", re.MULTILINE)
SUMMARY = re.compile(r"^=*\s*(\d+ (?:passed|failed|skipped|error).*?) in [\d.]+s", re.MULTILINE)


@dataclass
class Reached:
    """What came of one goal."""

    goal: Goal
    is_met: bool | None = None
    seconds: float = 0.0
    figures: list[str] = field(default_factory=list)

    @property
    def word(self) -> str:
        return {True: "reached", False: "**missed**", None: "not run"}[self.is_met]


def figures_of(text: str, goal: Goal) -> list[str]:
    """Return what a program said about itself: figures, a test run's own last line, lines that the goal asks for."""
    told = [*FIGURE.findall(text), *SUMMARY.findall(text)]
    lines = [line.strip() for line in text.splitlines() if goal.lines and re.search(goal.lines, line)]
    return told + lines


def run(goal: Goal, scale: float) -> Reached:
    reached, begun = Reached(goal), time.monotonic()
    environment = os.environ | {"DEEP_SCALE": str(scale), "PYTHONUNBUFFERED": "1"}
    for command in goal.commands:
        asked = [sys.executable, *(part.format(scale=scale, seconds=max(10, round(120 * scale)),
                                               minutes=round(max(0.5, goal.minutes * scale), 1)) for part in command)]
        with (HOME / f"{goal.id}.txt").open("a") as told:
            told.write(f"$ {' '.join(asked[1:])}\n")
            told.flush()
            place = told.tell()
            code = _ended(subprocess.Popen(asked, cwd=ROOT, stdout=told, stderr=subprocess.STDOUT, env=environment,
                                           process_group=0))
        text = (HOME / f"{goal.id}.txt").read_bytes()[place:].decode("utf-8", "replace")
        reached.figures += figures_of(text, goal) or [f"ended with {code}"]
        reached.is_met = reached.is_met is not False and code == 0
    reached.seconds = time.monotonic() - begun
    return reached


def _ended(program: "subprocess.Popen[bytes]") -> int:
    """Wait for a program, and end it and its children when we are ended."""
    try:
        return program.wait()
    finally:
        if program.poll() is None:
            os.killpg(program.pid, signal.SIGTERM)


def table(reached: Sequence[Reached], scale: float) -> str:
    about = f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} processors ({platform.machine()}), scale {scale:g}"
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    lines = [f"# What the deep trials reached\n\n{about}, {commit.stdout.strip() or 'no commit'}\n",
             "| id | goal | | figures | took | what it does not show |", "|---|---|---|---|---|---|"]
    for each in reached:
        figures = "; ".join(each.figures) if each.goal.commands else each.goal.instead
        took = f"{each.seconds / 60:.1f} min" if each.seconds else ""
        cells = (each.goal.id, each.goal.goal, each.word, figures, took, each.goal.shows_not)
        lines.append("| " + " | ".join(cell.replace("|", "¦").replace("\n", " ") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def parse(words: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", default="", help="ids with commas between them")
    parser.add_argument("--scale", type=float, default=1.0)
    given = parser.parse_args(words)
    given.only = [word for word in given.only.replace(",", " ").split()]
    if strange := set(given.only) - {goal.id for goal in GOALS}:
        parser.error(f"no such goal: {', '.join(sorted(strange))}")
    if not 0 < given.scale <= 10:
        parser.error("a scale is more than 0 and at most 10")
    return given


def main() -> int:
    given = parse()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that nothing is left running
    HOME.mkdir(parents=True, exist_ok=True)
    reached = []
    for goal in GOALS:
        if given.only and goal.id not in given.only:
            continue
        (HOME / f"{goal.id}.txt").unlink(missing_ok=True)
        sys.stdout.write(f"{goal.id} {goal.goal}\n")
        sys.stdout.flush()
        reached.append(run(goal, given.scale) if goal.commands else Reached(goal))
        sys.stdout.write("".join(f"  {each}\n" for each in reached[-1].figures) + f"  {reached[-1].word}\n")
        (HOME / "report.md").write_text(table(reached, given.scale))
    return 1 if any(each.is_met is False for each in reached) else 0


if __name__ == "__main__":
    sys.exit(main())
