"""An audit that could not look is a failed audit."""

import json

import pytest

from tools import audit

LOCKED = {"flask": "3.1.3", "jinja2": "3.1.6"}


def part(name, version, **more):
    return {"name": name, "version": version, "vulns": [], **more}


def answer(*parts):
    return {"dependencies": list(parts), "fixes": []}


HEALTHY = answer(part("Flask", "3.1.3"), part("jinja2", "3.1.6"))


def test_every_package_looked_up_and_healthy_is_fine():
    assert audit.judge(HEALTHY, LOCKED, {}) == []


def test_a_package_that_was_skipped_is_a_fault():
    skipped = answer(part("flask", "3.1.3"), {"name": "jinja2", "skip_reason": "not found"})
    assert audit.judge(skipped, LOCKED, {}) == ["jinja2 was not looked up: not found"]


def test_an_audit_that_skipped_everything_names_every_package():
    skipped = answer(*({"name": name, "skip_reason": "not found"} for name in LOCKED))
    assert len(audit.judge(skipped, LOCKED, {})) == 2


def test_a_package_the_answer_leaves_out_is_a_fault():
    assert audit.judge(answer(part("flask", "3.1.3")), LOCKED, {}) == ["jinja2 3.1.6 does not occur in the answer."]


def test_another_version_than_the_locked_one_says_nothing():
    assert audit.judge(answer(part("flask", "3.0.0"), part("jinja2", "3.1.6")), LOCKED, {}) != []


@pytest.mark.parametrize("nothing", [None, {}, [], {"dependencies": None}])
def test_no_answer_is_a_fault(nothing):
    assert audit.judge(nothing, LOCKED, {}) != []


def test_a_weakness_is_a_fault_until_somebody_wrote_down_why_not():
    weak = answer(part("flask", "3.1.3", vulns=[{"id": "X-1", "fix_versions": ["3.1.4"]}]), part("jinja2", "3.1.6"))
    assert audit.judge(weak, LOCKED, {}) == ["flask 3.1.3 has X-1, mended in 3.1.4"]
    assert audit.judge(weak, LOCKED, {"X-1": ""}) != []
    assert audit.judge(weak, LOCKED, {"X-1": "we never call it; looked at again in May"}) == []


def test_the_program_ends_with_a_fault_for_a_skipped_package(tmp_path, capsys):
    file = tmp_path / "answer.json"
    wanted = audit.locked(audit.LOCK.read_text())
    parts = [part(name, version) for name, version in wanted.items()]
    file.write_text(json.dumps(answer(*parts)))
    assert audit.main([str(file)]) == 0
    file.write_text(json.dumps(answer(*parts[1:], {"name": parts[0]["name"], "skip_reason": "not found"})))
    assert audit.main([str(file)]) == 1
    assert "was not looked up" in capsys.readouterr().err
