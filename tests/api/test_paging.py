"""Pages by key: every row once, in one order, whatever the size of the page; and what a page costs."""

from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incubator.api.asking import MOST, part
from incubator.api.routes_read import RESOURCES
from tests.house.world import build

MORE = 7


def _add(make, world):
    """Make several of everything."""
    for number in range(MORE):
        project = make.project(("active", "completed", "awarded")[number % 3])
        make.milestone(project)
        make.update(project, photos=[make.photo(project, is_public=True) for _each in range(number % 3)])
        make.partnership(project, make.organisation())
        make.evidence(theme_id=world.project.theme_id)
        make.idea(is_public=True)
        make.workshop()
        make.round(state="open")
        make.theme(), make.district()


def _walk(program, path):
    keys, seen = [], 0
    while path:
        answer = program().get(path)
        assert answer.status_code == 200, answer.text
        keys += answer.json["items"]
        following = answer.json["next"]
        link = answer.headers.get("Link")
        assert link == (f'<{following}>; rel="next"' if following else None)
        path = following and following.partition("/api/v1")[2]
        assert urlsplit(following or "").query.count("after=") <= 1
        seen += 1
        assert seen < 100
    return keys


@pytest.fixture
def full(make):
    world = build(make)
    _add(make, world)
    return world


def test_every_row_comes_once_with_any_size(any_database, full, program):
    whole = {resource: program().get(f"/{resource.name}?lang=de&limit={MOST}").json for resource in RESOURCES}
    keys = {resource: [item[resource.key] for item in page["items"]] for resource, page in whole.items()}
    assert all(page["next"] is None for page in whole.values())
    assert all(len(each) == len(set(each)) > 6 for each in keys.values())

    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(RESOURCES), st.integers(1, 12))
    def walk(resource, size):
        walked = _walk(program, f"/{resource.name}?lang=de&limit={size}")
        assert [item[resource.key] for item in walked] == keys[resource]

    walk()


def test_a_walk_keeps_what_was_asked_for(full, program):
    slugs = [item["slug"] for item in _walk(program, "/projects?stage=closing&limit=1&fields=status&lang=ar")]
    wanted = [item["slug"] for item in program().get("/projects?limit=100").json["items"]
              if item["status"]["value"] == "completed"]
    assert slugs == wanted and len(slugs) > 1


def test_a_list_asks_eight_questions_at_most_and_more_rows_ask_no_more(make, program, queries):
    world = build(make)
    counts = []
    for _turn in range(2):
        counts.append({resource.name: _asked(program, queries, f"/{resource.name}?lang=ar&limit={MOST}", 8)
                       for resource in RESOURCES})
        _add(make, world)
    assert counts[0] == counts[1]


def test_one_thing_asks_nine_questions_at_most(full, program, queries):
    for resource in RESOURCES:
        item = program().get(f"/{resource.name}?limit=1").json["items"][0]
        _asked(program, queries, f"/{resource.name}/{item[resource.key]}", 9)


def _asked(program, queries, path, most):
    with queries(at_most=most) as asked:
        assert program().get(path).status_code == 200
    return len(asked)


@given(st.dictionaries(st.text(), st.integers()), st.lists(st.text()), st.text())
def test_parts_are_those_asked_for_and_what_names_the_thing(whole, wants, key):
    found = part(whole, key, wants)
    assert found.items() <= whole.items()
    assert set(found) == (set(whole) & {*wants, key} if wants else set(whole))
