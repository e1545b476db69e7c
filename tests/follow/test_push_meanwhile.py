"""What happens while messages leave: news is withdrawn, time runs out, a service is silent."""

from datetime import timedelta

import pytest

from incubator.follow import operations_push, push_services
from incubator.foundation import clock
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.milestones import operations as milestones
from tests.follow.push_service import KEY
from tests.follow.test_push import deliver, subscribe, write


@pytest.fixture
def project(service, make):
    return make.project(status="active", title="Garten der Sprachen")


class Meanwhile(push_services.Sender):
    """A sender beside whom something happens while it sends its first message."""

    def __init__(self, happens, answer=None):
        super().__init__(KEY, "mailto:city@example.org")
        self.happens, self.answer = happens, answer

    def send(self, subscription, message):
        answer = self.answer or super().send(subscription, message)
        happens, self.happens = self.happens, lambda: None
        happens()
        return answer


def withdraw(update):
    with transaction():
        milestones.withdraw_update(update, update.project.leads[0])


def test_news_withdrawn_while_a_worker_has_it_does_not_leave(service, project):
    subscribe(service.browser("a"))
    other = subscribe(service.browser("b"))
    update = write(project)
    while journal.deliver():
        pass

    def happens():
        withdraw(update)
        while journal.deliver():
            pass

    operations_push.post(Meanwhile(happens))
    assert len(service.sent) == 1 and service.to(other) == []


def test_news_withdrawn_while_its_message_failed_is_not_tried_again(service, project):
    browser = subscribe(service.browser())
    update = write(project)
    while journal.deliver():
        pass

    def happens():
        withdraw(update)
        while journal.deliver():
            pass

    operations_push.post(Meanwhile(happens, push_services.Answer("500")))
    clock.set(clock.now() + timedelta(hours=7))
    deliver()
    assert service.to(browser) == []


def test_what_does_not_fit_into_the_lease_is_left_to_others(service, project):
    subscribe(service.browser("a"))
    other = subscribe(service.browser("b"))
    write(project)
    while journal.deliver():
        pass
    operations_push.post(Meanwhile(lambda: clock.set(clock.now() + operations_push.LEASE)))
    assert len(service.sent) == 1
    deliver()
    assert len(service.sent) == 2 and len(service.to(other)) == 1


def test_a_service_that_does_not_answer_is_asked_once_and_the_others_as_always(monkeypatch):
    asked = []

    def post(subscription, *_args, **_kwargs):
        asked.append(subscription["endpoint"])
        if "silent" in subscription["endpoint"]:
            raise push_services.requests.ConnectTimeout()

    monkeypatch.setattr(push_services, "webpush", post)
    sender = push_services.Sender(KEY, "mailto:city@example.org")
    wanted = ["https://silent.example/1", "https://silent.example/2", "https://other.example/3"]
    answers = [sender.send({"endpoint": each, "keys": {}}, "") for each in wanted]
    assert asked == [wanted[0], wanted[2]]
    assert [bool(each.error) for each in answers] == [True, True, False]
