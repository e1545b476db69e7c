"""Every address says who may use it, and looks like the others."""

import re

import pytest

from incubator.policy import RULES, Act
from tests.house.sources import PROGRAM, TEMPLATES

OTHERS = {"static"}


def _rules(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in OTHERS]


def test_every_route_names_its_act_or_is_public(app):
    silent = [
        rule.rule for rule in _rules(app)
        if not hasattr(app.view_functions[rule.endpoint], "act")
        and not getattr(app.view_functions[rule.endpoint], "is_public", False)
    ]
    assert silent == []


def test_no_route_is_both_guarded_and_public(app):
    both = [name for name, view in app.view_functions.items() if hasattr(view, "act") and hasattr(view, "is_public")]
    assert both == []


def test_every_act_has_a_rule():
    assert set(RULES) == set(Act)


def test_every_act_is_asked_for():
    used = " ".join(path.read_text() for path in [*PROGRAM, *TEMPLATES] if path.name != "policy.py")
    assert [act.name for act in Act if not re.search(rf"Act\.{act.name}\b", used)] == []


def test_addresses_are_lower_case_with_hyphens(app):
    for rule in _rules(app):
        words = re.sub(r"<[^>]+>", "", rule.rule)
        assert re.fullmatch(r"[a-z0-9/.\-]*", words), rule.rule


def test_address_parts_have_types(app):
    for rule in _rules(app):
        for kind, part in re.findall(r"<(?:([^:<>]+):)?([^<>]+)>", rule.rule):
            typed = bool(kind) or part in ("slug", "token", "key", "step") or part.endswith(("_slug", "_token", "_key"))
            assert typed, f"{rule.rule}: <{part}>"


def test_what_changes_something_is_never_a_bare_get(app):
    risky = re.compile(r"sign-out|/(?:open|close|delete|remove|withdraw|revoke)$")
    for rule in _rules(app):
        if risky.search(rule.rule):
            assert "POST" in (rule.methods or ()), rule.rule


@pytest.mark.parametrize("path", ["/", "/projects/", "/districts/"])
def test_an_address_without_language_leads_to_one(app, visit, path):
    answer = visit().get(path, headers={"Accept-Language": "ar,en;q=0.5"})
    assert (answer.status, answer.location) == (302, f"/ar{path}")
    assert set(answer.response.vary) == {"Accept-Language", "Cookie"}


def test_the_language_chosen_last_wins(app, visit):
    visitor = visit()
    visitor.client.set_cookie("language", "en")
    answer = visitor.get("/", headers={"Accept-Language": "ar"})
    assert answer.location == "/en/"


def test_an_unknown_language_is_no_page(app, visit):
    assert visit().get("/xx/").status == 404
