"""Headers, cookies, tokens and bodies that no decent browser sends."""

import re

import pytest

from tests.house.elsewhere import leads_away
from tests.house.hostile import forms_of
from tests.house.siege import HOME_OF, allowed, entries, paths_of, places, send, world_in

PAGES = ("/", "/de/", "/ar/projects/", "/de/sign-in", "/de/desk/", "/nowhere")
HEADERS = [
    {"Host": "evil.example"}, {"Host": "a b<script>"}, {"Host": ""}, {"Host": "[::1"}, {"Host": "localhost:99999"},
    {"Host": "x" * 5000}, {"Accept-Language": "*"}, {"Accept-Language": ";;;q=x"}, {"Accept-Language": "ar;q=1e400"},
    {"Accept-Language": "\xff" * 50}, {"Accept-Language": "," * 5000}, {"Accept-Language": "xx-" * 3000},
    {"Accept-Language": "de;q=-1, <script>"}, {"Accept-Language": "de;q=nan, ar"}, {"User-Agent": "\xff<script>" * 500},
    {"Referer": "javascript:alert(7)"}, {"X-Forwarded-Host": "evil.example"}, {"X-Forwarded-For": "', -1"},
    {"If-None-Match": "\xff"}, {"If-Modified-Since": "31.02.2026"}, {"Range": "bytes=9-1"}, {"Accept": "\xff/\xff"},
    {"Content-Length": "abc"}, {"X-HTTP-Method-Override": "DELETE"}, {"Authorization": "Basic \xff"},
]
COOKIES = [
    "language=<script>", "language=xx", "language=", "language=\xff", "session=garbage", "session=a.b.c", "session=",
    "session=" + "x" * 9000, "session=.eJw", "=;;=", "session=a; session=b", "a" * 9000, "session=\x01",
]
# what such a form takes away others still ask for: it may act, so it comes last
TAKES_AWAY = re.compile(r"/(remove|withdraw|end|cancel|stop|decline|close|keep-back)$")
WITHOUT_TOKEN = {  # mail programs press it, who have never seen a form (RFC 8058); a device speaks by its address
    "follow.stop", "push.begin", "push.state", "push.stop", "push.renew",
    "phones.show", "phones.take_back", "phones.mark", "phones.unmark",  # a phone without an account has no session
    "browsers.take",  # browsers send it by themselves
    "fediverse.inbox", "fediverse.shared_inbox",  # other servers, which sign
}


OTHER_ANSWERS = {  # to scripts, to browsers themselves, to other servers, and forms whose page is another address
    "browsers.take": {400}, "accounts.ask_passkey": {200}, "accounts.ask_new_passkey": {200},
    "lists.take": {422}, "moving.bring": {422}, "moving.let_go": {422},
}
# what would be forgotten is shown before it is, and a secret once, after it was made
LOOKED_AT_FIRST = {"erasure.address": {200}, "hooks.add": {200}, "hooks.add_own": {200}}


def _short(header):
    return ascii(" ".join([*header, *header.values()])[:40])


@pytest.mark.parametrize("header", [*HEADERS, *({"Cookie": each} for each in COOKIES)], ids=_short)
def test_no_header_breaks_a_page(app, visit, header):
    for path in PAGES:
        answer = send(visit(), "GET", path, headers=header)
        assert not isinstance(answer, str), f"{path}: {answer}"
        assert answer.status in {200, 302, 303, 400, 404}, path
        assert "evil" not in answer.text + (answer.location or ""), path


@pytest.mark.parametrize("token", ["no such token", "", "\x00", "x" * 3000])
def test_a_session_of_nobody_is_a_strangers(any_database, visit, token):
    visitor = visit()
    with any_database.app_context(), visitor.client.session_transaction() as session:
        session["_user_id"] = token
    assert visitor.get("/de/desk/").location == "/de/sign-in"
    assert visitor.get("/de/sign-in").status == 200


