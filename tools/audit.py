"""Ask for known weaknesses of every locked package; whoever was not looked up counts as a fault, never as healthy.

    python tools/audit.py               asks pip-audit, in a virtual environment of its own
    python tools/audit.py answer.json   judges an answer that pip-audit gave elsewhere (`--format json`)

Ends with 1 when there is a weakness, or when it is not known whether there is one: a machine that reaches no list of
weaknesses cannot say that all is well.
"""

import json
import re
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "test.txt"  # holds everything of run.txt too
HOME = ROOT / "build" / "audit"
AUDITOR = "pip-audit==2.10.1"
ACCEPTED: dict[str, str] = {}  # number of a weakness: why it does not touch us, and until when we look again
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(text: str) -> dict[str, str]:
    return {plain(name): version for name, version in PINNED.findall(text)}


def judge(answer: Any, wanted: dict[str, str], accepted: dict[str, str]) -> list[str]:
    """Return what is wrong, in sentences; nothing is right that was not looked up in just the locked version."""
    parts = answer.get("dependencies") if isinstance(answer, dict) else None
    if not isinstance(parts, list):
        return ["The answer is none: nothing was looked up."]
    faults, seen = [], set()
    for part in parts:
        name = plain(str(part.get("name", "")))
        if "skip_reason" in part or "vulns" not in part:
            faults.append(f"{name} was not looked up: {part.get('skip_reason', 'no reason was given')}")
        elif wanted.get(name) == part.get("version"):
            seen.add(name)
        faults += [f"{name} {part.get('version')} has {each['id']}, mended in {', '.join(each.get('fix_versions', []))}"
                   for each in part.get("vulns", []) if not accepted.get(each["id"])]
    named = {plain(str(part.get("name", ""))) for part in parts if "vulns" not in part}
    faults += [f"{name} {wanted[name]} does not occur in the answer." for name in sorted(set(wanted) - seen - named)]
    return faults


def ask(wanted: dict[str, str]) -> Any:
    """Return the auditor's answer, or None where it gave none; that it says all is well counts for nothing."""
    program = HOME / "bin" / "pip-audit"
    if not (HOME / AUDITOR).exists():
        venv.create(HOME, clear=True, with_pip=True)
        subprocess.run([str(HOME / "bin" / "python"), "-m", "pip", "install", "--quiet", AUDITOR], check=True)
        (HOME / AUDITOR).touch()
    question = HOME / "asked.txt"  # without markers: what another system installs is asked for too
    question.write_text("".join(f"{name}=={version}\n" for name, version in wanted.items()))
    asked = subprocess.run(
        [str(program), "--requirement", str(question), "--no-deps", "--disable-pip", "--format", "json",
         "--progress-spinner", "off"],
        capture_output=True, text=True, check=False,
    )
    try:
        return json.loads(asked.stdout)
    except json.JSONDecodeError:
        sys.stderr.write(asked.stderr)
        return None


def main(arguments: list[str]) -> int:
    wanted = locked(LOCK.read_text())
    faults = judge(json.loads(Path(arguments[0]).read_text()) if arguments else ask(wanted), wanted, ACCEPTED)
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    if not faults:
        sys.stdout.write(f"{len(wanted)} packages were looked up; none has a known weakness that was not accepted.\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
