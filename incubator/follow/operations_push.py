"""Tell devices: begin and end it, write down what is to be said with the news, send it afterwards."""

import logging
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.dialects import postgresql, sqlite

from incubator.accounts.operations_sign_in import count_try
from incubator.follow import queries_news, queries_push, rules_push
from incubator.follow.models import Device, DeviceFollowing, Push, PushState
from incubator.follow.push_services import Answer, Sender
from incubator.follow.queries import Target
from incubator.follow.queries_news import Event
from incubator.foundation import clock, queue
from incubator.foundation.database import db, is_sqlite
from incubator.foundation.errors import RuleBroken
from incubator.foundation.language import in_language, named
from incubator.foundation.transaction import after_commit, transaction

log = logging.getLogger(__name__)
AT_ONCE = 500
LEASE = timedelta(minutes=5)
KEPT = timedelta(days=7)
LONGEST_TITLE, LONGEST_TEXT = 80, 160


def _insert(table: Any) -> Any:
    return sqlite.insert(table) if is_sqlite() else postgresql.insert(table)


def begin(
    target: Target, *, endpoint: str, key: str, auth: str, language: str, hosts: Collection[str], network: str
) -> None:
    """Tell a device about something from now on; it may be known already, and may follow it already."""
    rules_push.demand_subscription(endpoint, key, auth, hosts)
    count_try("device from", network)
    given = {"key": key, "auth": auth, "language": language, "failed": 0}
    db.session.execute(_insert(Device).values(endpoint=endpoint, since=clock.now(), **given)
                       .on_conflict_do_update(index_elements=["endpoint"], set_=given))
    device = queries_push.device(endpoint)
    assert device is not None, "it was written in this transaction"
    db.session.execute(_insert(DeviceFollowing).values(device_id=device.id, kind=target.kind, target_id=target.id)
                       .on_conflict_do_nothing())


def renew(*, before: str, endpoint: str, key: str, auth: str, hosts: Collection[str]) -> None:
    """Take over the new address a browser gave itself; what the device follows stays."""
    rules_push.demand_subscription(endpoint, key, auth, hosts)
    device = queries_push.device(before)
    if device is None:
        raise RuleBroken(_l("This device is not told about anything."))
    if (other := queries_push.device(endpoint)) and other.id != device.id:
        _forget([other.id])
    device.endpoint, device.key, device.auth, device.failed = endpoint, key, auth, 0


def end(endpoint: str, target: Target | None = None) -> None:
    """Tell a device no more about something, or about nothing at all with None; with the last thing it is forgotten."""
    device = queries_push.device(endpoint)
    if device is None:
        return
    if target is not None:
        db.session.execute(sa.delete(DeviceFollowing).where(
            DeviceFollowing.device_id == device.id, DeviceFollowing.kind == target.kind,
            DeviceFollowing.target_id == target.id))
    if target is None or not queries_push.number_followed(device.id):
        _forget([device.id])


def _forget(device_ids: Collection[int]) -> None:
    for table, column in ((Push, Push.device_id), (DeviceFollowing, DeviceFollowing.device_id), (Device, Device.id)):
        db.session.execute(sa.delete(table).where(column.in_(device_ids)))


def tell(event: Event, base_url: str) -> int:
    """Write down one piece of news for all devices that follow it, some hundreds at a time; return how many."""
    told, after, now = 0, 0, clock.now()
    said: dict[str, dict[str, str]] = {}
    while devices := queries_push.hearing(event.topics, after=after, limit=AT_ONCE):
        for language in {each.language for each in devices} - said.keys():
            said[language] = _in_words(event, language, base_url)
        db.session.connection().execute(_insert(Push).on_conflict_do_nothing(index_elements=["key"]), [
            {"key": f"{each.id}:{event.key}", "device_id": each.id, "written_at": now, "due_at": now,
             **said[each.language]}
            for each in devices
        ])
        told, after = told + len(devices), devices[-1].id
    if told:
        after_commit(lambda: queue.wake("incubator.follow.jobs_push.post_some"))
    return told


def _in_words(event: Event, language: str, base_url: str) -> dict[str, str]:
    with in_language(language):
        news = queries_news.in_words([event], language)[event.key]
        path = queries_push.path_of(event, news, language)
    return {
        "title": rules_push.shortened(news.project.text, LONGEST_TITLE),
        "text": rules_push.shortened(f"{news.title.text}. {news.excerpt}", LONGEST_TEXT), "url": base_url + path,
    }


def unsay(update_id: int) -> None:
    """Keep messages about news that was withdrawn from leaving, and forget what they said."""
    db.session.execute(
        sa.update(Push).where(Push.key.endswith(f":{queries_news.update_key(update_id)}"),
                              Push.state != PushState.SENT)
        .values(state=PushState.FAILED, title="", text=""))


def post(sender: Sender, *, limit: int = 50) -> int:
    """Send what is due and return how many were tried; what a killed worker had taken is free after five minutes."""
    taken = _take(limit)
    for push in taken:
        answer = sender.send(
            {"endpoint": push.endpoint, "keys": {"p256dh": push.device_key, "auth": push.auth}},
            rules_push.message(push.title, push.text, push.url, tag=push.key.partition(":")[2],
                               language=named(push.language).html, direction=named(push.language).dir))
        with transaction():
            _note(push.id, push.device_id, answer)
    return len(taken)


def _take(limit: int) -> Sequence[Any]:
    now = clock.now()
    with transaction():
        due = sa.select(Push.id).where(
            Push.state.in_((PushState.WAITING, PushState.SENDING)), Push.due_at <= now
        ).order_by(Push.id).limit(limit)
        ids = db.session.scalars(due if is_sqlite() else due.with_for_update(skip_locked=True)).all()
        db.session.execute(sa.update(Push).where(Push.id.in_(ids)).values(
            state=PushState.SENDING, due_at=now + LEASE, attempts=Push.attempts + 1))
        return queries_push.to_send(ids)


def _note(push_id: int, device_id: int, answer: Answer) -> None:
    """Write down what became of a message; a device that is gone, or failed five times for good, is forgotten."""
    push = db.session.get(Push, push_id)
    device = db.session.get(Device, device_id)
    if push is None or device is None:
        return
    if not answer.error:
        push.state, device.failed = PushState.SENT, 0
        push.title = push.text = ""
        return
    log.warning("push %s: %s", push_id, answer.error)
    if answer.is_for_good:
        device.failed += 1
    if answer.is_gone or device.failed >= rules_push.FAILURES:
        db.session.flush()
        _forget([device_id])
        return
    if answer.is_for_good or push.attempts >= rules_push.TRIES:
        push.state = PushState.FAILED
    else:
        push.state = PushState.WAITING
        push.due_at = clock.now() + rules_push.wait(push.attempts, answer.retry_after)


def forget_old() -> None:
    """Delete what was said a week ago: the key that keeps it from being said twice is not needed any more."""
    db.session.execute(sa.delete(Push).where(
        Push.state.in_((PushState.SENT, PushState.FAILED)), Push.written_at < clock.now() - KEPT))
