"""Partners' systems hear what is public, signed, once, and nothing else; who never answers is left alone."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.dispatch import operations as dispatch
from incubator.dispatch.models import Post, PostState
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.hooks import operations, rules
from incubator.hooks.rules import Topic
from incubator.journal import operations as journal
from incubator.letters.models import Letter
from incubator.milestones import operations as milestones
from incubator.milestones.models import Milestone, Update
from incubator.projects.models import Project
from tests.follow.test_canary import WORD, _hide
from tests.hooks.hearing import happens, published, sent
from tests.house.world import build
from tests.peers.sealed import reply


def test_news_arrives_signed_so_that_others_can_check_it(any_database, make, project, hears, there):
    hears(Topic.NEWS)
    update = published(make, project)
    (said,) = sent(there)
    url = f"http://localhost/projects/kueche/updates/{update.id}"
    assert said["type"] == "update.published"
    assert said["data"]["update"] == {"id": update.id, "url": url, "title": "Der Herd steht", "language": "de"}
    assert said["data"]["project"]["slug"] == "kueche"
    _method, path, headers, body = there.asked[0]
    assert path == "/hook" and headers["content-type"] == "application/json"
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = base64.b64encode(hmac.new(b"k" * 24, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{wanted}"
    assert abs(int(headers["webhook-timestamp"]) - clock.now().timestamp()) < 60


def test_a_message_that_is_sent_again_keeps_its_name(app, make, project, hears, there):
    hears()
    there.answer = lambda asked: reply(asked, 500)
    published(make, project)
    sent(there)
    clock.set(clock.now() + timedelta(minutes=2))
    there.answer = lambda asked: reply(asked, 200)
    sent(there)
    names = [headers["webhook-id"] for _method, _path, headers, _body in there.asked]
    times = [headers["webhook-timestamp"] for _method, _path, headers, _body in there.asked]
    assert len(names) == 2 and len(set(names)) == 1 and len(set(times)) == 2


@pytest.mark.parametrize(("status", "more"), [("mentoring", {}), ("active", {"state": "draft"}),
                                              ("active", {"state": "withdrawn"})])
def test_what_is_not_public_is_told_to_nobody(app, make, hears, there, status, more):
    hears()
    published(make, make.project(status), **more)
    assert sent(there) == []


def test_news_of_a_milestone_that_nobody_has_accepted_is_told_to_nobody(app, make, project, hears, there):
    hears()
    published(make, project, milestone=make.milestone(project, status="reported"))
    assert sent(there) == []


def test_withdrawn_news_is_not_sent_any_more_and_others_hear_only_its_number(app, make, project, hears, there):
    hears(Topic.NEWS)
    update = published(make, project)
    with transaction():
        milestones.withdraw_update(update, make.person("coordinator"))
    journal.deliver()
    said = sent(there)
    assert [each["type"] for each in said] == ["update.withdrawn"]
    assert set(said[0]["data"]["update"]) == {"id", "url"} and "Herd" not in json.dumps(said)


def test_steps_and_awards_say_what_the_record_says_and_no_more(app, make, project, hears, there):
    hears(Topic.STEPS, Topic.AWARDS)
    happens("project.moved", project, **{"action": "start", "from": "awarded", "to": "active"})
    happens("project.moved", project, **{"action": "submit", "from": "draft", "to": "submitted"})
    happens("award.recorded", project, amount_cents=5, resolution_on="2026-03-01", notice_on="2026-03-01",
            final_on="2026-04-01")
    happens("award.recorded", project, amount_cents=5, unforeseen="x")
    said = {each["type"]: each["data"] for each in sent(there)}
    assert len(there.asked) == 2
    assert said["project.moved"]["project"]["slug"] == "kueche" and said["project.moved"]["step"]["action"] == "start"
    assert said["award.published"]["award"] == {"amount_cents": 5, "resolution_on": "2026-03-01"}


def test_milestones_are_told(app, make, project, hears, there):
    hears(Topic.MILESTONES)
    happens("milestone.accepted", make.milestone(project, status="accepted", title="Raum gefunden"))
    (said,) = sent(there)
    assert said["type"] == "milestone.accepted" and said["data"]["milestone"]["status"] == "accepted"


def test_each_hears_what_it_chose_and_an_organisation_of_its_projects(app, make, project, hears, there):
    partner, other = make.organisation(), make.organisation()
    make.partnership(project, partner)
    hears(Topic.AWARDS, url=f"{there.url}/awards")
    hears(Topic.NEWS, url=f"{there.url}/partner", organisation_id=partner.id)
    hears(Topic.NEWS, url=f"{there.url}/carrier", organisation_id=project.carrier_id)
    hears(Topic.NEWS, url=f"{there.url}/other", organisation_id=other.id)
    published(make, project)
    sent(there)
    assert sorted(path for _method, path, _headers, _body in there.asked) == ["/carrier", "/partner"]


def test_an_ended_address_hears_nothing_not_even_what_waited(app, make, project, hears, there):
    hook = hears()
    published(make, project)
    with transaction():
        operations.end(hook, make.person("coordinator"))
    published(make, project)
    assert sent(there) == []
    with pytest.raises(RuleBroken), transaction():
        operations.test(hook, "http://localhost")


def test_who_never_answers_is_left_alone_and_whoever_added_it_gets_a_letter(app, make, project, hears, there):
    hook = hears()
    there.answer = lambda asked: reply(asked, 404)
    for _turn in range(rules.GIVEN_UP):
        published(make, project)
    sent(there)
    db.session.expire_all()
    assert hook.failed == rules.GIVEN_UP and hook.ended_at is not None
    assert db.session.scalars(sa.select(Letter.key).where(Letter.key.like("hook-%"))).all() == [f"hook-ended-{hook.id}"]


def test_an_answer_in_between_begins_the_count_anew(app, make, project, hears, there):
    hook = hears()
    for status in (404, 404, 200, 404):
        there.answer = lambda asked, status=status: reply(asked, status)
        published(make, project)
        sent(there)
    db.session.expire_all()
    assert hook.failed == 1 and hook.ended_at is None


def test_who_says_that_the_address_is_gone_is_believed(app, make, project, hears, there):
    hook = hears()
    there.answer = lambda asked: reply(asked, 410)
    published(make, project)
    sent(there)
    db.session.expire_all()
    assert hook.ended_at is not None


@pytest.mark.parametrize("url", ["http://library.example/hook", "https://", "ftp://x", "javascript:alert(1)",
                                 "https://user:word@library.example/"])
def test_an_address_must_be_one(app, make, hears, url):
    with pytest.raises(RuleBroken):
        hears(url=url)


@pytest.mark.parametrize("url", ["https://127.0.0.1/hook", "https://10.0.0.8/hook", "https://localhost/hook",
                                 "https://169.254.169.254/latest"])
def test_nothing_leads_into_our_own_network(app, make, project, hears, url):
    app.config["TEST_PEERS_CA"] = ""
    try:
        hears(url=url)
    except RuleBroken:
        return
    published(make, project)
    dispatch.post()
    db.session.rollback()
    assert db.session.scalars(sa.select(Post.state)).all() != [PostState.SENT]
    assert db.session.scalars(sa.select(Post.error)).one() != ""


@pytest.mark.parametrize("status", ["active", "revoked"])
def test_no_hidden_word_is_in_any_message(app, make, hears, status):
    world = build(make, status)
    _hide(world, make)
    hears(url="https://library.example/hook")
    for update in db.session.scalars(sa.select(Update)):
        happens("update.published", update)
    for milestone in db.session.scalars(sa.select(Milestone)):
        happens("milestone.accepted", milestone)
    for project in db.session.scalars(sa.select(Project)):
        happens("project.moved", project, **{"action": "start", "from": "awarded", "to": "active"})
    while journal.deliver():
        pass
    bodies = db.session.scalars(sa.select(Post.body)).all()
    assert len(bodies) > 3 and [each for each in bodies if WORD in each] == []
