"""Every address × everybody who might open it: the table in matrix.py, tried; what they see is good HTML."""

from datetime import date

import pytest

from incubator.foundation.transaction import transaction
from incubator.policy import Act
from tests.house.matrix import ACTS, ALLOWED, ENDPOINTS, FORBIDDEN, HIDDEN, INSIDE, SIGN_IN, VISITORS, rows
from tests.house.siege import Siege, is_by_key
from tests.house.world import address, build, renew
from tests.markup import faults
from tests.visitors import Answer

BY_ACT, BY_ENDPOINT = rows(ACTS), rows(ENDPOINTS)
GROUPS = [list(BY_ACT)[first::12] for first in range(12)]  # each builds the world once and puts it back
EVERYBODY = ("stranger", "signed in", "lead", "coordinator")


def _guarded(app):
    return {
        rule.endpoint: rule for rule in app.url_map.iter_rules()
        if hasattr(app.view_functions[rule.endpoint], "act") and not is_by_key(app.view_functions[rule.endpoint])
    }


def _sign(answer):
    if answer.status == 403:
        return FORBIDDEN
    if answer.status == 404:
        return HIDDEN
    return SIGN_IN if (answer.location or "").endswith("/sign-in") else ALLOWED


def _seen(siege, rule, wanted, make, pages):
    """Return what everybody meets at an address; those who may not come first, so that what is there stays.

    `pages` takes the answers of those that only read.
    """
    order, path, seen = sorted(VISITORS, key=lambda name: wanted[name] == ALLOWED), address(rule, siege.world), {}
    for name in order:
        if "GET" in rule.methods:
            answer = siege.as_(name).get(path)
            seen[name], pages[name] = _sign(answer), answer
        else:
            if wanted[name] == ALLOWED:  # who is refused takes nothing away
                renew(siege.world, make)
                path = address(rule, siege.world)
            seen[name] = _sign(siege.as_(name).post(path))
    return seen


@pytest.mark.long
@pytest.mark.parametrize("acts", GROUPS, ids=[f"{acts[0]} and {len(acts) - 1} more" for acts in GROUPS])
def test_an_act_is_open_to_exactly_those_in_the_table(app, make, tmp_path, acts):
    siege, wrong = Siege(app, build(make), tmp_path), list[str]()
    as_built = dict(vars(siege.world))
    for endpoint, rule in _guarded(app).items():
        act = app.view_functions[endpoint].act
        if act not in acts:
            continue
        wanted = BY_ENDPOINT.get(endpoint, BY_ACT[act])
        pages = dict[str, Answer]()
        seen = _seen(siege, rule, wanted, make, pages)
        wrong += [f"{endpoint} ({rule.rule}): {name} {seen[name]} instead of {wanted[name]}"
                  for name in VISITORS if seen[name] != wanted[name]]
        wrong += _bad_html(endpoint, *pages.values())
        vars(siege.world).update(as_built)
        siege.put_back()
    assert wrong == []


def _bad_html(endpoint, *answers):
    """Look at the HTML of one page at an address; the pages are drawn here anyway."""
    page = next((each for each in answers if each.status == 200 and each.response.mimetype == "text/html"), None)
    return [f"{endpoint}: {each}" for each in faults(page.text)] if page else []


def test_every_act_and_address_has_its_row(app):
    assert set(BY_ACT) | INSIDE == {act.value for act in Act}
    assert set(BY_ENDPOINT) <= set(_guarded(app))


def test_a_missing_thing_looks_like_any_other_to_strangers(app, make, visit):
    world = build(make)
    for endpoint, rule in _guarded(app).items():
        numbers = [name for name in rule.arguments if name.endswith("_id")]
        if not numbers or "GET" not in rule.methods:
            continue
        path = address(rule, world).replace(f"/{getattr(world, numbers[0][:-3], world.spare).id}", "/987654")
        assert _sign(visit().get(path)) == SIGN_IN, endpoint


@pytest.mark.parametrize("who", EVERYBODY)
def test_public_pages_are_open_to_everybody(app, make, visit, who):
    world = build(make)
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if not getattr(view, "is_public", False) or "GET" not in rule.methods:
            continue
        answer = visit(world.people.get(who)).get(address(rule, world))
        assert answer.status != 403, rule.endpoint
        assert answer.status < 500, rule.endpoint
        assert _bad_html(rule.endpoint, answer) == []


def test_nobody_decides_about_their_own_project(app, make, visit):
    """Roles add up, but a part in the project takes the deciding acts away."""
    own = make.person("coordinator", "mentor", "lead")
    project = make.project(status="active", lead=own, mentor=None)
    make.plan(project, state="submitted")
    visitor = visit(own)
    for tail in ("check", "decision", "suspend", "revoke", "budget/review", "budget/return"):
        assert visitor.get(f"/de/desk/projects/{project.id}/{tail}").status == 403, tail


def test_a_mentor_who_left_sees_nothing_more(app, make, visit):


    mentor = make.person("mentor")
    project = make.project(status="active", mentor=mentor)
    path = f"/de/desk/projects/{project.id}"
    assert visit(mentor).get(path).status == 200
    with transaction():
        next(part for part in project.participations if part.person_id == mentor.id).until = date(2026, 3, 1)
    assert visit(mentor).get(path).status == 403


def test_a_closed_account_is_signed_out_everywhere(app, make, visit):

    person = make.person("coordinator")
    visitor = visit(person)
    assert visitor.get("/de/desk/").status == 200
    with transaction():
        person.is_active = False
    assert _sign(visitor.get("/de/desk/")) == SIGN_IN
