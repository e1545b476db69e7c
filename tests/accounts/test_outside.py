"""Signing in through the city's own directory: only people who have an account come in."""

import time
from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.accounts import queries, rules
from incubator.accounts.models import Person, SignIn
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from tests.identity import MAIL, is_in, there, through


def _sign_in():
    return db.session.scalar(sa.select(SignIn).order_by(SignIn.id.desc()))


def test_without_a_directory_there_is_no_button_and_no_page(app, visit):
    assert "outside" not in visit().get("/de/sign-in").text
    assert visit().get("/de/sign-in/outside").status == visit().get("/de/sign-in/outside/back?code=a").status == 404


def test_the_button_bears_the_directorys_name(app, visit):
    app.config.update(OIDC_ISSUER="https://login.example.org", OIDC_NAME="Stadt-Konto")
    button = visit().get("/en/sign-in").soup.select_one("a[href='/en/sign-in/outside']")
    assert button.get_text(strip=True) == "Sign in with Stadt-Konto"


def test_somebody_with_an_account_comes_in_by_the_verified_address(directory, karin, visit):
    visitor = visit()
    answer = through(visitor, directory)
    assert (answer.status, answer.location) == (303, "/de/desk/")
    assert is_in(visitor)
    assert karin.outside_id == f"{directory.issuer} subject of {MAIL}"
    entry = db.session.scalar(sa.select(Entry).where(Entry.action == "account.outside_joined"))
    assert (entry.actor, entry.data) == (karin.seal, {})


def test_we_ask_with_state_nonce_and_pkce_for_no_more_than_the_address(directory, visit):
    there(visit(), directory)
    asked = next(iter(directory.asked.values()))
    assert asked["code_challenge_method"] == "S256" and len(asked["code_challenge"]) == 43
    assert len(asked["state"]) >= 20 and len(asked["nonce"]) >= 20
    assert (asked["scope"], asked["response_type"], asked["max_age"]) == ("openid email", "code", "900")
    assert asked["redirect_uri"] == "http://localhost/sign-in/outside/back"


def test_later_the_subject_counts_and_no_more_the_address(directory, karin, visit):
    through(visit(), directory)
    directory.claims["email"] = "karin.neu@stadt.example.org"
    visitor = visit()
    through(visitor, directory)
    assert is_in(visitor)


def test_whoever_has_the_address_after_them_does_not_get_their_account(directory, karin, visit):
    through(visit(), directory)
    directory.claims["sub"] = "somebody else"
    visitor = visit()
    assert through(visitor, directory).status == 403
    assert not is_in(visitor)


def test_nobody_gets_an_account_by_it(directory, visit):
    visitor = visit()
    answer = through(visitor, directory)
    assert (answer.status, is_in(visitor)) == (403, False)
    assert "Einladung" in answer.text or "invitation" in answer.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 0


@pytest.mark.parametrize("verified", [False, None, "true", 1, []])
def test_an_address_that_is_not_verified_opens_nothing(directory, karin, visit, verified):
    directory.claims["email_verified"] = verified
    assert through(visit(), directory).status == 403
    assert karin.outside_id is None


def test_a_closed_account_stays_closed(directory, karin, visit):
    through(visit(), directory)
    with transaction():
        karin.is_active = False
    assert through(visit(), directory).status == 403


@pytest.mark.parametrize(("claims", "proof"), [
    ({"amr": ["pwd", "mfa"]}, "outside"), ({"acr": "mfa"}, "outside"), ({"amr": ["pwd"]}, ""), ({}, ""),
    ({"amr": ["mfa"], "auth_time": None}, ""), ({"acr": ["mfa"]}, ""),
])
def test_it_is_a_second_proof_only_where_the_token_says_so(directory, karin, visit, claims, proof):
    directory.claims |= claims
    assert through(visit(), directory).status == 303
    assert (_sign_in().proof, _sign_in().proved_at) == (proof, clock.now() if proof else None)


def test_a_proof_is_as_old_as_the_sign_in_there(directory, karin, visit):
    directory.claims |= {"amr": ["mfa"], "auth_time": int(time.time()) - 3600}
    through(visit(), directory)
    assert timedelta(minutes=59) < clock.now() - _sign_in().proved_at < timedelta(minutes=61)


def test_signing_out_ends_it_here(directory, karin, visit):
    visitor = visit()
    through(visitor, directory)
    visitor.post("/de/sign-out")
    assert not is_in(visitor)
    assert queries.sign_ins(karin.id) == []


def test_it_leads_to_where_one_wanted_to(directory, karin, visit):
    visitor = visit()
    visitor.get("/de/desk/me")
    assert through(visitor, directory).location == "/de/desk/me"


def test_failed_answers_are_slowed_by_network(directory, visit, monkeypatch):
    monkeypatch.setitem(rules.LIMITS, "outside from", rules.Limit(2, timedelta(hours=1)))
    seen = [visit().get("/de/sign-in/outside/back?code=a&state=b").status for _ in range(3)]
    assert seen == [400, 400, 403]
