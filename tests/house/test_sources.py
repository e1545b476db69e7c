"""Rules of the house that can be read off the files."""

import ast
import re

import pytest

from tests.house.sources import PROGRAM, ROOT, SCRIPTS, STYLES, TEMPLATES, TESTS, calls, functions, name

LONGEST_FILE, LONGEST_FUNCTION = 250, 40
READS_ENVIRONMENT = {"config.py", "incubator/serve.py", "incubator/prepare.py"}
READS_REAL_TIME = {"incubator/foundation/clock.py", "incubator/serve.py"}
MAY_CATCH_ALL = {
    "incubator/foundation/transaction.py": "what follows a commit must not undo it",
    "incubator/journal/operations.py": "one listener must not stop the others",
    "incubator/accounts/jobs_letters.py": "one person's letter must not stop the others'",
    "incubator/fediverse/operations_inbox.py": "a fault of ours with one message must not hold up the next",
    "incubator/foundation/worker.py": "one periodic task must not stop the others",
}
LONGER = {"incubator/serve.py", "incubator/journal/verifier.py"}  # they stand alone, without the house
MONEY = re.compile(r"cents|budgets/|money\.py")


@pytest.mark.parametrize("path", [*PROGRAM, *TEMPLATES, *TESTS], ids=name)
def test_a_file_fits_in_the_head(path):
    if name(path) in LONGER or path.suffix not in (".py", ".html", ".txt"):
        return
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", PROGRAM, ids=name)
def test_a_function_fits_on_a_screen(path):
    too_long = [
        each.name for each in functions(path) if (each.end_lineno or each.lineno) - each.lineno >= LONGEST_FUNCTION
    ]
    assert too_long == []


def test_there_is_one_commit():
    commits = {name(path): calls(path, "commit") for path in PROGRAM}
    assert {path for path, lines in commits.items() if lines} == {"incubator/foundation/transaction.py"}


def test_only_config_reads_the_environment():
    readers = {
        name(path) for path in [*PROGRAM, ROOT / "config.py", ROOT / "wsgi.py"]
        if re.search(r"os\.environ|os\.getenv|from os import", path.read_text())
    }
    assert readers <= READS_ENVIRONMENT


def test_only_the_clock_knows_the_time():
    pattern = re.compile(r"datetime\.(now|utcnow|today)\(|date\.today\(|time\.time\(")
    assert {name(path) for path in PROGRAM if pattern.search(path.read_text())} <= READS_REAL_TIME


def test_no_float_comes_near_money():
    for path in PROGRAM:
        if not MONEY.search(name(path) + path.read_text()):
            continue
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            named = isinstance(node, ast.Name) and node.id in ("float", "round")
            written = isinstance(node, ast.Constant) and isinstance(node.value, float)
            if (named and not _is_argument(tree, node)) or written:
                raise AssertionError(f"{name(path)}:{node.lineno} uses a float in a file that handles amounts")


def _is_argument(tree, node):
    """`round` is also our word for a call for projects; only the built-in called with a number is meant."""
    return not any(
        isinstance(call, ast.Call) and call.func is node and node.id in ("float", "round") for call in ast.walk(tree)
    )


def test_a_catch_all_has_its_reason():
    for path in PROGRAM:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ExceptHandler) and (
                node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException")
            ):
                raises = any(isinstance(each, ast.Raise) for each in ast.walk(node))
                assert raises or name(path) in MAY_CATCH_ALL, f"{name(path)}:{node.lineno}"


def test_imports_are_absolute_and_at_the_top():
    for path in PROGRAM:
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{name(path)}:{node.lineno} is relative"
            if isinstance(node, ast.FunctionDef):
                inside = [each for each in ast.walk(node) if isinstance(each, ast.Import | ast.ImportFrom)]
                assert inside == [], f"{name(path)}:{node.lineno} imports inside a function"


def test_every_file_says_what_belongs_in_it():
    written = [path for path in PROGRAM if path.read_text().strip()]
    silent = [name(path) for path in written if not ast.get_docstring(ast.parse(path.read_text()))]
    assert silent == []


def test_nothing_prints():
    printing = {
        name(path) for path in PROGRAM for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    }
    assert printing <= {"incubator/serve.py"}


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_styles_know_start_and_end_not_left_and_right(path):
    physical = re.compile(
        r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)\b|(?:left|right)\s*:|"
        r"(?:text-align|float|clear)\s*:\s*(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius)"
    )
    wrong = [
        f"{number}: {line.strip()}" for number, line in enumerate(path.read_text().splitlines(), 1)
        if physical.search(line) and "physical:" not in line
    ]
    assert wrong == []


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_scripts_write_no_markup(path):
    markup = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function")
    assert not markup.search(path.read_text())


def test_every_dependency_says_why():
    wrong = []
    inside = False
    for line in (ROOT / "pyproject.toml").read_text().splitlines():
        if line.startswith(("dependencies = [", "test = [")):
            inside, before = True, line
            continue
        if inside and line.startswith("]"):
            inside = False
        if inside and line.strip().startswith('"') and "#" not in line and not before.strip().startswith("#"):
            wrong.append(line.strip())
        before = line
    assert wrong == []
