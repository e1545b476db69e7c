"""Every form says at its head what it is for and what happens after sending."""

import re

import pytest

from tests.house.sources import ROOT, TEMPLATES, name

FRAMES = {"partners/pledge_frame.html": "answer", "partners/promise_frame.html": "promise"}
FORM = re.compile(r"\{% call form_to\(|<form\b(?=[^>]*post)")
SENTENCE = re.compile(r'(?:<p\b(?:(?!</p>).)*?|notice\()_\(\s*"((?:[^"\\]|\\.){25,})"', re.DOTALL)
FIELDS = re.compile(r"\{\{ (?:field|[a-z_]+_fields|what|plan_form)\(")
SAID_ELSEWHERE = {
    "boards/phone.html",  # the question of the room is its head
    "projects/reason.html",  # each way there brings its own sentence
}


def _whole(path):
    """Read a template with the frame around it."""
    text = path.read_text()
    for frame, block in FRAMES.items():
        if f'{{% extends "{frame}" %}}' in text:
            around = (ROOT / "templates" / frame).read_text()
            return around.replace(f"{{% block {block} %}}", text)
    return text


def _has_fields(text):
    return FORM.search(text) and FIELDS.search(text)


PAGES = [path for path in TEMPLATES if path.suffix == ".html" and "{% extends" in path.read_text()
         and _has_fields(path.read_text())]


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_form_says_what_it_is_for(path):
    if path.relative_to(ROOT / "templates").as_posix() in SAID_ELSEWHERE:
        return
    text = _whole(path)
    body = text[text.find("{% block main %}" if "{% block main %}" in text else "{% block"):]  # after its macros
    head = body[:FORM.search(body).start()] if FORM.search(body) else body
    assert SENTENCE.search(head), "a <p> with one plain sentence before the form: what for, and what happens then"
