"""The web and the worker read at their start only what nearly every page needs."""

import ast
import importlib
import os
import subprocess
import sys

import pytest

from tests.house.sources import ROOT

HEAVY = (
    "aiohttp", "alembic", "authlib", "babel.messages.frontend", "flask_migrate", "icalendar", "joserfc", "mako",
    "PIL", "pikepdf", "pillow_heif", "psycopg", "py_vapid", "pyrage", "pywebpush", "requests", "segno", "sepaxml",
    "tinycss2", "typst", "webauthn",
)
ASK = f"import sys, wsgi; print(*(each for each in {HEAVY!r} if each in sys.modules))"


def lent():
    """Give (file, name, package) for each name that stands for a package which is read later."""
    for path in sorted((ROOT / "incubator").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Assign):
                yield from _pairs(path, node)


def _pairs(path, node):
    targets = node.targets[0].elts if isinstance(node.targets[0], ast.Tuple) else node.targets
    values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
    for target, value in zip(targets, values, strict=False):
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "later":
            yield path, target.id, value.args[0].value


def test_what_few_pages_need_is_not_read_at_the_start(tmp_path):
    given = os.environ | {"INCUBATOR_INSTANCE": str(tmp_path), "DEMO": "1", "REDIS_URL": "",
                          "DATABASE_URL": f"sqlite:///{tmp_path / 'incubator.db'}"}
    said = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, env=given, capture_output=True, text=True, check=True)
    assert said.stdout.split() == []


@pytest.mark.parametrize(("path", "name", "package"), list(lent()), ids=lambda each: getattr(each, "stem", each))
def test_what_is_read_later_has_everything_that_is_asked_of_it(path, name, package):
    """Type checkers do not look behind such a name."""
    module = importlib.import_module(package)
    asked = {node.attr for node in ast.walk(ast.parse(path.read_text()))
             if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name}
    assert asked and [each for each in asked if not hasattr(module, each)] == []
