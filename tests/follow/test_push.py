"""Devices are told: encrypted, once each, only through services we know, and never again when they are gone."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.follow import jobs_push, operations_push, push_services, rules_push
from incubator.follow.models import Device, DeviceFollowing, Push, PushState, Topic
from incubator.follow.queries import EVERYTHING, Target
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.milestones import operations as milestones
from tests.follow.push_service import KEY

HOSTS = ["fcm.googleapis.com", ".push.apple.com"]


@pytest.fixture
def project(service, make):
    return make.project(status="active", title="Garten der Sprachen")


def subscribe(browser, target=EVERYTHING, language="de"):
    with transaction():
        operations_push.begin(target, **browser.answers, language=language, hosts=[browser.endpoint.split("/")[2]],
                              network="127.0.0.0/24")
    return browser


def write(project, title="Das Fest", text="Alle kamen."):
    with transaction():
        return milestones.write_update(project, project.leads[0], title=title, text=text)


def deliver():
    while journal.deliver():
        pass
    jobs_push.tell_devices()


def of_project(project):
    return Target(Topic.PROJECT, project.id, None, project.slug)


def devices():
    return db.session.scalars(sa.select(Device)).all()


def test_a_device_reads_the_news_and_nobody_in_between_does(service, project):
    browser = subscribe(service.browser())
    update = write(project)
    deliver()
    told = browser.read(service.sent[0])
    assert told["title"] == "Garten der Sprachen" and told["text"] == "Das Fest. Alle kamen."
    assert told["url"].endswith(f"/de/projects/{project.slug}/updates/{update.id}")
    assert (told["lang"], told["dir"]) == ("de", "ltr")
    assert b"Fest" not in service.sent[0].body


def test_the_service_can_see_who_sends(service, project):
    subscribe(service.browser())
    write(project)
    deliver()
    assert service.sent[0].is_signed_by(push_services.public_key(KEY), f"https://{service.host}")
    assert service.sent[0].headers["ttl"] == "259200"


def test_an_arabic_device_is_told_in_its_direction(service, project):
    browser = subscribe(service.browser(), language="ar")
    write(project)
    deliver()
    assert service.to(browser)[0]["dir"] == "rtl" and "/ar/projects/" in service.to(browser)[0]["url"]


def test_each_device_hears_once_though_it_follows_in_two_ways_and_the_worker_begins_again(service, project):
    browser = subscribe(service.browser())
    subscribe(browser, of_project(project))
    update = write(project)
    deliver()
    with transaction():
        operations_push.tell(jobs_push.queries_news.update(update.id), "http://localhost")
    deliver()
    assert len(service.to(browser)) == 1


def test_who_follows_another_project_hears_nothing(service, project, make):
    browser = subscribe(service.browser(), of_project(make.project(status="active")))
    write(project)
    deliver()
    assert service.to(browser) == []


def test_withdrawn_news_does_not_leave(service, project):
    browser = subscribe(service.browser())
    update = write(project)
    while journal.deliver():
        pass
    with transaction():
        milestones.withdraw_update(update, project.leads[0])
    deliver()
    assert service.to(browser) == []
    assert db.session.scalar(sa.select(Push.text)) == ""


@pytest.mark.parametrize("code", [404, 410])
def test_a_device_that_is_gone_is_forgotten(service, project, code):
    subscribe(service.browser())
    service.answers["/a"] = code
    write(project)
    deliver()
    assert devices() == [] and db.session.scalar(sa.select(sa.func.count()).select_from(Push)) == 0


def test_a_busy_service_is_asked_again_as_late_as_it_wishes(service, project):
    browser = subscribe(service.browser())
    service.answers["/a"], service.retry_after = 429, "900"
    write(project)
    deliver()
    assert db.session.scalar(sa.select(Push.due_at)) == clock.now() + timedelta(seconds=900)
    service.answers.clear()
    clock.set(clock.now() + timedelta(seconds=901))
    deliver()
    assert len(service.to(browser)) == 1


def test_a_service_that_leads_elsewhere_is_not_followed(service, project):
    subscribe(service.browser())
    service.answers["/a"] = 307
    write(project)
    deliver()
    assert service.sent == [] and db.session.scalar(sa.select(Push.state)) is PushState.FAILED


def test_a_device_that_refuses_five_times_is_forgotten(service, project):
    subscribe(service.browser())
    service.answers["/a"] = 400
    for number in range(rules_push.FAILURES):
        assert len(devices()) == 1
        write(project, title=f"Neues {number}")
        deliver()
    assert devices() == []


@pytest.mark.parametrize("code", [401, 403])
def test_a_key_that_a_service_does_not_take_costs_nobody_their_device(service, project, code):
    browser = subscribe(service.browser())
    service.answers["/a"] = code
    for number in range(rules_push.FAILURES + 1):
        write(project, title=f"Neues {number}")
        deliver()
    assert len(devices()) == 1
    service.answers.clear()
    clock.set(clock.now() + timedelta(hours=1))
    deliver()
    assert len(service.to(browser)) == rules_push.FAILURES + 1


def test_what_a_killed_worker_had_taken_is_sent_later(service, project):
    browser = subscribe(service.browser())
    write(project)
    while journal.deliver():
        pass
    operations_push._take(50)
    deliver()
    assert service.to(browser) == []
    clock.set(clock.now() + operations_push.LEASE)
    deliver()
    assert len(service.to(browser)) == 1


def test_one_that_fails_does_not_keep_the_others_waiting(service, project):
    subscribe(service.browser("a"))
    other = subscribe(service.browser("b"))
    service.answers["/a"] = 500
    write(project)
    deliver()
    assert len(service.to(other)) == 1


def test_ending_the_last_thing_forgets_the_device(service, project):
    browser = subscribe(subscribe(service.browser()), of_project(project))
    with transaction():
        operations_push.end(browser.endpoint, EVERYTHING)
    assert len(devices()) == 1
    with transaction():
        operations_push.end(browser.endpoint, of_project(project))
    assert devices() == []


def test_a_new_address_keeps_what_the_device_follows(service, project):
    old, new = subscribe(service.browser("old"), of_project(project)), service.browser("new")
    subscribe(new)
    with transaction():
        operations_push.renew(before=old.endpoint, hosts=[service.host], **new.answers)
    assert [each.endpoint for each in devices()] == [new.endpoint]
    assert [each.kind for each in db.session.scalars(sa.select(DeviceFollowing))] == [Topic.PROJECT]


def test_old_messages_are_forgotten(service, project):
    subscribe(service.browser())
    write(project)
    deliver()
    clock.set(clock.now() + operations_push.KEPT + timedelta(days=1))
    jobs_push.tell_devices()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Push)) == 0


def test_without_a_key_nothing_is_offered_and_nothing_taken(app, visit):
    app.config["VAPID_KEY"] = None
    assert "data-push" not in visit().get("/de/follow").text
    assert visit().post("/de/follow/device", {"endpoint": "https://fcm.googleapis.com/x"}).status == 404


def test_an_unknown_service_is_refused_with_a_sentence(app, visit):
    app.config.update(VAPID_KEY=KEY, PUSH_HOSTS=HOSTS)
    answer = visit().post("/en/follow/device", {"endpoint": "https://169.254.169.254/latest", "key": "", "auth": ""})
    assert answer.status == 422 and "follow by mail" in answer.text
    assert devices() == []
