"""The attack we run ourselves: its planted faults are faults, and it reads what scanners say."""

import io
import json

import pytest
from werkzeug.routing import Map, Rule

from tests.supply import faulty
from tools import attack
from tools.attack_city import Seen, described, rule_of
from tools.attack_probe import answers, lengths, status_of
from tools.attack_scan import Finding, Target, failures


def asked(path, query="", cookie=faulty.COOKIE):
    """Ask the small site as its server would, and return its status, where it leads and what it says."""
    told = {}
    environ = {"PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": "GET", "wsgi.input": io.BytesIO(),
               "HTTP_COOKIE": cookie}
    body = faulty.site(environ, lambda status, heads: told.update(status=int(status[:3]), heads=dict(heads)))
    return told["status"], told["heads"].get("Location"), b"".join(body).decode()


def test_the_planted_faults_are_faults():
    assert "<script>" in asked("/search", "q=%3Cscript%3E")[2]
    assert asked("/item", "id=3%20OR%201=1")[2] == "<p>bread, salt</p>"
    assert "sqlite3.OperationalError" in asked("/item", "id='")[2]
    assert asked("/go", "to=https://evil.example/")[1] == "https://evil.example/"
    assert asked("/number", "n=x")[0] == 500


def test_a_scanner_that_loses_its_cookie_sees_none_of_them():
    """As one did that was told to take no new cookies, and then sent none."""
    for path in ("/", "/search", "/item", "/go", "/number"):
        assert asked(path, cookie="session=another")[0] == 401


def test_the_small_site_is_otherwise_well():
    assert asked("/")[0] == 200
    assert asked("/item", "id=2")[2] == "<p>salt</p>"
    assert asked("/nowhere")[0] == 404


def test_every_scanner_has_something_planted_to_find():
    assert set(attack.PLANTED) == set(attack.SCANS)
    assert all(attack.PLANTED.values())


RULES = Map([Rule("/<language>/desk/projects/<int:project_id>/edit", endpoint="edit", methods=["GET", "POST"])])
PLACE = "/de/desk/projects/7/edit"


def test_what_was_walked_through_is_described_with_its_values():
    form = {"csrf_token": "abc", "form_key": "0" * 32, "title": "Kitchen"}
    told = described([
        Seen("GET", rule_of(RULES, PLACE), PLACE, {"q": "bread"}),
        Seen("POST", rule_of(RULES, PLACE, "POST"), PLACE, form),
    ])
    page = told["paths"]["/{language}/desk/projects/{project_id}/edit"]
    assert {each["name"]: each["example"] for each in page["get"]["parameters"]} == {
        "language": "de", "project_id": 7, "q": "bread",
    }
    shape = page["post"]["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
    assert shape["properties"]["csrf_token"]["enum"] == ["abc"]
    assert shape["required"] == ["csrf_token", "form_key"]
    assert Target("http://127.0.0.1:1", "lead", "", told).pages() == [f"http://127.0.0.1:1{PLACE}?q=bread"]


def test_failed_checks_are_read_out_of_the_events_of_a_run(tmp_path):
    report = tmp_path / "events.ndjson"
    checks = [{"name": "not_a_server_error", "status": "failure"}, {"name": "not_a_server_error", "status": "success"}]
    report.write_text(json.dumps({"ScenarioFinished": {"label": "GET /number", "checks": checks}}) + "\n")
    found = failures(Target("", "lead", "", {}), report)
    assert found == [Finding("schemathesis", "lead", "server error", "GET /number", "not_a_server_error")]


def test_a_scanner_without_a_report_is_a_finding(tmp_path):
    assert [each.kind for each in failures(Target("", "lead", "", {}), tmp_path / "none")] == ["no report"]


def test_only_what_was_looked_at_and_explained_is_let_pass(monkeypatch):
    monkeypatch.setattr(attack, "TRIAGED", {("wapiti", "Odd", r"/de/a/\d+"): "why"})
    assert attack.is_triaged(Finding("wapiti", "lead", "Odd", "/de/a/12", ""))
    assert not attack.is_triaged(Finding("wapiti", "lead", "Odd", "/de/b", ""))
    assert not attack.is_triaged(Finding("sqlmap", "lead", "Odd", "/de/a/12", ""))


@pytest.mark.parametrize(("heard", "status", "number"), [
    (b"HTTP/1.1 400 Bad Request\r\n\r\n", 400, 1), (b"", 0, 0),
    (b"HTTP/1.1 200 OK\r\n\r\nxHTTP/1.1 404 Not Found\r\n\r\n", 200, 2), (b"nonsense", 0, 0),
])
def test_what_comes_back_over_the_line_is_understood(heard, status, number):
    assert (status_of(heard), answers(heard)) == (status, number)


def test_each_smuggled_request_hides_a_second_one():
    for name, request in lengths("http://127.0.0.1:1").items():
        assert request.count(b" HTTP/1.1\r\n") == 2, name
