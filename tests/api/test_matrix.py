"""Everybody of the house, each with a key that may everything, at every address a key opens: the policy's own table."""

import pytest

from incubator.api.rules import Scope
from incubator.policy_fresh import FRESH
from tests.house.matrix import ACTS, ALLOWED, VISITORS, rows
from tests.house.world import address, build

BY_ACT = rows(ACTS)


def by_key(app):
    return {rule.endpoint: rule for rule in app.url_map.iter_rules()
            if hasattr(app.view_functions[rule.endpoint], "is_by_key")}


def test_a_key_opens_what_its_person_may_open_and_nothing_else(app, make, program, key_for):
    world, wrong = build(make), []
    tokens = {name: key_for(world.people[name]) for name in VISITORS if name != "stranger"} | {"stranger": None}
    for endpoint, rule in by_key(app).items():
        wanted = BY_ACT[app.view_functions[endpoint].act]
        path = address(rule, world).removeprefix("/api/v1")
        for name in VISITORS:
            asks = program(tokens[name])
            answer = asks.get(path) if "GET" in rule.methods else asks.post(path, {})
            # 428 and 422 say that the key was let in, and that what it sent was not enough
            status = 401 if name == "stranger" else {200, 422, 428} if wanted[name] == ALLOWED else {403}
            if answer.status_code not in (status if isinstance(status, set) else {status}):
                wrong.append(f"{endpoint} {name}: {answer.status_code}")
    assert wrong == []


def test_nothing_that_is_proved_anew_each_time_can_be_done_with_a_key(app):
    acts = {app.view_functions[endpoint].act for endpoint in by_key(app)}
    assert acts and not acts & FRESH


def test_each_write_asks_for_a_scope_of_its_own(app, make, program, key_for):
    world = build(make)
    tokens = {scope: key_for(world.people["lead"], scope) for scope in (Scope.REPORT, Scope.UPDATE)}
    tokens[Scope.SESSION] = key_for(world.people["mentor"], Scope.SESSION)
    paths = {Scope.REPORT: f"/milestones/{world.milestone.id}/report",
             Scope.UPDATE: f"/projects/{world.project.slug}/updates",
             Scope.SESSION: f"/projects/{world.project.slug}/sessions"}
    for asked, path in paths.items():
        for scope, token in tokens.items():
            status = program(token).post(path, {}).status_code
            assert (status in (422, 428)) == (scope is asked), (asked, scope, status)


def test_a_page_of_another_site_sends_nothing_without_a_key(app, make):
    world = build(make)
    for endpoint, rule in by_key(app).items():
        if "POST" in rule.methods:
            answer = app.test_client().post(address(rule, world), json={}, headers={
                "Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"})
            assert answer.status_code == 401, endpoint


@pytest.mark.parametrize("name", ["lead", "mentor"])
def test_ones_own_lists_hold_ones_own_projects(any_database, make, program, key_for, name):
    world = build(make)
    asks = program(key_for(world.people[name]))
    projects, milestones = asks.get("/my/projects").json, asks.get("/my/milestones").json
    assert [each["slug"] for each in projects["items"]] == [world.project.slug]
    assert {each["project"] for each in milestones["items"]} == {world.project.slug}
    assert asks.get("/my/milestones?project=nowhere").json["items"] == []
    other = program(key_for(world.people["signed in"]))
    assert other.get("/my/projects").json == {"items": [], "next": None}
