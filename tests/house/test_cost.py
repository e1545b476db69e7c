"""What a page may ask the database: eight questions for everyone, twenty for those who are signed in.

Lists have tests of their own that more rows ask no more; here every page is counted, in a world with one of each.
"""

import pytest

from tests.fediverse import rows as fediverse
from tests.house.siege import HOME_OF, HOMES, Siege, allowed, paths_of, places, send, world_in

PUBLIC, OWN = 8, 20
MORE = {}  # pages that may ask more: {why no fewer: {endpoint: how many}}
LIMITS = {endpoint: number for group in MORE.values() for endpoint, number in group.items()}


def limit_of(endpoint, name):
    return LIMITS.get(endpoint, PUBLIC if name == "stranger" else OWN)


def askers(app, endpoint):
    """Return a few of those who may open it: the first, the last, and the coordination, who sees most."""
    names = allowed(app, endpoint)
    return list(dict.fromkeys([names[0], *(name for name in names if name == "coordinator"), names[-1]]))


def test_public_pages_ask_no_more_where_projects_can_be_followed_from_elsewhere(app, make, tmp_path, queries):
    app.config.update(BASE_URL="https://stadt.example", FEDIVERSE="on")
    siege, asked_by = Siege(app, world_in("active", make), tmp_path), {}
    fediverse.programme()
    for rule in places(app, "GET"):
        if "stranger" not in allowed(app, rule.endpoint) or HOME_OF.get(rule.endpoint, "active") != "active":
            continue
        for path in paths_of(rule, siege.world):
            with queries() as asked:
                answer = send(siege.as_("stranger"), "GET", path)
            if not isinstance(answer, str) and answer.status == 200:
                asked_by[rule.endpoint] = max(len(asked), asked_by.get(rule.endpoint, 0))
    assert "follow.start" in asked_by and "fediverse.actor" in asked_by
    assert {name: number for name, number in asked_by.items() if number > limit_of(name, "stranger")} == {}


@pytest.mark.long
@pytest.mark.parametrize("home", HOMES)
def test_no_page_asks_more_than_it_may(app, make, tmp_path, queries, home):
    app.config["DEMO"] = True
    siege, wrong = Siege(app, world_in(home, make), tmp_path), {}
    for rule in places(app, "GET"):
        if HOME_OF.get(rule.endpoint, "active") != home:
            continue
        for path, name in ((path, name) for path in paths_of(rule, siege.world) for name in askers(app, rule.endpoint)):
            visitor = siege.as_(name)
            with queries() as asked:
                answer = send(visitor, "GET", path)
            if not isinstance(answer, str) and answer.status == 200 and len(asked) > limit_of(rule.endpoint, name):
                wrong[f"{rule.endpoint} {name}"] = len(asked)
    assert not wrong, "\n".join(f"{each}: {number}" for each, number in sorted(wrong.items()))
