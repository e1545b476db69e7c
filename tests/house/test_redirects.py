"""Nobody can make our addresses lead to a place that is not ours."""

from urllib.parse import unquote

from argon2 import PasswordHasher

from incubator.accounts.rules import own_path
from tests.accounts.conftest import PASSWORD
from tests.house.elsewhere import PAYLOADS, in_path, leads_away
from tests.house.siege import send


def test_there_are_two_hundred_ways_to_try():
    assert len(PAYLOADS) >= 200
    assert sum(leads_away(payload) for payload in PAYLOADS) >= 80


def test_after_signing_in_nobody_is_led_away():
    assert [payload for payload in PAYLOADS if leads_away(own_path(payload, "/home"))] == []


def test_what_a_session_remembers_leads_only_to_the_desk(app, make, visit):
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    person = make.person(password_hash=weak.hash(PASSWORD))
    for payload in PAYLOADS[::40]:
        visitor = visit()
        with app.app_context(), visitor.client.session_transaction() as session:
            session["next"] = payload
        answer = visitor.post("/de/sign-in", {"mail": person.mail, "password": PASSWORD})
        assert answer.status == 303
        assert not leads_away(answer.location), payload


def test_an_address_without_a_language_leads_to_us_whatever_stands_in_it(app, visit):
    visitor, wrong = visit(), []
    for turn, payload in enumerate(PAYLOADS):
        path, question = (in_path(payload), "") if turn % 3 else ("/projects/", f"next={in_path(payload)}")
        answer = send(visitor, "GET", "/", query_string=question, environ_overrides={
            "PATH_INFO": unquote(path).encode().decode("latin-1"), "REQUEST_URI": path, "RAW_URI": path})
        if isinstance(answer, str) or answer.status >= 500:
            wrong.append(f"{path}: {answer}")
        elif answer.location is not None and leads_away(answer.location):
            wrong.append(f"{path} leads to {answer.location!r}")
    assert wrong == []


def test_the_switch_of_languages_never_leaves(app, visit):
    for payload in PAYLOADS[::40]:
        page = visit().get(f"/de/projects/?q={in_path(payload)}")
        assert page.status == 200
        links = [link["href"] for link in page.soup.select("a[hreflang], link[hreflang]")]
        assert links and not any(leads_away(link) for link in links), payload
