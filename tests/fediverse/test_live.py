"""A real server of the fediverse (Fedify) finds, follows, hears and leaves, over sealed lines on this machine."""

import json
import os
import shutil
import ssl
import subprocess
import threading
import urllib.parse
import urllib.request
import warnings
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from werkzeug.serving import make_server

from incubator.fediverse.models import RemoteFollower
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.milestones import operations_updates
from tests.fediverse.conftest import keep
from tests.house.sources import ROOT
from tests.peers.sealed import papers
from tests.servers import free_port

PLACE = ROOT / "tests" / "peers" / "fedify"
OLDEST = 22


def _missing(why):
    warnings.warn(f"NOBODY SPOKE WITH A REAL SERVER OF THE FEDIVERSE: {why}", stacklevel=2)
    pytest.skip(f"no live peer: {why}")


def _is_new_enough(node):
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return said.startswith("v") and int(said[1:].partition(".")[0]) >= OLDEST


@pytest.fixture(scope="session")
def fedify(tmp_path_factory):
    """Install the server once; return the program that runs it, and where it lies."""
    if shutil.which("npm") is None:
        _missing("npm is not there")
    folder = tmp_path_factory.mktemp("fedify")
    for name in ("package.json", "package-lock.json", "peer.mjs"):
        shutil.copy(PLACE / name, folder)
    done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=folder, capture_output=True, text=True,
                          timeout=300, check=False)
    if done.returncode:
        _missing(f"npm could not install it: {done.stderr[-300:]}")
    for node in (str(folder / "node_modules" / "node" / "bin" / "node"), shutil.which("node") or ""):
        if os.path.exists(node) and _is_new_enough(node):
            return node, folder
    _missing(f"no Node of version {OLDEST} or newer")


@contextmanager
def _served(app, both):
    """Let others ask our program over a sealed line."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(both)
    server = make_server("127.0.0.1", free_port(), app, threaded=True, ssl_context=context)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"https://localhost:{server.server_port}"
    finally:
        server.shutdown()


class Peer:
    def __init__(self, url, ca):
        self.url, self.context, self.number = url, ssl.create_default_context(cafile=ca), 0

    def ask(self, what, **question):
        question["number"] = self.number = self.number + 1
        url = f"{self.url}/control/{what}?{urllib.parse.urlencode(question)}"
        with urllib.request.urlopen(url, timeout=30, context=self.context) as answer:
            return json.loads(answer.read())

    def heard(self, kind):
        return [each for each in self.ask("heard") if each["type"] == kind]


@pytest.fixture(params=["rfc9421", "draft-cavage-http-signatures-12"])
def live(request, on, fedify, tmp_path):
    ca, both = papers(tmp_path)
    (node, folder), url = fedify, f"https://localhost:{free_port()}"
    clock.reset()
    on.config["TEST_PEERS_CA"] = str(ca)
    given = os.environ | {"ORIGIN": url, "CERTIFICATE": str(both), "FIRST": request.param,
                          "NODE_EXTRA_CA_CERTS": str(ca)}
    with _served(on, both) as base, subprocess.Popen(
            [node, "peer.mjs"], cwd=folder, env=given, stdout=subprocess.PIPE, text=True) as running:
        on.config["BASE_URL"] = base
        try:
            assert running.stdout.readline().strip() == "ready"
            yield Peer(url, str(ca))
        finally:
            running.terminate()


def _followers():
    db.session.rollback()
    return db.session.scalars(sa.select(RemoteFollower.uri)).all()


@pytest.mark.long
def test_a_real_server_follows_hears_and_leaves(live, on, make, work):
    base = on.config["BASE_URL"]
    project = make.project("active", slug="ein-garten", title="Ein Garten")
    work()
    account = f"@ein_garten@{base.removeprefix('https://')}"
    found = live.ask("lookup", who=account)
    assert (found["id"], found["type"], found["name"]) == (f"{base}/ap/actors/ein_garten", "Service", "Ein Garten")
    assert live.ask("lookup", who=f"{base}/de/projects/ein-garten")["id"] == found["id"], "led there from the page"

    live.ask("follow", who=account)
    work()
    assert _followers() == [f"{live.url}/users/amal"]
    assert [each["actor"] for each in live.heard("Accept")] == [found["id"]]

    update = make.update(project, title="Erste Beete", text="Gegraben.", state="draft",
                         photos=(make.photo(project, is_public=True),))
    keep(lambda: operations_updates.publish(update, project.leads[0]))
    work()
    (create,) = live.heard("Create")
    assert create["content"].startswith("<p>Erste Beete</p><p>Gegraben.</p>")
    assert live.ask("lookup", who=create["object"])["content"] == create["content"]

    keep(lambda: operations_updates.withdraw_update(update, project.leads[0]))
    work()
    assert [each["object"] for each in live.heard("Delete")] == [create["object"]]

    live.ask("undo", who=account)
    work()
    assert _followers() == []
