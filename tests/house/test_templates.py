"""Every template parses, is reached, and keeps to the strict policy."""

import re

import pytest
from jinja2 import nodes

from tests.house.sources import PROGRAM, ROOT, TEMPLATES, name

NAMES = [path.relative_to(ROOT / "templates").as_posix() for path in TEMPLATES]
DATA = r' type="application/ld\+json">'  # never run, so the strict policy does not speak of it
INLINE = re.compile(
    rf"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\ssrc=|{DATA})", re.IGNORECASE
)
MARKED_SAFE = re.compile(r"\|\s*safe\b|autoescape\s+false")
WRITTEN_HERE = re.compile(r"([\"'])[^\"'{}]*\1\s*\|\s*safe\b|'<a href=\"%s\">%s</a>'\s*\|\s*safe\b")


@pytest.mark.parametrize("template", NAMES)
def test_a_template_parses(app, template):
    app.jinja_env.get_template(template)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_has_nothing_inline(path):
    wrong = [line.strip() for line in path.read_text().splitlines() if INLINE.search(line)]
    assert wrong == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_escapes_everything(path):
    assert not MARKED_SAFE.search(WRITTEN_HERE.sub("", path.read_text()))


def _references(app, template):
    tree = app.jinja_env.parse((ROOT / "templates" / template).read_text())
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        named = [node.template] if isinstance(node.template, nodes.Const) else node.template.find_all(nodes.Const)
        yield from (constant.value for constant in named)


def test_every_template_is_reached(app):
    code = "\n".join(path.read_text() for path in PROGRAM)
    letters = re.findall(r"[\"']([a-z_]+)[\"']", code)
    reached = {each for each in NAMES if f'"{each}"' in code}
    reached |= {f"letters/{each}.txt" for each in letters}
    queue = [each for each in reached if each in NAMES]
    while queue:
        for found in _references(app, queue.pop()):
            if found in NAMES and found not in reached:
                queue.append(found)
                reached.add(found)
    assert sorted(set(NAMES) - reached) == []


@pytest.mark.parametrize("path", [each for each in TEMPLATES if each.suffix == ".txt"], ids=name)
def test_a_letter_has_a_subject_and_greets(path):
    lines = path.read_text().strip().splitlines()
    text = "\n".join(line for line in lines if not line.strip().startswith(("{%", "{#")) or "_(" in line)
    assert len(text) > 60


def test_links_that_open_elsewhere_say_so():
    for path in TEMPLATES:
        assert 'target="_blank"' not in path.read_text(), name(path)
