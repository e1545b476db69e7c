"""Plant small faults into the rules about rights, money and the record, one at a time, and see whether tests notice.

    python -m tools.mutate                         all of them, about an hour and a half
    python -m tools.mutate --scale 0.1             every tenth
    python -m tools.mutate --only policy           the files whose path holds this word

Nothing is written into the program: each fault lives in a process of its own, which has loaded everything else already.
What survived stands in build/deep/mutants.txt; ends with 1 where less than nine of ten were noticed.
"""

import argparse
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from tools import mutants

ROOT = Path(__file__).resolve().parent.parent
SURVIVORS = ROOT / "build" / "deep" / "mutants.txt"
WANTED = 0.9
OURS = ("incubator", "tests", "config", "wsgi", "tools")
BUDGETS = ["tests/budgets/test_rules.py", "tests/budgets/test_rules_change.py", "tests/budgets/test_rules_approval.py",
           "tests/budgets/test_review.py", "tests/budgets/test_submit.py", "tests/budgets/test_decide.py",
           "tests/budgets/test_deputy.py", "tests/budgets/test_shift.py", "tests/budgets/test_change_decision.py",
           "tests/budgets/test_save_plan.py", "tests/budgets/test_minutes.py"]
JOURNAL = ["tests/journal/test_chain.py", "tests/journal/test_walk.py", "tests/journal/test_tampering.py",
           "tests/journal/test_checkpoints.py"]
POLICY = ["tests/house/test_policy.py"]
TARGETS = {
    "incubator/policy.py": POLICY, "incubator/policy_rules.py": POLICY, "incubator/policy_fresh.py": POLICY,
    "incubator/budgets/rules.py": BUDGETS, "incubator/budgets/rules_approval.py": BUDGETS,
    "incubator/budgets/rules_change.py": BUDGETS, "incubator/budgets/rules_figures.py": BUDGETS,
    "incubator/budgets/rules_minutes.py": BUDGETS,
    "incubator/journal/rules.py": JOURNAL, "incubator/journal/verifier.py": JOURNAL,
}
OPTIONS = ["-x", "-q", "-n0", "-p", "no:cacheprovider", "-k", "not postgresql", "--no-header", "--tb=no"]
FEWEST, TIMES = 20.0, 6.0  # seconds, and how many times as long as without a fault, until a run counts as endless


