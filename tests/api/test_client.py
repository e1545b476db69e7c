"""A client that tools make of the description, as others would have it: it walks and it writes."""

import importlib
import json
import sys

import httpx
import pytest
from openapi_python_client.cli import app as generator
from typer.testing import CliRunner

from incubator.api.rules import Scope
from incubator.foundation.database import db
from incubator.milestones.models import MilestoneStatus
from tests.house.world import build


@pytest.fixture
def client(app, program, tmp_path, monkeypatch):
    """Make the client from our description alone and let it speak with the program; no network is there."""
    description = tmp_path / "openapi.json"
    description.write_text(json.dumps(program().get("/openapi.json").json))
    settings = tmp_path / "config.yml"
    settings.write_text("package_name_override: incubator_client\npost_hooks: []\n")
    made = CliRunner().invoke(generator, [
        "generate", "--path", str(description), "--output-path", str(tmp_path / "made"), "--meta", "none",
        "--config", str(settings)])
    assert made.exit_code == 0, made.output
    assert "WARNING" not in made.output.upper(), made.output
    (tmp_path / "made").rename(tmp_path / "incubator_client")
    monkeypatch.syspath_prepend(str(tmp_path))

    def ask(module, call="sync_detailed", *, token=None, **given):
        package = importlib.import_module("incubator_client")
        kinds = {"base_url": "http://localhost", "raise_on_unexpected_status": True}
        maker = package.AuthenticatedClient(token=token, **kinds) if token else package.Client(**kinds)
        maker.set_httpx_client(httpx.Client(
            transport=httpx.WSGITransport(app=app), base_url="http://localhost",
            headers={"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"} if token else {
                "Accept-Encoding": "identity"}))
        db.session.rollback()
        with app.app_context():
            answer = getattr(importlib.import_module(f"incubator_client.api.api.{module}"), call)(client=maker, **given)
        db.session.expire_all()
        return answer

    yield ask
    for name in [name for name in sys.modules if name.startswith("incubator_client")]:
        del sys.modules[name]


def test_it_walks_from_the_programme_to_a_milestone_and_reports_it(app, make, client, key_for):
    world = build(make)
    token = key_for(world.people["lead"], Scope.REPORT)
    programme = client("get_programme").parsed
    assert programme.name and "de" in programme.languages
    slugs, after = [], None
    while True:
        page = client("list_projects", limit=1, **({"after": after} if after else {})).parsed
        slugs += [each.slug for each in page.items]
        if page.next_ is None:
            break
        after = int(page.next_.rpartition("after=")[2])
    assert world.project.slug in slugs and len(slugs) == len(set(slugs)) == 2
    planned = client("list_milestones", project=world.project.slug).parsed.items
    assert [each.id for each in planned] == [world.milestone.id]
    own = client("get_my_milestone", token=token, milestone_id=planned[0].id)
    models = importlib.import_module("incubator_client.models")
    body = models.ReportMilestone.from_dict(
        {"actual_on": "2026-02-27", "text": "Die Küche ist offen.", "evidence": "23 Leute kamen."})
    answer = client("report_milestone", token=token, milestone_id=own.parsed.id, body=body,
                    if_match=own.headers["ETag"], idempotency_key="walk-1")
    assert (answer.status_code, answer.parsed.status.value) == (200, "reported"), answer.content
    assert world.milestone.status is MilestoneStatus.REPORTED
    again = client("report_milestone", token=token, milestone_id=own.parsed.id, body=body,
                   if_match=own.headers["ETag"])
    assert (again.status_code, again.parsed.status) == (412, 412)