def test_a_wrong_token_changes_nothing(app, make, visit):
    """The page says that the form is too old, in the language of the address."""
    world, tokens = world_in("active", make), ("", "wrong", "a.b.c", "\x00", ["x", "y"], "x" * 9000)
    people = {name: visit(person) for name, person in {"stranger": None, **world.people}.items()}
    titles = {code: visit().post(f"/{code}/sign-out", {"csrf_token": ""}).soup.h1.get_text() for code in ("de", "ar")}
    before, wrong = entries(), []
    for turn, rule in enumerate(places(app, "POST")):
        if rule.endpoint in WITHOUT_TOKEN:
            continue
        code = ("de", "ar")[turn % 2]
        path = paths_of(rule, world)[0].replace("/de/", f"/{code}/", 1)
        sent = {"csrf_token": tokens[turn % len(tokens)]}
        answer = send(people[allowed(app, rule.endpoint)[0]], "POST", path, data=sent)
        if isinstance(answer, str) or answer.status != 400 or f">{titles[code]}<" not in answer.text:
            wrong.append(f"{path} {sent}: {answer}")
    assert wrong == []
    assert entries() == before


@pytest.mark.parametrize(("kind", "body"), [
    ("application/json", b'{"title": "a"}'), ("text/plain", b"title=a"), ("", b"\x00\xff"), ("\xff", b"a"),
    ("multipart/form-data", b"--x"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n"),
    ("application/x-www-form-urlencoded", b"&&==%ff%00&" * 500), ("application/x-www-form-urlencoded", b"a" * 2**21),
])
def test_no_body_breaks_a_page(app, make, visit, kind, body):
    visitor, before = visit(make.person("lead")), entries()
    for path in ("/de/desk/propose", "/de/desk/me", "/de/sign-in"):
        answer = visitor.open(path, method="POST", data=body, content_type=kind)
        assert answer.status in {400, 413}, path
    assert entries() == before


def test_too_many_fields_are_refused(app, make, visit):
    answer = visit(make.person("lead")).post("/de/desk/me", {f"f{each}": "x" for each in range(5000)})
    assert answer.status in {413, 422}


def test_a_button_alone_takes_any_body(app, make, visit):
    """Addresses without a page of their own: what is sent beside the button does not matter."""
    world, wrong = world_in("active", make), []
    led = dict.fromkeys(("next", "to", "back", "url"), "//evil.example")
    odd = led | {"role": "emperor", "version": "x", "person_id": "9" * 50, "a\x00b": "\ufffd", "reason": ["x", "y"]}
    ways = [(rule, paths_of(rule, world)[0]) for rule in places(app, "POST", without="GET")]
    for rule, path in ways:  # known before the first is pressed: one takes away what another is about
        person = world.people.get(allowed(app, rule.endpoint)[0])
        answer = send(visit(person), "POST", path, data=odd)
        fine = OTHER_ANSWERS.get(rule.endpoint, {303, 403, 404})
        if isinstance(answer, str) or answer.status not in fine or leads_away(answer.location or "/"):
            wrong.append(f"{rule.endpoint}: {answer}")
    assert wrong == []


def test_what_a_form_hides_never_breaks_the_database(any_database, make, visit):
    world, wrong, values = world_in("active", make), [], ("\x00", "9" * 50, "-1", "\ufffd", "", "a" * 3000)
    people = {name: visit(person) for name, person in {"stranger": None, **world.people}.items()}
    homeless = [rule for rule in places(any_database, "POST") if "GET" in rule.methods and rule.endpoint not in HOME_OF]
    ways = [(rule, paths_of(rule, world)[0]) for rule in homeless]
    ways.sort(key=lambda way: bool(TAKES_AWAY.search(way[1])))
    for turn, (rule, path) in enumerate(ways):
        visitor = people[allowed(any_database, rule.endpoint)[0]]
        for form in forms_of(visitor.get(path).soup, path):
            for value in ("\x00", values[turn % len(values)]):
                hidden = {name for name, kind in form.kinds.items() if kind == "hidden"} | {"form_key"}
                answer = send(visitor, "POST", form.action, data=form.base | dict.fromkeys(hidden, value))
                gone = {404} if TAKES_AWAY.search(form.action) else set()  # pressed a second time
                fine = {303, 410, 422} | gone | LOOKED_AT_FIRST.get(rule.endpoint, set())
                if isinstance(answer, str) or answer.status not in fine:
                    wrong.append(f"{path} {value[:20]!r}: {answer}")
    assert wrong == []
