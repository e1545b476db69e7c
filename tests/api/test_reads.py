"""What everybody reads: the same as on the pages, marked, in the reader's language, open to other sites."""

import json
from datetime import date

import pytest

from incubator.api.routes_read import RESOURCES
from incubator.foundation.transaction import transaction
from incubator.wording.models import Origin
from incubator.wording.operations import translate
from tests.house.world import build


@pytest.fixture
def world(make):
    return build(make)


def listed(program, path, name="items"):
    answer = program().get(path)
    assert answer.status_code == 200, answer.text
    return answer.json[name]


def keys_of(resource, items):
    return [item[resource.key] for item in items]


def test_each_thing_of_a_list_is_there_by_itself(any_database, world, program):
    for resource in RESOURCES:
        items = listed(program, f"/{resource.name}?lang=de")
        assert items, resource.name
        for item in items:
            one = program().get(f"/{resource.name}/{item[resource.key]}?lang=de")
            assert one.status_code == 200, one.text
            both = {name: value for name, value in one.json.items() if name in item}
            assert both == item or resource.name == "projects"  # its district has a short name when it stands alone
            assert set(one.json) == set(resource.fields_of_one)


def test_a_program_gets_the_parts_it_asks_for(world, program):
    for resource in RESOURCES:
        names = [name for name in resource.item._declared_fields if name != resource.key][:2]
        for item in listed(program, f"/{resource.name}?fields={','.join(names)}"):
            assert set(item) == {resource.key, *names}


def test_what_is_not_there_is_said_in_json(world, program):
    for resource in RESOURCES:
        answer = program().get(f"/{resource.name}/{'987654' if resource.key == 'id' else 'nowhere'}")
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_who_has_an_answer_already_gets_nothing_twice(world, program):
    first = program().get("/projects?lang=de")
    mark = first.headers["ETag"]
    assert mark.startswith('"') and first.headers["Content-Language"] == "de"
    again = program().get("/projects?lang=de", If_None_Match=mark)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", mark)
    assert "Accept-Language" not in first.vary


def test_the_language_is_the_one_asked_for_else_the_one_that_is_read(world, program):
    assert program().get("/themes?lang=ar", Accept_Language="tr").headers["Content-Language"] == "ar"
    answer = program().get("/themes", Accept_Language="tr,en;q=0.5")
    assert answer.headers["Content-Language"] == "tr" and "Accept-Language" in answer.vary


def test_texts_come_translated_and_say_so(world, program):
    with transaction():
        translate("project", world.project.id, "title", "ar", "مطبخ", of=world.project.title, origin=Origin.MACHINE)
    title = program().get(f"/projects/{world.project.slug}?lang=ar").json["title"]
    assert title == {"text": "مطبخ", "language": "ar", "is_translation": True, "is_machine": True}
    assert program().get(f"/projects/{world.project.slug}?lang=de").json["title"]["is_translation"] is False


def test_programs_on_other_sites_read_what_is_public_and_only_that(app, world, program):
    answer = program().get("/projects")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    client = app.test_client()
    asked = client.options("/api/v1/projects", headers={"Origin": "https://else.example"})
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    for path in (f"/api/v1/projects/{world.project.slug}/updates", "/api/v1/my/projects"):
        asked = client.options(path, headers={"Origin": "https://else.example"})
        assert "Access-Control-Allow-Origin" not in asked.headers
    assert "Access-Control-Allow-Origin" not in program().get("/my/projects").headers


def test_no_cookie_is_set_or_read(world, visit):
    visitor = visit(world.people["lead"])
    own, strangers = visitor.get("/api/v1/projects?lang=de"), visit().get("/api/v1/projects?lang=de")
    assert own.data == strangers.data and "Set-Cookie" not in own.headers
    assert "Cookie" not in own.response.vary


@pytest.mark.parametrize(("asked", "status"), [
    ({}, 200), ({"Accept": "application/json"}, 200), ({"Accept": "*/*"}, 200),
    ({"Accept": "text/html, */*;q=0.1"}, 200),
    ({"Accept": "text/csv"}, 406),
])
def test_here_is_json_and_nothing_else(program, asked, status):
    answer = program().get("/rounds", **asked)
    assert answer.status_code == status and answer.is_json


