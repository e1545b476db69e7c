"""The rules of Mozilla's Observatory, held against every kind of answer."""

import pytest

from tests.house.observatory import faults, use_https

KINDS = {
    "page": "/de/", "error": "/de/nowhere", "error without language": "/.env", "redirect": "/",
    "file": "/static/js/menu.js", "picture": "/static/icons/favicon.svg", "style": "/static/css/app.css",
    "missing file": "/static/none.css",
    "missing file above": "/static/../config.py", "worker": "/service-worker.js", "health": "/healthz",
    "feed": "/de/projects/feed.atom", "robots": "/robots.txt", "sitemap": "/sitemap.xml", "turned away": "/de/desk/",
}


@pytest.fixture
def secure(app):
    use_https(app)
    return {"base_url": "https://localhost"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_keeps_every_rule(visit, secure, kind):
    assert faults(visit().get(KINDS[kind], **secure)) == []


@pytest.mark.parametrize(("method", "path", "options", "status"), [
    ("POST", "/de/sign-in", {}, 400), ("DELETE", "/de/", {}, 405), ("POST", "/browser-reports", {"data": b"x"}, 400),
    ("POST", "/de/sign-out", {"headers": {"Sec-Fetch-Site": "cross-site"}}, 400),
    ("POST", "/browser-reports", {"data": b"x" * 20_000}, 413),
    ("GET", "/de/", {"headers": {"Host": "evil.example"}}, 400),
])
def test_refusals_keep_every_rule(app, visit, secure, method, path, options, status):
    app.config["TRUSTED_HOSTS"] = ["localhost"]
    answer = visit().open(path, method=method, **(secure | options))
    assert answer.status == status
    assert faults(answer) == []


def test_an_answer_that_something_broke_keeps_every_rule(app, visit, secure, monkeypatch):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, "progress.imprint", lambda **_: 1 / 0)
    answer = visit().get("/de/imprint", **secure)
    assert answer.status == 500
    assert faults(answer) == []


@pytest.mark.parametrize("path", ["/service-worker.js", "/static/css/app.css", "/static/js/menu.js"])
def test_an_answer_that_nothing_has_changed_keeps_every_rule(visit, secure, path):
    visitor = visit()
    tag = visitor.get(path, **secure).headers["ETag"]
    answer = visitor.get(path, headers={"If-None-Match": tag}, **secure)
    assert answer.status == 304
    missing = {"Content-Security-Policy", "X-Content-Type-Options"} - set(answer.headers.keys())
    assert missing <= ({"Content-Security-Policy"} if path.endswith(".css") else set())


@pytest.mark.parametrize("path", ["/de/", "/ar/", "/de/projects/", "/de/imprint"])
def test_what_a_shared_cache_keeps_is_the_same_for_everybody_in_one_language(make, visit, path):
    """The language stands in the address; a signed-in reader's page says that nobody may keep it."""
    answer, own = visit().get(path), visit(make.person()).get(path)
    assert "Set-Cookie" not in answer.headers and answer.headers["Content-Language"] == path[1:3]
    assert "no-store" in own.headers["Cache-Control"]


def test_an_address_without_a_language_is_told_apart_by_what_it_depends_on(visit):
    assert {"Accept-Language", "Cookie"} <= set(visit().get("/").response.vary)
