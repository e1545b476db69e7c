"""Traces go where the city says, and hold no address and no value; where it says nothing, nothing of it is loaded."""

import http.server
import subprocess
import sys
import threading
from types import SimpleNamespace

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from tests.house.sources import ROOT

SCRIPT = """
import sys
from incubator import create_app
from incubator.foundation import queue, request_ids
from incubator.foundation.database import db
app = create_app({{"SECRET_KEY": "x", "SQLALCHEMY_DATABASE_URI": "sqlite:///{folder}/t.db", "INSTANCE": "{folder}",
                  "REDIS_URL": "", "TESTING": True, "TRUSTED_HOSTS": None, "OTLP_ENDPOINT": "{address}", "PROXIES": 1,
                  "PAGE_CACHE_MB": 0}})
with app.app_context():
    db.create_all()
visitor = app.test_client()
visitor.get("/de/projects/?q=canary", headers={{"traceparent": "00-{trace}-00f067aa0ba902b7-01"}})
visitor.get("/de/follow/manage/7-canary")
woken = {{"request": "from-a-page", "traceparent": "00-{trace}-00f067aa0ba902b7-01"}}
with app.app_context(), request_ids.woken_by(woken, "incubator.letters.jobs.post"):
    db.session.execute(db.text("SELECT 7"))
if "traces" in app.extensions:
    app.extensions["traces"].shutdown()
print(*[name for name in ("incubator.foundation.tracing_on", "opentelemetry.exporter", "prometheus_client")
        if name in sys.modules])
"""
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@pytest.fixture
def receiver():
    """Take traces as a collector does (OTLP over HTTP)."""
    kept = []

    class Take(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            kept.append((self.path, self.rfile.read(int(self.headers["Content-Length"])), self.headers))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Take)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield SimpleNamespace(address=f"http://127.0.0.1:{server.server_port}", kept=kept)
    server.shutdown()
    server.server_close()


def _run(tmp_path, address):
    script = SCRIPT.format(folder=tmp_path, address=address, trace=TRACE)
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def _spans(kept):
    for path, body, headers in kept:
        assert path == "/v1/traces"
        assert headers.get("Content-Encoding") in (None, "identity")
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            for scope in resource.scope_spans:
                yield from scope.spans


def test_requests_questions_and_jobs_are_traced_together(tmp_path, receiver):
    assert "opentelemetry.exporter" in _run(tmp_path, receiver.address)
    spans = list(_spans(receiver.kept))
    named = {each.name: each for each in spans}
    assert {"GET progress.projects", "GET follow.manage", "incubator.letters.jobs.post", "SELECT"} <= set(named)
    page, job = named["GET progress.projects"], named["incubator.letters.jobs.post"]
    assert page.trace_id.hex() == job.trace_id.hex() == TRACE, "a trusted proxy's trace goes on, into the work it wakes"
    below = [each for each in spans if each.parent_span_id == page.span_id]
    assert below and {each.name for each in below} <= {"BEGIN", "SELECT"}
    known = {each.key: each.value for each in page.attributes}
    assert known["http.response.status_code"].int_value == 200
    assert known["incubator.request"].string_value


def test_no_address_and_no_value_is_in_a_trace(tmp_path, receiver):
    _run(tmp_path, receiver.address)
    assert receiver.kept
    assert not any(b"canary" in body for _path, body, _headers in receiver.kept)


def test_where_nobody_wants_traces_nothing_is_loaded(tmp_path):
    """Nor what writes figures, as long as nobody asks for them. (Redis' own client loads a part of it where it is.)"""
    assert _run(tmp_path, "") == []
