"""`flask db` is there although Flask-Migrate is read only when somebody uses it."""

import os
import subprocess
import sys

import config


def run(tmp_path, *words):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"DEMO": "1", "INCUBATOR_INSTANCE": str(tmp_path)}
    return subprocess.run([sys.executable, "-m", "flask", "db", *words], cwd=config.ROOT, env=environment,
                          capture_output=True, text=True, check=False)


def test_the_database_is_brought_up_and_says_where_it_stands(tmp_path):
    assert run(tmp_path, "upgrade").returncode == 0
    assert "(head)" in run(tmp_path, "current").stdout


def test_an_unknown_step_is_refused(tmp_path):
    assert run(tmp_path, "upgrade", "9999").returncode == 1


def test_its_commands_are_listed(tmp_path):
    assert "downgrade" in run(tmp_path, "--help").stdout
