"""Keys: made after a proof, shown once, ended at once, and never more than the person is."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from incubator.accounts import jobs as accounts
from incubator.accounts import passwords
from incubator.accounts.queries import token_hash
from incubator.api import rules
from incubator.api.models import ApiKey
from incubator.api.rules import Scope
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.projects.models import Participation
from tests.markup import faults

PAGE = "/de/desk/me/keys"
NEWS = {"title": "Offen", "text": "Seit heute wird gekocht."}


def made(visitor, **more):
    return visitor.post(f"{PAGE}/make", {"name": "Kalender", "scopes": ["updates:write"], "days": "90"} | more)


def token_on(answer):
    return answer.soup.select_one("[data-copy-text]").get_text(strip=True)


def test_a_key_is_shown_once_and_kept_as_a_hash(any_database, make, visit, program):
    person = make.person("lead")
    answer = made(visit(person))
    token = token_on(answer)
    assert rules.TOKEN.fullmatch(token) and "no-store" in answer.headers["Cache-Control"]
    assert faults(answer.text) == []
    key = db.session.scalar(sa.select(ApiKey))
    assert (key.token_hash, key.start, key.scopes) == (token_hash(token), token[:12], ["updates:write"])
    assert key.expires_at == clock.now() + timedelta(days=90)
    page = visit(person).get(PAGE)
    assert token not in page.text and key.start in page.text
    assert program(token).get("/my/projects").status_code == 200


PASSWORD = "vier lange gute Worte"


def _with_password(make):
    return make.person("lead", password_hash=passwords.hash_of("drei alte lange Worte"))


def test_whoever_sets_a_new_password_may_end_their_keys_with_it(any_database, make, visit, program, key_for):
    person, other = _with_password(make), make.person("lead")
    token, theirs = key_for(person), key_for(other)
    own = visit(person)
    form = own.get("/de/desk/me/password").soup.select_one("[name=ends_keys]")
    assert form is not None and not form.has_attr("checked")
    own.fill("/de/desk/me/password", old="drei alte lange Worte", new=PASSWORD)
    deliver()
    assert program(token).get("/my/projects").status_code == 200, "nobody asked for it"
    visit(person).fill("/de/desk/me/password", old=PASSWORD, new="fünf ganz andere lange Worte", ends_keys=True)
    deliver()
    assert program(token).get("/my/projects").status_code == 401
    assert program(theirs).get("/my/projects").status_code == 200
    did = db.session.execute(sa.select(Entry.actor, Entry.subject_id).where(Entry.action == "key.ended")).all()
    assert [each.actor for each in did] == [person.seal]
    assert db.session.scalars(sa.select(Entry.data).where(Entry.action == "account.password_changed")).all() == [
        {}, {"ends_keys": True}]


def test_whoever_forgot_their_password_ends_their_keys_unless_they_say_otherwise(app, make, visit, program, key_for):
    person = _with_password(make)
    token = key_for(person)
    visit().post("/de/sign-in/reset", {"mail": person.mail})
    accounts.write_all_asked()
    place = re.search(r"/de/sign-in/reset/\S+", db.session.scalars(
        sa.select(Letter.text).where(Letter.text.contains("/sign-in/reset/"))).one())[0]
    assert visit().get(place).soup.select_one("[name=ends_keys]").has_attr("checked")
    visit().fill(place, password=PASSWORD)
    deliver()
    assert program(token).get("/my/projects").status_code == 401


def test_who_has_no_key_is_not_asked_about_keys(make, visit):
    assert "ends_keys" not in visit(_with_password(make)).get("/de/desk/me/password").text


def test_the_same_form_again_makes_no_second_key(make, visit):
    visitor = visit(make.person("lead"))
    first = made(visitor, form_key="k" * 20)
    again = made(visitor, form_key="k" * 20)
    assert token_on(first) and again.status == 303
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ApiKey)) == 1


@pytest.mark.parametrize(("more", "field"), [
    ({"name": ""}, "name"), ({"scopes": []}, "scopes"), ({"scopes": ["everything"]}, "scopes"),
    ({"days": "9999"}, "days"),
])
def test_a_key_without_a_name_a_use_or_an_end_is_not_made(make, visit, more, field):
    answer = made(visit(make.person("lead")), **more)
    assert answer.status == 422 and answer.soup.select(f"#{field}-error"), answer.text
    assert db.session.scalar(sa.select(ApiKey)) is None


def test_making_one_asks_for_a_fresh_proof_and_looking_at_them_does_not(app, make, visit):
    app.config["SECOND_FACTOR"] = "staff"
    visitor = visit(make.person("lead"))
    clock.set(clock.now() + timedelta(minutes=20))
    assert visitor.get(PAGE).status == 200
    assert "/prove" in visitor.get(f"{PAGE}/make").location
    assert made(visitor).status == 403 and db.session.scalar(sa.select(ApiKey)) is None


def test_a_letter_tells_of_a_new_key(make, visit):
    person = make.person("lead", language="de")
    made(visit(person))
    deliver()
    letter = db.session.scalar(sa.select(Letter).where(Letter.person_id == person.id))
    assert "Kalender" in letter.text and PAGE.removeprefix("/de") in letter.text


def test_an_ended_key_opens_nothing(make, visit, program):
    person = make.person("lead")
    visitor = visit(person)
    token = token_on(made(visitor))
    key = db.session.scalar(sa.select(ApiKey))
    assert visit(make.person("lead")).post(f"{PAGE}/{key.id}/end").status == 404
    assert visitor.post(f"{PAGE}/{key.id}/end").status == 303
    assert program(token).get("/my/projects").status_code == 401
    assert key.start not in visitor.get(PAGE).text
    about = sa.select(Entry.action).where(Entry.subject_type == "api_key").order_by(Entry.id)
    actions = db.session.scalars(about).all()
    assert actions == ["key.made", "key.ended"]


@pytest.mark.parametrize("end", ["expired", "closed", "erased"])
def test_a_key_dies_with_its_time_and_with_its_account(make, key_for, program, end):
    person = make.person("lead")
    token = key_for(person)
    assert program(token).get("/my/projects").status_code == 200
    if end == "expired":
        clock.set(clock.now() + timedelta(days=90))
    else:
        with transaction():
            if end == "closed":
                person.is_active = False
            else:
                person.erased_at = clock.now()
    answer = program(token).get("/my/projects")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize("said", ["", "Bearer", "Bearer x", "Basic aW5jOng=", "Bearer inc_" + "a" * 43, "inc_x"])
def test_what_is_no_key_opens_nothing(app, make, said):
    make.person("lead")
    headers = {"Authorization": said} if said else {}
    assert app.test_client().get("/api/v1/my/projects", headers=headers).status_code == 401


def test_a_session_opens_nothing_here_and_is_not_even_noted(make, visit):
    person = make.person("lead")
    project = make.project("active", lead=person)
    visitor = visit(person)
    answer = visitor.get("/api/v1/my/projects")
    assert (answer.status, "Set-Cookie" in answer.headers) == (401, False)
    answer = visitor.post(f"/api/v1/projects/{project.slug}/updates", NEWS)
    assert (answer.status, "Set-Cookie" in answer.headers) == (401, False)


def test_a_key_does_what_it_was_made_for_and_nothing_else(make, key_for, program):
    lead = make.person("lead")
    project = make.project("active", lead=lead)
    answer = program(key_for(lead, Scope.REPORT)).post(f"/projects/{project.slug}/updates", NEWS)
    assert answer.status_code == 403 and "insufficient_scope" in answer.headers["WWW-Authenticate"]


def test_a_key_loses_what_its_person_loses(make, key_for, program):
    member = make.person("lead")
    project = make.project("active", lead=make.person("lead"), members=(member,))
    asks = program(key_for(member))
    assert asks.post(f"/projects/{project.slug}/updates", NEWS).status_code == 201
    with transaction():
        db.session.scalar(sa.select(Participation).where(Participation.person_id == member.id)).until = clock.today()
    assert asks.post(f"/projects/{project.slug}/updates", NEWS).status_code == 403


def test_what_the_public_does_not_know_is_not_there_for_others(make, key_for, program):
    hidden, stranger = make.project("mentoring", lead=make.person("lead")), make.person("lead")
    milestone = make.milestone(hidden)
    asks = program(key_for(stranger))
    assert asks.post(f"/projects/{hidden.slug}/updates", NEWS).status_code == 404
    assert asks.get(f"/my/milestones/{milestone.id}").status_code == 404
    assert asks.post(f"/milestones/{milestone.id}/report", {}).status_code == 404


def test_use_is_noted_once_a_minute(make, key_for, program):
    asks = program(key_for(make.person("lead")))
    moments = []
    for seconds in (0, 30, 31):
        clock.set(clock.now() + timedelta(seconds=seconds))
        asks.get("/my/projects")
        moments.append(db.session.scalar(sa.select(ApiKey.used_at)))
    assert moments[0] == moments[1] < moments[2] == clock.now()


def test_nobody_has_very_many_keys(make, key_for):
    person = make.person("lead")
    for _number in range(rules.MOST_KEYS):
        key_for(person)
    with pytest.raises(RuleBroken):
        key_for(person)


@given(st.text() | st.text("aZ09_-é\n", min_size=42, max_size=44).map("inc_{}".format))
def test_only_the_very_key_is_one(word):
    """Whatever somebody sends: what does not look like a key is not even looked for."""
    assert bool(rules.TOKEN.fullmatch(word)) == (
        len(word) == 47 and word.startswith("inc_") and word.isascii()
        and all(sign.isalnum() or sign in "-_" for sign in word[4:]))


@given(st.integers(0, 9_999_999_999))
def test_a_version_is_read_from_its_mark(version):
    assert rules.version_of(rules.mark_of(version)) == version
    assert rules.version_of(f"W/{rules.mark_of(version)}") is None


def test_two_keys_are_never_the_same():
    assert len({rules.new_token() for _number in range(100)}) == 100
    assert all(rules.TOKEN.fullmatch(rules.new_token()) for _number in range(100))
