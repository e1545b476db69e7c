"""The description is valid, says what is there, and what is there does what it says."""

from contextlib import suppress

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from openapi_spec_validator import OpenAPIV31SpecValidator

from incubator.api.routes_write import BODIES
from incubator.milestones.forms import ReportForm
from tests.house.world import build

EXAMPLES = 8


@pytest.fixture
def spec(program):
    return program().get("/openapi.json").json


def test_it_is_openapi_3_1(spec):
    assert spec["openapi"].startswith("3.1")
    assert [str(each) for each in OpenAPIV31SpecValidator(spec).iter_errors()] == []


def test_it_names_every_address_and_nothing_else(app, spec):
    there = {(rule.rule, method.lower()) for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api.")
             for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}
    said = {(path.replace("{", "<").replace("}", ">"), method) for path, each in spec["paths"].items()
            for method in each if method != "parameters"}
    assert {(rule.replace("<int:", "<").replace("<string:", "<"), method) for rule, method in there} == said


def test_every_operation_has_a_name_of_its_own_and_says_which_errors_it_knows(spec):
    operations = [each for path in spec["paths"].values() for method, each in path.items() if method != "parameters"]
    names = [each["operationId"] for each in operations]
    assert len(names) == len(set(names)) > 25
    for each in operations:
        assert each["summary"] and "429" in each["responses"], each["operationId"]
        assert ("security" in each) == ("401" in each["responses"]), each["operationId"]


def test_what_a_form_asks_is_what_the_description_says(app, spec):
    with app.test_request_context():
        report = spec["components"]["schemas"]["ReportMilestone"]
        form = ReportForm(formdata=None, meta={"csrf": False})
        assert set(report["required"]) == {"actual_on", "text", "evidence"}
        assert report["properties"]["text"]["maxLength"] == 5000
        assert str(form.text.label.text) in report["properties"]["text"]["description"]
        for body in BODIES.values():
            assert "photos" not in body.schema()["properties"]


def test_it_is_the_same_for_everybody_and_in_english(visit, program):
    one, other = program().get("/openapi.json?lang=ar"), program().get("/openapi.json", Accept_Language="de")
    assert one.json == other.json
    assert "Projects that the public knows" in other.text


REFUSED = ["400", "401", "403", "404", "406", "409", "412", "413", "415", "422", "428", "429"]


@pytest.fixture
def tried(app):
    """Send what fits and what does not to operations, and hold each answer against the description."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    checks = schema.config.checks
    checks.missing_required_header.expected_statuses = REFUSED
    checks.positive_data_acceptance.expected_statuses = ["2xx", "304", *REFUSED]

    def run(wanted, headers=None, **paths):
        operations = [each.ok() for each in schema.get_all_operations()]
        chosen = [each for each in operations if wanted(each)]
        for operation in chosen:
            known = {each.name: paths[each.name] for each in operation.path_parameters if each.name in paths}
            for mode in schemathesis.GenerationMode:

                @settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=True,
                          suppress_health_check=list(HealthCheck))
                @given(operation.as_strategy(mode, path_parameters=known or None))
                def once(case):
                    with app.app_context():
                        case.call_and_validate(headers={"Accept-Encoding": "identity"} | (headers or {}))

                with suppress(Unsatisfiable):  # nothing about it can be wrong
                    once()
        return len(chosen)

    return run


def test_reading_keeps_to_the_description(app, make, tried):
    build(make)
    assert tried(lambda each: each.method == "get" and "/my/" not in each.path) >= 24


def test_writing_keeps_to_the_description(app, make, tried, key_for):
    world = build(make)
    token = {"Authorization": f"Bearer {key_for(world.people['lead'])}"}
    paths = {"slug": world.project.slug, "milestone_id": world.milestone.id}
    assert tried(lambda each: (each.method == "post" and "sessions" not in each.path) or "/my/" in each.path,
                 token, **paths) == 5
    token = {"Authorization": f"Bearer {key_for(world.people['mentor'])}"}
    assert tried(lambda each: "sessions" in each.path, token, **paths) == 1