@pytest.mark.parametrize(("path", "status"), [
    ("/nowhere", 404), ("/projects/nowhere", 404), ("/evidence/99999999999", 404), ("/projects?foo=1", 422),
    ("/projects?limit=0", 422), ("/projects?limit=101", 422), ("/projects?after=x", 422), ("/updates?since=x", 422),
    ("/updates?since=0001-01-01", 422), ("/projects?lang=xx", 422), ("/projects?fields=mail", 422),
    ("/projects?stage=proposal", 422), (f"/projects?theme={'x' * 81}", 422),
])
def test_each_error_is_a_problem_in_the_readers_language(program, path, status):
    answer = program().get(path, Accept_Language="de")
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert {"type", "title", "status"} <= set(answer.json) and answer.json["status"] == status
    assert answer.headers["Content-Language"] == "de"


def test_a_wrong_method_is_a_problem_too(app):
    answer = app.test_client().delete("/api/v1/projects")
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert "GET" in answer.headers["Allow"]


def test_what_breaks_says_so_in_json_and_tells_nothing(app, program, monkeypatch):
    def breaks(*_args):
        raise RuntimeError("a secret")

    monkeypatch.setattr("incubator.api.routes_description.readable", breaks)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = program().get("/")
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert "secret" not in answer.text


def test_lists_are_narrowed(make, program):
    theme, district = make.theme(), make.district()
    here = make.project("active", theme=theme, district=district)
    there = make.project("completed", theme=make.theme(), district=make.district())
    gone = make.project("mentoring", theme=theme)
    make.milestone(here, due_on=date(2026, 5, 1))
    make.milestone(there, due_on=date(2026, 7, 1))
    make.update(here), make.update(there), make.update(gone)
    for name in ("projects", "milestones", "updates", "budgets"):
        key = "slug" if name == "projects" else "project"
        slugs = {"": {here.slug, there.slug}, f"theme={theme.slug}": {here.slug}, f"round={there.round.slug}":
                 {each.slug for each in (here, there) if each.round is there.round},
                 f"district={district.slug}": {here.slug}, "stage=closing": {there.slug}, "theme=nowhere": set()}
        for query, wanted in slugs.items():
            assert {item[key] for item in listed(program, f"/{name}?{query}")} == wanted, (name, query)
    assert [each["project"] for each in listed(program, "/milestones?since=2026-06-01")] == [there.slug]
    assert [each["project"] for each in listed(program, "/milestones?until=2026-06-01")] == [here.slug]
    assert listed(program, f"/milestones?project={gone.slug}") == []
    assert listed(program, "/updates?since=2026-03-02") == []


def test_amounts_are_whole_cents(world, program):
    whole = program().get(f"/budgets/{world.project.slug}").json
    sums = [value for name, value in whole.items() if name.endswith("_cents")]
    sums += [value for each in whole["categories"] for name, value in each.items() if name.endswith("_cents")]
    assert len(sums) > 8 and all(type(each) is int for each in sums)


def test_ideas_without_consent_are_nowhere(make, program):
    hidden = make.idea(is_public=False, title="Geheim")
    assert program().get(f"/ideas/{hidden.id}").status_code == 404
    assert "Geheim" not in json.dumps(listed(program, "/ideas"))


def test_who_reads_too_much_waits(app, program):
    app.config["API_READS_PER_MINUTE"] = 3
    app.extensions.pop("api_counter", None)
    answers = [program().get("/rounds") for _number in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert answers[0].headers["RateLimit-Policy"] == '"read";q=3;w=60'
    assert answers[0].headers["RateLimit"].startswith('"read";r=2;t=')
    assert answers[3].headers["RateLimit"].startswith('"read";r=0;t=')
    assert 0 < int(answers[3].headers["Retry-After"]) <= 60
    app.extensions.pop("api_counter", None)


def test_keys_are_counted_each_for_itself(app, make, program, key_for):
    app.config["API_WRITES_PER_MINUTE"] = 2
    app.extensions.pop("api_counter", None)
    person = make.person("lead")
    one, other = program(key_for(person)), program(key_for(person))
    answers = [one.get("/my/projects") for _number in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert answers[0].headers["RateLimit"].startswith('"write";r=1;t=')
    assert other.get("/my/projects").status_code == 200
    app.extensions.pop("api_counter", None)
