"""What every kind of answer says to browsers and caches."""

import pytest

from incubator.foundation.headers import ALWAYS, FILES

KINDS = {
    "page": ("GET", "/de/", 200),
    "sign-in": ("GET", "/de/sign-in", 200),
    "redirect": ("GET", "/", 302),
    "not found": ("GET", "/de/nowhere", 404),
    "no such address": ("GET", "/nowhere.php", 404),
    "wrong method": ("DELETE", "/de/", 405),
    "script": ("GET", "/static/js/menu.js", 200),
    "picture": ("GET", "/static/icons/favicon.svg", 200),
    "missing file": ("GET", "/static/none.css", 404),
    "health": ("GET", "/healthz", 200),
    "stale form": ("POST", "/de/sign-in", 400),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_answer_has_every_header(app, kind):
    method, path, status = KINDS[kind]
    with app.app_context():
        answer = app.test_client().open(path, method=method)
    assert answer.status_code == status
    for header, value in (FILES if kind in ("script", "picture") else ALWAYS).items():
        assert answer.headers.get(header) == value, header


@pytest.mark.parametrize("path", ["/static/css/app.css", "/static/fonts/noto-sans-latin.woff2"])
def test_what_no_page_can_be_has_only_the_headers_that_mean_something_there(app, visit, path):
    headers = visit().get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Content-Security-Policy" not in headers


def test_the_policy_allows_nothing_inline():
    assert "unsafe" not in ALWAYS["Content-Security-Policy"]
    assert "default-src 'none'" in ALWAYS["Content-Security-Policy"]


def test_over_https_browsers_are_told_to_stay_there(app, visit):
    app.config["SESSION_COOKIE_SECURE"] = True
    assert "max-age" in visit().get("/de/").headers["Strict-Transport-Security"]


def test_a_stranger_gets_no_cookie(app, visit):
    for path in ("/de/", "/de/projects/", "/de/nowhere", "/static/css/app.css"):
        assert "Set-Cookie" not in visit().get(path).headers, path


def test_what_a_signed_in_person_sees_is_kept_by_nobody(make, visit):
    answer = visit(make.person("lead")).get("/de/desk/")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_file_with_its_hash_is_kept_for_a_year(app, visit):
    assert "immutable" in visit().get("/static/css/app.css?v=1").headers["Cache-Control"]


def test_a_page_says_its_language(app, visit):
    answer = visit().get("/ar/")
    assert answer.headers["Content-Language"] == "ar"
    assert (answer.soup.html["lang"], answer.soup.html["dir"]) == ("ar", "rtl")


@pytest.mark.parametrize("host", ["evil.example", "x" * 5000, "a b<script>", "localhost\x00"])
@pytest.mark.parametrize("path", ["/ar/", "/", "/nowhere", "/ar/desk/", "/static/css/app.css"])
def test_a_host_we_are_not_is_refused_with_a_page(app, visit, host, path):
    app.config["TRUSTED_HOSTS"] = ["localhost"]
    answer = visit().get(path, headers={"Host": host, "Accept-Language": "ar"})
    assert (answer.status, answer.soup.html["lang"]) == (400, "ar")
