"""What leads and mentors write with keys: once, by the rules of the pages, and as their own act in the book."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.api import operations
from incubator.api.models import ApiAnswer, ApiKey
from incubator.api.rules import Scope
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.milestones.models import MilestoneStatus, Update, UpdateState

REPORT = {"actual_on": "2026-02-27", "text": "Die Küche ist offen.", "evidence": "23 Leute kamen."}
NEWS = {"title": "Offen", "text": "Seit heute wird gekocht."}
TALK = {"held_on": "2026-02-20", "minutes": 45, "kind": "accompaniment", "mode": "phone",
        "shared_notes": "Wie es weitergeht.", "steps": [{"what": "Raum finden", "who": "Amira", "due": "2026-03-20"}]}


@pytest.fixture
def scene(make):
    lead, mentor = make.person("lead"), make.person("mentor")
    project = make.project("active", lead=lead, mentor=mentor)
    return lead, mentor, project, make.milestone(project)


def seen(milestone):
    return {"If_Match": f'"{milestone.version}"'}


def test_a_lead_reports_a_milestone_and_the_book_says_that_it_came_by_a_key(any_database, scene, program, key_for):
    lead, _mentor, _project, milestone = scene
    asks = program(key_for(lead, Scope.REPORT))
    mark = asks.get(f"/my/milestones/{milestone.id}").headers["ETag"]
    answer = asks.post(f"/milestones/{milestone.id}/report", REPORT, If_Match=mark)
    assert (answer.status_code, answer.json["status"]["value"]) == (200, "reported"), answer.text
    assert answer.headers["ETag"] == f'"{milestone.version}"' != mark
    assert milestone.status is MilestoneStatus.REPORTED
    did, by_key = db.session.scalars(sa.select(Entry).order_by(Entry.id.desc()).limit(2)).all()[::-1]
    assert (did.action, did.actor) == ("milestone.reported", lead.seal)
    assert (by_key.action, by_key.actor, by_key.data) == ("key.used", lead.seal, {"entry": did.id})


def test_the_version_of_a_milestone_is_the_same_however_long_its_answer_is(scene, program, key_for):
    lead, _mentor, _project, milestone = scene
    with transaction():
        milestone.description = "Wir bauen die Küche auf. " * 100
    asks = program(key_for(lead, Scope.REPORT))
    answer = asks.get(f"/my/milestones/{milestone.id}", Accept_Encoding="br, gzip")
    assert answer.headers["ETag"] == f'"{milestone.version}"'
    assert asks.post(f"/milestones/{milestone.id}/report", REPORT, If_Match=answer.headers["ETag"]).status_code == 200


def test_news_is_public_at_once_where_the_round_does_not_read_it_first(any_database, scene, program, key_for):
    lead, _mentor, project, _milestone = scene
    answer = program(key_for(lead)).post(f"/projects/{project.slug}/updates", NEWS)
    assert answer.status_code == 201 and answer.json["is_public"], answer.text
    assert program().get(answer.headers["Location"].partition("/api/v1")[2]).json["title"]["text"] == "Offen"


def test_news_waits_for_the_coordination_where_the_round_wants_that(scene, program, key_for):
    lead, _mentor, project, _milestone = scene
    with transaction():
        project.round.reviews_news = True
    answer = program(key_for(lead)).post(f"/projects/{project.slug}/updates", NEWS)
    assert (answer.status_code, answer.json["is_public"], "Location" in answer.headers) == (201, False, False)
    assert db.session.scalar(sa.select(Update.state)) is UpdateState.PROPOSED


def test_a_mentor_writes_down_a_talk_with_its_steps(any_database, scene, program, key_for):
    _lead, mentor, project, _milestone = scene
    answer = program(key_for(mentor)).post(f"/projects/{project.slug}/sessions", TALK)
    assert (answer.status_code, answer.json["minutes"]) == (201, 45), answer.text
    visible = db.session.execute(sa.text("SELECT what, who FROM agreed_step")).all()
    assert [tuple(row) for row in visible] == [("Raum finden", "Amira")]


def test_who_does_not_say_which_version_they_have_seen_changes_nothing(scene, program, key_for):
    lead, _mentor, _project, milestone = scene
    asks, path = program(key_for(lead)), f"/milestones/{milestone.id}/report"
    assert asks.post(path, REPORT).status_code == 428
    for mark in ('"99"', 'W/"1"', "nonsense"):
        answer = asks.post(path, REPORT, If_Match=mark)
        assert (answer.status_code, answer.headers["ETag"]) == (412, f'"{milestone.version}"')
    assert milestone.status is MilestoneStatus.PLANNED
    assert asks.post(path, REPORT, If_Match="*").status_code == 200


def test_what_the_rules_of_the_pages_refuse_is_said_by_the_field_in_the_persons_language(scene, program, key_for):
    lead, _mentor, _project, milestone = scene
    with transaction():
        lead.language = "de"
    path, asks = f"/milestones/{milestone.id}/report", program(key_for(lead))
    answer = asks.post(path, REPORT | {"text": " ", "actual_on": "2199-01-01"}, **seen(milestone))
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert {each["field"]: each["message"] for each in answer.json["errors"]}["text"] == "Bitte füllen Sie das aus."
    answer = asks.post(path, REPORT | {"actual_on": "2026-12-24"}, **seen(milestone))
    assert answer.status_code == 422 and answer.json["errors"][0]["message"]
    assert answer.headers["Content-Language"] == "de"


@pytest.mark.parametrize(("body", "field"), [
    ({"minutes": "45"}, "minutes"), ({"minutes": True}, "minutes"), ({"minutes": 4.5}, "minutes"),
    ({"held_on": "20.2.2026"}, "held_on"), ({"had_interpreter": "yes"}, "had_interpreter"), ({"kind": "x"}, "kind"),
    ({"what_1": "x"}, "steps"), ({"form_key": "x"}, "form_key"), ({"nonsense": 1}, "nonsense"),
    ({"steps": [{"what": 1}]}, "steps/0/what"), ({"steps": [{"whatever": "x"}]}, "steps"), ({"steps": [1]}, "steps"),
    ({"steps": "x"}, "steps"), ({"steps": [{"what": "x"}] * 6}, "steps"), ({"owner_1": "1"}, "steps"),
    ({"steps": [{"what": "x", "due": "2026-99-01"}]}, "steps/0/due"), ({"shared_notes": None}, "shared_notes"),
])
def test_json_of_another_kind_is_refused_where_it_stands(scene, program, key_for, body, field):
    _lead, mentor, project, _milestone = scene
    answer = program(key_for(mentor)).post(f"/projects/{project.slug}/sessions", TALK | body)
    assert answer.status_code == 422, answer.text
    assert field in [each["field"] for each in answer.json["errors"]], answer.text


def test_the_same_write_again_is_answered_again_and_done_once(any_database, scene, program, key_for):
    lead, _mentor, project, _milestone = scene
    asks, path = program(key_for(lead)), f"/projects/{project.slug}/updates"
    first = asks.post(path, NEWS, Idempotency_Key="a-1")
    again = asks.post(path, NEWS, Idempotency_Key="a-1")
    assert (first.status_code, first.json, first.headers["Location"]) == (
        again.status_code, again.json, again.headers["Location"])
    assert again.headers["Idempotency-Replayed"] == "true"
    assert asks.post(path, NEWS | {"title": "Anders"}, Idempotency_Key="a-1").status_code == 422
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Update)) == 1
    clock.set(clock.now() + timedelta(hours=25))
    assert asks.post(path, NEWS, Idempotency_Key="a-1").json["id"] != first.json["id"]


def test_a_write_that_changed_nothing_gives_its_word_back(scene, program, key_for):
    lead, _mentor, project, _milestone = scene
    asks, path = program(key_for(lead)), f"/projects/{project.slug}/updates"
    assert asks.post(path, {"title": "Ohne Text"}, Idempotency_Key="a-2").status_code == 422
    assert asks.post(path, NEWS, Idempotency_Key="a-2").status_code == 201


def test_a_first_try_under_way_is_waited_for_and_one_that_was_killed_is_not(scene, program, key_for):
    lead, _mentor, project, _milestone = scene
    asks, path = program(key_for(lead)), f"/projects/{project.slug}/updates"
    asks.post(path, NEWS, Idempotency_Key="a-3")
    with transaction():
        db.session.scalar(sa.select(ApiAnswer)).status = None
    waits = asks.post(path, NEWS, Idempotency_Key="a-3")
    assert (waits.status_code, waits.headers["Retry-After"]) == (409, "1")
    clock.set(clock.now() + timedelta(minutes=3))
    assert asks.post(path, NEWS, Idempotency_Key="a-3").status_code == 201


def test_of_two_tries_at_once_one_is_done_and_the_other_told_so(at_once, scene, key_for):
    lead, _mentor, _project, _milestone = scene
    key_for(lead)
    claims, number = [], db.session.scalar(sa.select(ApiKey.id))

    def claim():
        found = operations.begin_answer(db.session.get(ApiKey, number), "a-5", "0" * 64)
        claims.append(found and found.status)

    assert at_once(claim, claim) == ["done", "done"]
    with transaction():
        assert operations.begin_answer(db.session.get(ApiKey, number), "a-5", "0" * 64).status is None
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ApiAnswer)) == 1


def test_two_reports_of_the_same_version_at_once_are_one_report(any_database, scene, program, key_for):
    lead, _mentor, _project, milestone = scene
    token, path, mark = key_for(lead), f"/milestones/{milestone.id}/report", f'"{milestone.version}"'

    def report(_turn):
        with any_database.app_context():
            return program(token).post(path, REPORT, If_Match=mark).status_code

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(report, range(2)))
    db.session.rollback()
    assert sorted(answers) == [200, 412]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Update)) == 1


@pytest.mark.parametrize("word", ["", "x" * 256, "with\ttab"])
def test_a_word_that_is_none_is_refused(scene, program, key_for, word):
    lead, _mentor, project, _milestone = scene
    answer = program(key_for(lead)).post(f"/projects/{project.slug}/updates", NEWS, Idempotency_Key=word)
    assert answer.status_code == 422 and answer.json["errors"][0]["field"] == "Idempotency-Key"


def test_answers_are_forgotten_after_a_day_and_keys_when_they_are_over(scene, program, key_for):
    lead, _mentor, project, _milestone = scene
    asks = program(key_for(lead, days=30))
    asks.post(f"/projects/{project.slug}/updates", NEWS, Idempotency_Key="a-4")
    for days, left in ((0, (1, 1)), (2, (0, 1)), (150, (0, 0))):
        clock.set(clock.now() + timedelta(days=days))
        with transaction():
            operations.forget_old()
        assert tuple(db.session.scalar(sa.select(sa.func.count()).select_from(each)) for each in (
            ApiAnswer, ApiKey)) == left


@pytest.mark.parametrize(("kind", "data", "status"), [
    ("text/plain", "{}", 415), ("application/x-www-form-urlencoded", "title=x", 415), ("application/json", "{", 400),
    ("application/json", "[]", 422), ("application/json", '{"title": "' + "x" * 70_000 + '"}', 413),
])
def test_only_short_json_is_read(app, scene, key_for, kind, data, status):
    lead, _mentor, project, _milestone = scene
    answer = app.test_client().post(
        f"/api/v1/projects/{project.slug}/updates", data=data, content_type=kind,
        headers={"Authorization": f"Bearer {key_for(lead)}"})
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
