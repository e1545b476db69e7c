"""What changes something is taken from our own pages only; and what our cookies are called."""

import pytest

from tests.house.siege import places

FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "what?"},
    {"Origin": "https://evil.example"}, {"Origin": "http://localhost.evil.example"}, {"Origin": "http://evil.example:80"},
    {"Origin": "http://localhost:8000"}, {"Origin": "http://[::1"}, {"Origin": ""}, {"Origin": "file://"},
    {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
]
OWN = [
    {}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://localhost"},
    {"Origin": "HTTP://LOCALHOST"}, {"Origin": "null"}, {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
]
FOR_PROGRAMS = {  # mail programs, workers of browsers, browsers themselves, other servers, which sign
    "follow.stop", "push.renew", "browsers.take", "fediverse.inbox", "fediverse.shared_inbox",
}


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_form_sent_by_a_page_of_others_is_refused_even_with_a_good_token(make, visit, headers):
    visitor = visit(make.person())
    answer = visitor.post("/ar/sign-out", headers=headers)
    assert (answer.status, answer.soup.html["lang"]) == (400, "ar")
    assert visitor.get("/de/desk/").status == 200


@pytest.mark.parametrize("headers", OWN, ids=str)
def test_a_form_of_ours_is_taken(make, visit, headers):
    visitor = visit(make.person())
    assert visitor.post("/de/sign-out", headers=headers).status == 303
    assert visitor.get("/de/desk/").status == 303


def test_our_own_name_counts_too_where_a_proxy_does_not_hand_on_the_host(app, make, visit):
    app.config["BASE_URL"] = "https://incubator.example.org"
    headers = {"Origin": "https://incubator.example.org"}
    assert visit(make.person()).post("/de/sign-out", headers=headers).status == 303


def test_a_link_from_elsewhere_only_reads_and_is_followed(make, visit):
    assert visit(make.person()).get("/de/desk/", headers={"Sec-Fetch-Site": "cross-site"}).status == 200


def test_only_what_programs_send_is_taken_from_anywhere(app):
    views = app.view_functions
    assert {rule.endpoint for rule in places(app, "POST")
            if getattr(views[rule.endpoint], "is_from_anywhere", False)} == FOR_PROGRAMS


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_every_method_that_may_change_something_is_looked_at(app, visit, method):
    answer = visit().open("/de/sign-in", method=method, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status in (400, 405)


def test_over_https_every_cookie_belongs_to_this_host_alone(app, make, visit):
    app.config.update(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_NAME="__Host-session")
    visitor = visit()
    answer = visitor.get("/de/sign-in", base_url="https://localhost")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    parts = cookie.split("; ")
    assert parts[0].startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(parts)
    assert "Domain" not in cookie


@pytest.mark.parametrize(("secure", "name"), [(True, "__Host-language"), (False, "language")])
def test_a_choice_of_language_is_read_under_the_name_it_was_kept_by(app, visit, secure, name):
    app.config["SESSION_COOKIE_SECURE"] = secure
    for cookie, code in ((name, "ar"), ("other", "de")):
        visitor = visit()
        visitor.client.set_cookie(cookie, "ar")
        assert visitor.get("/").location == f"/{code}/"