class _Planted(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from what it is given, not from its file."""

    def __init__(self, name: str, path: Path, code: CodeType) -> None:
        self.name, self.path, self.code = name, path, code

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if name != self.name:
            return None
        return importlib.util.spec_from_file_location(name, self.path, loader=self)

    def exec_module(self, module: Any) -> None:
        exec(self.code, module.__dict__)  # noqa: S102 - our own file with one fault in it


def module_of(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".")


@dataclass(frozen=True)
class Fault:
    """The code of one module with a fault; `is_quick` puts it into the program that is loaded already.

    Quick is three times as quick and does not reach what others took from the module by name, so that what passes is
    tried again the other way, where that one bears it: tests with a database do not bear a program loaded twice.
    """

    path: str
    code: CodeType
    is_quick: bool

    def plant(self) -> None:
        name = module_of(self.path)
        if not self.is_quick:
            for other in [other for other in sys.modules if other.partition(".")[0] in OURS]:
                del sys.modules[other]
            sys.meta_path.insert(0, _Planted(name, ROOT / self.path, self.code))
            return
        module = importlib.import_module(name)
        fresh: dict[str, Any] = {"__name__": name, "__file__": str(ROOT / self.path), "__package__":
                                 name.rpartition(".")[0], "__builtins__": __builtins__}
        exec(self.code, fresh)  # noqa: S102 - our own file with one fault in it
        _pour(vars(module), fresh)


def _pour(old: Any, fresh: dict[str, Any]) -> None:
    """Give functions their new code and names their new values; classes and their methods stay who they are."""
    for name, value in fresh.items():
        was = old.get(name)
        if isinstance(value, FunctionType) and isinstance(was, FunctionType):
            if was.__code__.co_freevars == value.__code__.co_freevars:
                was.__code__, was.__defaults__, was.__kwdefaults__ = (
                    value.__code__, value.__defaults__, value.__kwdefaults__)
        elif isinstance(value, type) and isinstance(was, type):
            if value.__module__ == fresh["__name__"]:
                _pour(vars(was), {**vars(value), "__name__": fresh["__name__"]})
        elif isinstance(value, property) and isinstance(was, property):
            _pour({"get": was.fget}, {"get": value.fget, "__name__": ""})
        elif isinstance(old, dict) and not name.startswith("__") and not isinstance(value, type):
            old[name] = value


def run(tests: Sequence[str], fault: Fault | None, told: Path, patience: float) -> str:
    """Run tests in a process of its own; return `passed`, `failed`, or `endless`."""
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        _be_child(tests, fault, told)
    until = time.monotonic() + patience
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            _end(child)
            return "passed" if os.waitstatus_to_exitcode(status) == 0 else "failed"
        time.sleep(0.02)
    _end(child)
    os.waitpid(child, 0)
    return "endless"


def _end(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _be_child(tests: Sequence[str], fault: Fault | None, told: Path) -> None:
    code = 99
    try:
        with told.open("w") as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
        if fault:
            fault.plant()
        _be_patient()
        import pytest
        code = int(pytest.main([*OPTIONS, *tests]))
        if fault is None:
            loaded = [name for name in sys.modules if name.partition(".")[0] not in ("tests", "tools")]
            told.with_suffix(".modules").write_text("\n".join(loaded))
    finally:
        os._exit(code)


def _be_patient() -> None:
    """Let walks and random texts be the same each time, and slow on a busy machine."""
    from hypothesis import HealthCheck, settings
    settings.register_profile("patient", deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    settings.load_profile("patient")


def load(told: Path) -> None:
    """Load here what the tests loaded, but for themselves, so that it is there in each process after this."""
    for name in told.with_suffix(".modules").read_text().splitlines():
        with suppress(Exception):
            importlib.import_module(name)


def tried(path: str, tests: Sequence[str], step: int, scratch: Path) -> tuple[int, list[str]]:
    """Try every `step`-th fault of a file and return how many were tried, and those nobody noticed."""
    told = scratch / "told.txt"
    if run(tests, None, told, 900) != "passed":
        raise SystemExit(f"Without any fault the tests of {path} do not pass:\n{told.read_text()[-2000:]}")
    load(told)
    begun, source = time.monotonic(), (ROOT / path).read_text()
    ways = [is_quick for is_quick in (True, False)
            if run(tests, Fault(path, compile(source, path, "exec"), is_quick), told, 900) == "passed"]
    if not ways:
        raise SystemExit(f"Planted without a fault {path} fails by itself:\n{told.read_text()[-2000:]}")
    patience = max(FEWEST, TIMES * (time.monotonic() - begun))
    planted = list(mutants.of(source))[::step]
    left = []
    for mutant in planted:
        try:
            code = compile(mutant.tree, path, "exec")
        except (SyntaxError, ValueError):
            continue
        if all(run(tests, Fault(path, code, is_quick), told, patience) == "passed" for is_quick in ways):
            left.append(f"{path}:{mutant.line} {mutant.what}")
            sys.stdout.write(f"  {left[-1]}\n")
            sys.stdout.flush()
    return len(planted), left


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--only", default="", help="files whose path holds this")
    return parser.parse_args()


def main() -> int:
    given = parse()
    SURVIVORS.parent.mkdir(parents=True, exist_ok=True)
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    step, total, left = max(1, round(1 / given.scale)), 0, list[str]()
    for path, tests in TARGETS.items():
        if given.only not in path:
            continue
        number, survived = tried(path, tests, step, SURVIVORS.parent)
        total, left = total + number, left + survived
        sys.stdout.write(f"{path}: {number - len(survived)} of {number} noticed\n")
        sys.stdout.flush()
    SURVIVORS.write_text("\n".join(left) + "\n")
    share = (total - len(left)) / total if total else 0
    sys.stdout.write(f"{total - len(left)} of {total} faults noticed: {share:.1%}\n")
    return 0 if share >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
