"""Imports go down and to the left."""

import re
import subprocess
import sys

from tests.house.sources import PROGRAM, ROOT, name


def test_the_contracts_hold():
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", program, "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_split_files_keep_the_web_out_too():
    split = re.compile(r"/(models|rules|queries|operations)_\w+\.py$")
    web = re.compile(r"^\s*(from|import) (flask|wtforms|flask_login)\b", re.MULTILINE)
    assert [name(path) for path in PROGRAM if split.search(name(path)) and web.search(path.read_text())] == []
