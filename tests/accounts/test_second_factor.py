"""Who must have a second proof, and how one is set up and given away."""

from datetime import timedelta

import pyotp
import pytest

import config
from incubator.accounts.models import Role
from incubator.accounts.rules_proofs import STAFF
from incubator.foundation import clock
from incubator.policy_fresh import FRESH
from tests.accounts.proving import code, prove, with_app

INVITE = "/de/desk/people/invite"


@pytest.fixture(autouse=True)
def _asked(app):
    app.config["SECOND_FACTOR"] = "staff"


def _later(**span):
    clock.set(clock.now() + timedelta(**span))


@pytest.mark.parametrize("role", [*Role])
def test_staff_without_a_proof_set_one_up_first_and_others_need_none(app, make, visit, role):
    visitor = visit(make.person(role))
    for path in ("/de/desk/", "/de/desk/me", "/de/desk/me/data"):
        answer = visitor.get(path)
        assert (answer.location == "/de/desk/me/proofs") is (role in STAFF), path
    page = visitor.get("/de/desk/me/proofs")
    assert page.status == 200
    assert ("zweiten Nachweis" in page.text or "second proof before you can begin" in page.text) is (role in STAFF)


def test_everybody_needs_one_where_the_city_says_so(app, make, visit):
    app.config["SECOND_FACTOR"] = "all"
    assert visit(make.person("lead")).get("/de/desk/").location == "/de/desk/me/proofs"


def test_nobody_is_asked_where_it_is_off(app, make, visit):
    app.config["SECOND_FACTOR"] = "off"
    person = make.person("coordinator")
    with_app(person)
    visitor = visit(person)
    _later(hours=2)
    assert visitor.get(INVITE).status == 200


def test_what_staff_without_a_proof_send_is_not_carried_out(app, make, visit):
    answer = visit(make.person("coordinator")).post(INVITE, {"mail": "neu@example.org", "language": "de"})
    assert answer.location == "/de/desk/me/proofs"


def test_an_app_is_set_up_without_a_script_and_then_everything_is_open(app, make, visit):
    visitor = visit(make.person("mentor"))
    drawn = visitor.follow(visitor.post("/de/desk/me/proofs/app/begin"))
    assert drawn.soup.select_one(".scan svg")
    secret = drawn.soup.select_one("details code").get_text().replace(" ", "")
    assert visitor.post("/de/desk/me/proofs/app", {"code": "000000"}).status == 422
    answer = visitor.post("/de/desk/me/proofs/app", {"code": code(pyotp.TOTP(secret))})
    assert answer.location == "/de/desk/me/proofs/codes"
    assert visitor.get("/de/desk/").status == 200


def test_the_secret_is_not_shown_again_once_the_app_counts(office):
    visitor, _phone = office
    assert visitor.get("/de/desk/me/proofs/app").location == "/de/desk/me/proofs"


def test_codes_on_paper_are_shown_once(office):
    visitor, _phone = office
    shown = [each.get_text() for each in visitor.post("/de/desk/me/proofs/codes").soup.select("ol code")]
    assert len(set(shown)) == 10
    again = visitor.get("/de/desk/me/proofs/codes")
    assert not again.soup.select("ol code") and shown[0] not in again.text
    assert visitor.get("/de/desk/me/proofs/codes").headers["Cache-Control"] == "no-store"


def test_a_new_role_asks_everybody_to_sign_in_anew(app, make, visit):
    person, administrator = make.person("lead"), make.person("administrator")
    phone, visitor, manager = with_app(administrator), visit(person), visit(administrator)
    prove(manager, manager.get("/de/desk/"), phone)
    assert visitor.get("/de/desk/").status == 200
    manager.post(f"/de/desk/people/{person.id}/roles", {"role": "mentor"})
    assert person.has_role("mentor")
    assert visitor.get("/de/desk/").location == "/de/sign-in"
    assert manager.get("/de/desk/").status == 200


def test_a_removed_passkey_opens_nothing_and_only_its_owner_removes_it(app, make, visit, office):
    visitor, _phone = office
    passkey = make.passkey(make.person())
    assert visitor.post(f"/de/desk/me/proofs/passkeys/{passkey.id}/remove").status == 404


def test_every_act_that_decides_or_pays_weighs(app):
    words = ("approve", "pay", "invite", "award", "resolution", "manage_people", "bank", "decide", "accept")
    weighs = {act.value for act in FRESH}
    known = {act for view in app.view_functions.values() if (act := getattr(view, "act", None))}
    assert {act.value for act in known if any(word in act.value for word in words)} <= weighs


@pytest.mark.parametrize(("given", "demo", "meant"), [("", "", "staff"), ("", "1", "off"), ("all", "1", "all")])
def test_staff_must_prove_twice_unless_the_city_says_otherwise(monkeypatch, given, demo, meant):
    monkeypatch.setenv("SECOND_FACTOR", given)
    monkeypatch.setenv("DEMO", demo)
    assert config.settings()["SECOND_FACTOR"] == meant


def test_a_word_that_means_nothing_starts_nothing(monkeypatch):
    monkeypatch.setenv("SECOND_FACTOR", "on")
    with pytest.raises(config.Unsafe):
        config.settings()
