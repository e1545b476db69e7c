"""Every answer has a number, every line of the log says it, and so does the work that a request wakes."""

import logging
import os
import re

import pytest
import redis
from rq import Queue, Worker
from rq.serializers import JSONSerializer

from incubator.foundation import queue, request_ids
from incubator.foundation.measures import Measured
from incubator.foundation.pagecache import NOTE, PageCache
from incubator.foundation.pagecache_state import Stamp
from incubator.foundation.request_ids import Asked

GIVEN = "0f8fad5b-d9cb-469f-a165-70867728950e"


def _behind(proxies, environ):
    said = {}

    def inner(environ, start):
        start("200 OK", [("Content-Type", "text/plain")])
        return [request_ids.current().encode()]

    layer = Measured(inner, None, trusts=bool(proxies), writes="off")
    body = layer({"REQUEST_METHOD": "GET"} | environ, lambda status, headers: said.update(headers))
    return said["X-Request-Id"], b"".join(body).decode()


def test_every_answer_has_a_number_of_its_own(app, visit):
    paths = ("/de/", "/de/", "/nowhere", "/static/css/app.css")
    numbers = [visit().get(path).headers["X-Request-Id"] for path in paths]
    assert len(set(numbers)) == len(numbers)
    assert all(re.fullmatch(r"[0-9a-f]{12}-[0-9a-f]+", each) for each in numbers)


def test_a_copied_process_gives_other_numbers():
    """Web servers of several processes are copies of one."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.write(writer, request_ids.taken({}, is_trusted=False).encode())
        os._exit(0)
    os.waitpid(child, 0)
    theirs = os.read(reader, 100).decode()
    os.close(reader)
    os.close(writer)
    assert theirs.partition("-")[0] != request_ids.taken({}, is_trusted=False).partition("-")[0]


def test_the_number_of_a_trusted_proxy_is_kept(app):
    assert _behind(1, {"HTTP_X_REQUEST_ID": GIVEN}) == (GIVEN, GIVEN)


def test_a_strangers_number_is_not(app):
    assert GIVEN not in _behind(0, {"HTTP_X_REQUEST_ID": GIVEN})


@pytest.mark.parametrize("given", [
    "", "short", "x" * 65, "a b c d e f g", "canary@example.org", "12345678\n", "ünicode-ü",
])
def test_what_looks_like_no_number_is_none_whoever_sends_it(app, given):
    number, inside = _behind(1, {"HTTP_X_REQUEST_ID": given})
    assert number == inside != given


def test_a_line_of_the_log_says_which_request_it_belongs_to(app, visit, caplog, monkeypatch):
    monkeypatch.setitem(app.view_functions, "healthz", lambda: logging.getLogger("somebody").warning("well") or "")
    number = visit().get("/healthz").headers["X-Request-Id"]
    assert [each.request for each in caplog.records if each.name == "somebody"] == [number]
    logging.getLogger("somebody").warning("later")
    assert caplog.records[-1].request == ""


def test_what_the_page_cache_keeps_has_no_number(app):
    class State:
        def read(self):
            return Stamp("1", "2026-03-01", "2026-03-01T12:00")

    def inner(environ, start):
        environ[NOTE].is_for_all = True
        start("200 OK", [("Content-Type", "text/html"), ("Vary", "Accept-Encoding")])
        return [b"x" * 2000]

    cache = PageCache(Measured(inner, None, trusts=False, writes="off"), State(), room=10**6, pause=0)
    environ, said = {"REQUEST_METHOD": "GET", "wsgi.url_scheme": "http", "PATH_INFO": "/", "QUERY_STRING": ""}, set()
    for _ in range(3):
        b"".join(cache(dict(environ), lambda status, headers: said.update(dict(headers))))
    assert "ETag" in said and "X-Request-Id" not in said
    [page] = cache.pages.values()
    given = [page.headers, *(headers for headers, _body in page.given.values())]
    kept = {name for headers in given for name, _value in headers}
    assert "Content-Type" in kept and "X-Request-Id" not in kept


def test_work_that_a_request_wakes_knows_its_number(app, valkey, caplog):
    line = redis.Redis.from_url(valkey)
    token = request_ids.asked.set(Asked(GIVEN))
    queue.wake("incubator.journal.jobs.deliver", 7)
    request_ids.asked.reset(token)
    [job] = Queue(queue.NAME, connection=line, serializer=JSONSerializer).jobs
    assert job.meta == {"request": GIVEN}
    seen = []

    def listen(worker, job, *given, **named):
        seen.append(request_ids.current())
        return True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Worker, "perform_job", listen, raising=False)
        patch.setattr(queue.SimpleWorker, "perform_job", listen, raising=False)
        queue.work(burst=True)
    assert seen == [GIVEN]
    assert request_ids.current() == ""


@pytest.mark.parametrize("meta", [{}, {"request": 7}, {"request": "a b"}, {"request": "x" * 100}])
def test_a_wake_up_from_elsewhere_brings_no_number(meta):
    with request_ids.woken_by(meta):
        assert request_ids.current() == ""
