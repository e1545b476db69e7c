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
NOT_TO_WATCH = ("argon2", "email", "flask", "hashlib", "http", "incubator", "random", "sqlalchemy", "ssl", "tempfile")
ASK_WATCHING = f"import sys, serve; print(*(each for each in {NOT_TO_WATCH!r} if each in sys.modules))"
ASK_OPENED = """
import sys, flask_babel, wsgi
sys.path.append("incubator")
import together
together._read_ahead(wsgi.app)
opened = []
sys.addaudithook(lambda name, given: opened.append(given[0]) if name == "open" else None)
with wsgi.app.test_request_context("/de/"):
    said = flask_babel.format_date(), flask_babel.format_currency(1, "EUR"), flask_babel.gettext("Sign out")
    wsgi.app.jinja_env.get_template("progress/home.html")
print(*opened)
"""


def lent():
    """Give (file, name, package) for each name that stands for a package which is read later."""
    for path in sorted((ROOT / "incubator").rglob("*.py")):
        text = path.read_text()
        for node in ast.walk(ast.parse(text)) if "later(" in text else ():
            if isinstance(node, ast.Assign):
                yield from _pairs(path, node)


def _pairs(path, node):
    targets = node.targets[0].elts if isinstance(node.targets[0], ast.Tuple) else node.targets
    values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
    for target, value in zip(targets, values, strict=False):
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "later":
            yield path, target.id, value.args[0].value


@pytest.fixture
def ask(tmp_path):
    given = os.environ | {"INCUBATOR_INSTANCE": str(tmp_path), "DEMO": "1", "REDIS_URL": "",
                          "DATABASE_URL": f"sqlite:///{tmp_path / 'incubator.db'}"}

    def answer(program, folder=ROOT):
        command = [sys.executable, "-c", program]
        return subprocess.run(command, cwd=folder, env=given, capture_output=True, text=True, check=True).stdout.split()

    return answer


def test_what_few_pages_need_is_not_read_at_the_start(ask):
    assert ask(ASK) == []


def test_who_only_watches_reads_nothing_but_what_watching_needs(ask):
    assert ask(ASK_WATCHING, ROOT / "incubator") == []


def test_what_web_and_worker_both_need_is_read_before_they_part(ask):
    assert ask(ASK_OPENED) == []


@pytest.mark.parametrize(("path", "name", "package"), list(lent()), ids=lambda each: getattr(each, "stem", each))
def test_what_is_read_later_has_everything_that_is_asked_of_it(path, name, package):
    """Type checkers do not look behind such a name."""
    module = importlib.import_module(package)
    asked = {node.attr for node in ast.walk(ast.parse(path.read_text()))
             if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name}
    assert asked and [each for each in asked if not hasattr(module, each)] == []
