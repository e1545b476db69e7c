"""Pages by key: every row once, in one order, whatever the size of the page; and what a page costs."""

from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incubator.api.asking import MOST, part
from incubator.api.routes_read import RESOURCES
from tests.house.world import build

NAMES = [resource.name for resource in RESOURCES]
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


@pytest.mark.parametrize("resource", RESOURCES, ids=NAMES)
def test_every_row_comes_once_with_any_size(any_database, full, program, resource):
    whole = program().get(f"/{resource.name}?lang=de&limit={MOST}").json
    keys = [item[resource.key] for item in whole["items"]]
    assert whole["next"] is None and len(keys) == len(set(keys)) > 6

    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(1, len(keys) + 1))
    def walk(size):
        walked = _walk(program, f"/{resource.name}?lang=de&limit={size}")
        assert [item[resource.key] for item in walked] == keys

    walk()


def test_a_walk_keeps_what_was_asked_for(full, program):
    slugs = [item["slug"] for item in _walk(program, "/projects?stage=closing&limit=1&fields=status&lang=ar")]
    wanted = [item["slug"] for item in program().get("/projects?limit=100").json["items"]
              if item["status"]["value"] == "completed"]
    assert slugs == wanted and len(slugs) > 1


@pytest.mark.parametrize("resource", RESOURCES, ids=NAMES)
def test_a_list_asks_eight_questions_at_most_and_more_rows_ask_no_more(make, program, queries, resource):
    world = build(make)
    counts = []
    for _turn in range(2):
        with queries(at_most=8) as asked:
            assert program().get(f"/{resource.name}?lang=ar&limit={MOST}").status_code == 200
        counts.append(len(asked))
        _add(make, world)
    assert counts[0] == counts[1] or resource.name in ("updates",), counts


@pytest.mark.parametrize("resource", RESOURCES, ids=NAMES)
def test_one_thing_asks_nine_questions_at_most(full, program, queries, resource):
    item = program().get(f"/{resource.name}?limit=1").json["items"][0]
    with queries(at_most=9):
        assert program().get(f"/{resource.name}/{item[resource.key]}").status_code == 200


@given(st.dictionaries(st.text(), st.integers()), st.lists(st.text()), st.text())
def test_parts_are_those_asked_for_and_what_names_the_thing(whole, wants, key):
    found = part(whole, key, wants)
    assert found.items() <= whole.items()
    assert set(found) == (set(whole) & {*wants, key} if wants else set(whole))
