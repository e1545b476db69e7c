"""Tell devices what the journal says; nothing happens while no key is set."""

from itertools import takewhile

import flask

from incubator.follow import operations_push, queries_news
from incubator.foundation.jobs import every_tick, job
from incubator.foundation.later import later
from incubator.foundation.transaction import transaction
from incubator.journal import on
from incubator.journal.models import Entry

push_services = later("incubator.follow.push_services")
BATCHES = 4


def _is_on() -> bool:
    return bool(flask.current_app.config["VAPID_KEY"])


def _base_url() -> str:
    return str(flask.current_app.config["BASE_URL"])


@on("update.published")
def tell_devices_of_update(entry: Entry) -> None:
    if _is_on() and (event := queries_news.update(entry.subject_id)):
        operations_push.tell(event, _base_url())


@on("project.moved")
def tell_devices_of_step(entry: Entry) -> None:
    if _is_on() and (event := queries_news.step(entry.id)):
        operations_push.tell(event, _base_url())


@on("update.withdrawn")
def unsay_to_devices(entry: Entry) -> None:
    operations_push.unsay(entry.subject_id)


def post_due() -> int:
    config = flask.current_app.config
    sender = push_services.Sender(config["VAPID_KEY"], f"mailto:{config['MAIL_FROM']}")
    try:
        return sum(1 for _ in takewhile(bool, (operations_push.post(sender) for _ in range(BATCHES))))
    finally:
        sender.close()


@job
def post_some() -> None:
    if _is_on():
        post_due()


@every_tick
def tell_devices() -> None:
    if not _is_on():
        return
    post_due()
    with transaction():
        operations_push.forget_old()
