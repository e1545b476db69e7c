"""A directory that lies, or somebody who speaks in its name: nothing of it lets anybody in."""

import time

import pytest

from tests.identity import CLIENT, come_back, is_in, key, signed_with_public_key, there, through, unsigned


def _claim(name, value):
    return lambda claims: claims.__setitem__(name, value)


def _without(name):
    return lambda claims: claims.pop(name) and None


LIES = {
    "another nonce": _claim("nonce", "of somebody else"),
    "no nonce": _without("nonce"),
    "for another client": _claim("aud", "another"),
    "for another client, as a list": _claim("aud", ["another"]),
    "for another client that let us": lambda claims: claims.update(aud="another", azp=CLIENT),
    "for nobody": _without("aud"),
    "for us and others, who knows by whom": _claim("aud", [CLIENT, "another"]),
    "of another issuer": _claim("iss", "https://evil.example"),
    "of no issuer": _without("iss"),
    "over": lambda claims: claims.update(exp=int(time.time()) - 400, iat=int(time.time()) - 900),
    "never over": _without("exp"),
    "made at no time": _without("iat"),
    "made tomorrow": _claim("iat", int(time.time()) + 86400),
    "not yet": _claim("nbf", int(time.time()) + 86400),
    "about nobody": _without("sub"),
    "about an empty name": _claim("sub", ""),
    "about a number": _claim("sub", 7),
    "about a very long name": _claim("sub", "x" * 500),
    "signed by nobody": unsigned,
    "signed with the public key": signed_with_public_key,
    "no token": lambda claims: "abc",
    "half a token": lambda claims: "a.b.c",
    "nothing": lambda claims: " ",
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_is_not_for_us_now_is_refused_with_a_page(directory, karin, visit, lie):
    directory.change = LIES[lie]
    visitor = visit()
    answer = through(visitor, directory)
    assert (answer.status, is_in(visitor)) == (400, False)
    assert answer.soup.select_one("main a[href='/de/sign-in']")


@pytest.mark.parametrize("kid", ["first", "other"])
def test_a_token_signed_with_a_key_that_is_not_theirs_is_refused(directory, karin, visit, kid):
    directory.key, directory.header = key("other"), {"alg": "RS256", "kid": kid}
    assert through(visit(), directory).status == 400


def test_an_answer_that_this_browser_did_not_ask_for_is_refused(directory, karin, visit):
    """So nobody is signed in, unasked, to somebody else's account."""
    address = there(visit(), directory)
    victim = visit()
    assert come_back(victim, address).status == 400
    assert not is_in(victim)


def test_an_answer_counts_once(directory, karin, visit):
    visitor = visit()
    address = there(visitor, directory)
    assert come_back(visitor, address).status == 303
    assert come_back(visitor, address).status == 400


def test_a_code_without_its_verifier_is_worth_nothing(directory, karin, visit):
    """A code taken from one browser into another, which has asked for one too."""
    stolen = there(visit(), directory).partition("code=")[2].partition("&")[0]
    thief = visit()
    own = there(thief, directory)
    code = own.partition("code=")[2].partition("&")[0]
    assert come_back(thief, own.replace(code, stolen)).status == 400


@pytest.mark.parametrize("query", [
    "", "?error=access_denied", "?code=a", "?state=b", "?code=a&state=b", "?code=%00&state=%ff",
])
def test_an_answer_that_is_none_is_a_page_too(directory, visit, query):
    assert visit().get(f"/de/sign-in/outside/back{query}").status == 400


def test_an_answer_in_the_name_of_another_issuer_is_refused(directory, karin, visit):
    visitor = visit()
    address = there(visitor, directory)
    assert come_back(visitor, f"{address}&iss=https://evil.example").status == 400


@pytest.mark.parametrize("says", [
    {"issuer": "https://evil.example"}, {"issuer": None}, {"token_endpoint": "ftp://127.0.0.1/"}, {"jwks_uri": ""},
])
def test_a_server_that_calls_itself_otherwise_is_not_asked(directory, visit, says):
    directory.says = says
    assert visit().get("/de/sign-in/outside").status == 503


def test_while_the_directory_is_silent_a_page_says_so(directory, karin, visit):
    directory.silent = True
    assert visit().get("/de/sign-in/outside").status == 503
    directory.silent, visitor = False, visit()
    address = there(visitor, directory)
    directory.silent = True
    assert come_back(visitor, address).status in (400, 503)
