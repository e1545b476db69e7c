"""What runs for hours names tests that are there, and what it says is what was told."""

import ast
import json
import os
import subprocess
import sys

import pytest

from tests.house.sources import ROOT
from tools import deep, mutants, mutate
from tools.deep import Reached, figures_of, table
from tools.deep_goals import GOALS, Goal

BY_ID = {goal.id: goal for goal in GOALS}
POLICY = "from acts import Act\nRULES = {Act.SEE: both(a, never(b)), Act.PAY: holding('office', 'mayor')}\n"


@pytest.mark.parametrize("goal", GOALS, ids=BY_ID)
def test_a_goal_is_tried_or_says_in_words_why_not(goal):
    assert bool(goal.commands) != bool(goal.instead)
    named = [part for command in goal.commands for part in command if part.startswith("tests/")]
    assert [part for part in named if not (ROOT / part).exists()] == []


def test_no_goal_comes_twice():
    assert len(BY_ID) == len(GOALS)


def test_figures_are_read_out_of_what_programs_say():
    goal = Goal("X1", "a", "b", lines=r"told as saved")
    text = ".figure: 7 kills: 0 lost\nsomething else\n  told as saved: 3 receipts\n2 failed, 3 passed in 1.20s\n"
    assert figures_of(text, goal) == ["7 kills: 0 lost", "2 failed, 3 passed", "told as saved: 3 receipts"]


def test_the_table_says_what_was_missed_and_what_was_not_run():
    rows = [Reached(Goal("X1", "one", "not | this"), True, 61, ["7 kills"]), Reached(Goal("X2", "two", ""), False),
            Reached(Goal("X3", "three", "", instead="Nobody has a second machine."))]
    lines = table(rows, 0.1).splitlines()
    assert "| X1 | one | reached |  | 1.0 min | not ¦ this |" in lines
    assert "scale 0.1" in table(rows, 0.1) and any("**missed**" in line for line in lines)
    assert "| X3 | three | not run | Nobody has a second machine. |  |  |" in lines


def test_goals_are_chosen_by_name_and_strange_ones_refused(capsys):
    assert deep.parse(["--only", "R1, T1"]).only == ["R1", "T1"]
    for words in (["--only", "R1,Z9"], ["--scale", "0"]):
        with pytest.raises(SystemExit):
            deep.parse(words)


def planted(source):
    return {each.what: ast.unparse(each.tree) for each in mutants.of(source)}


def test_a_tables_answers_are_opened_and_closed_and_its_parts_left_out():
    found = planted(POLICY)
    assert "Act.PAY: lambda actor, subject: True" in found["Act.PAY is for everybody"]
    assert "Act.SEE: lambda actor, subject: False" in found["Act.SEE is for nobody"]
    assert "both(a)" in found["without never(b)"] and "holding('mayor')" in found["without 'office'"]


def test_conditions_numbers_and_answers_are_changed_one_at_a_time():
    found = planted("def over(a, b):\n    if a > 2 and not b:\n        raise Refused\n    return a - 1\n")
    assert {"Gt becomes GtE", "Gt becomes LtE", "And becomes Or", "Not is gone", "2 becomes 3", "Sub becomes Add",
            "1 becomes 2", "the condition is turned", "nothing is returned", "left out: raise Refused"} == set(found)
    assert all(text.count("def over") == 1 for text in found.values())


def test_sentences_and_types_are_left_alone():
    assert planted("def say(a: 'int' = None) -> 'str':\n    'Say it.'\n    return\nNO = _('Please pay 2.')\n") == {}


def test_what_is_mutated_is_there_and_so_are_its_tests():
    for path, tests in mutate.TARGETS.items():
        assert [each for each in (path, *tests) if not (ROOT / each).exists()] == []


ALONE = """
import json, pathlib, sys
from tools import mutate
here = pathlib.Path.cwd()
sys.path.insert(0, str(here))
mutate.ROOT, mutate.OURS = here, (*mutate.OURS, "shop", "test_shop")
mutate.OPTIONS = ["-x", "-q", "-p", "no:cacheprovider", "--rootdir", str(here)]
print(json.dumps(mutate.tried("shop.py", [str(here / "test_shop.py")], 1, here)))
"""


@pytest.mark.long
def test_a_fault_that_is_planted_is_noticed_and_nothing_is_written(tmp_path):
    """The whole way with one file: a fault that matters is noticed, one in a word that nobody reads is not."""
    (tmp_path / "shop.py").write_text("WORD = 'nobody reads this'\ndef price(n):\n    return 2 * n\n")
    (tmp_path / "test_shop.py").write_text("import shop\ndef test_it():\n    assert shop.price(3) == 6\n")
    before = (tmp_path / "shop.py").read_text()
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    said = subprocess.run([sys.executable, "-c", ALONE], cwd=tmp_path, env=own | {"PYTHONPATH": str(ROOT)},
                          capture_output=True, text=True, check=True)
    number, left = json.loads(said.stdout.splitlines()[-1])
    assert number >= 4 and [each.partition(" ")[2][:8] for each in left] == ["'nobody "]
    assert (tmp_path / "shop.py").read_text() == before
