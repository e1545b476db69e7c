"""Tell devices: begin and end it, write down what is to be said with the news, send it afterwards."""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.accounts.operations_sign_in import count_try
from incubator.follow import queries_news, queries_push, rules_push
from incubator.follow.models import Device, DeviceFollowing, Push, PushState
from incubator.follow.queries import Target
from incubator.follow.queries_news import Event
from incubator.foundation import clock, queue
from incubator.foundation.database import db, insert, is_sqlite
from incubator.foundation.errors import RuleBroken
from incubator.foundation.language import in_language, named
from incubator.foundation.transaction import after_commit, transaction

if TYPE_CHECKING:
    from incubator.follow.push_services import Answer, Sender

log = logging.getLogger(__name__)
AT_ONCE = 500
LEASE = timedelta(minutes=5)
LONGEST_TALK = timedelta(minutes=1)  # one message to a service that answers at the last moment
KEPT = timedelta(days=7)
LONGEST_TITLE, LONGEST_TEXT = 80, 160


def begin(
    target: Target, *, endpoint: str, key: str, auth: str, language: str, hosts: Collection[str], network: str
) -> None:
    """Tell a device about something from now on; it may be known already, and may follow it already."""
    rules_push.demand_subscription(endpoint, key, auth, hosts)
    count_try("device from", network)
    given = {"key": key, "auth": auth, "language": language, "failed": 0}
    db.session.execute(insert(Device).values(endpoint=endpoint, since=clock.now(), **given)
                       .on_conflict_do_update(index_elements=["endpoint"], set_=given))
    device = queries_push.device(endpoint)
    assert device is not None, "it was written in this transaction"
    db.session.execute(insert(DeviceFollowing).values(device_id=device.id, kind=target.kind, target_id=target.id)
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
    """Delete devices with all that belongs to them; held first, as the sending holds them before its messages."""
    db.session.execute(sa.select(Device.id).where(Device.id.in_(device_ids)).order_by(Device.id).with_for_update())
    for table, column in ((Push, Push.device_id), (DeviceFollowing, DeviceFollowing.device_id), (Device, Device.id)):
        db.session.execute(sa.delete(table).where(column.in_(device_ids)))


def tell(event: Event, base_url: str) -> int:
    """Write down one piece of news for all devices that follow it, some hundreds at a time; return how many."""
    told, after, now = 0, 0, clock.now()
    said: dict[str, dict[str, str]] = {}
    while devices := queries_push.hearing(event.topics, after=after, limit=AT_ONCE):
        for language in {each.language for each in devices} - said.keys():
            said[language] = _in_words(event, language, base_url)
        db.session.connection().execute(insert(Push).on_conflict_do_nothing(index_elements=["key"]), [
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
    return {
        "title": rules_push.shortened(news.project.text, LONGEST_TITLE),
        "text": rules_push.shortened(f"{news.title.text}. {news.excerpt}", LONGEST_TEXT),
        "url": f"{base_url}/{language}/{news.path}",
    }


def unsay(update_id: int) -> None:
    """Keep messages about news that was withdrawn from leaving, and forget what they said."""
    db.session.execute(
        sa.update(Push).where(Push.key.endswith(f":{queries_news.update_key(update_id)}"),
                              Push.state != PushState.SENT)
        .values(state=PushState.FAILED, title="", text=""))


def post(sender: "Sender", *, limit: int = 50) -> int:
    """Send what is due and return how many were taken; what a killed worker had taken is free after five minutes.

    Each is looked at again before it leaves: news may have been withdrawn while others were spoken to.
    """
    taken, lease = _take(limit)
    for place, number in enumerate(taken):
        if clock.now() + LONGEST_TALK > lease:  # the rest could be taken by others while we speak
            _give_back(taken[place:], lease)
            break
        push = queries_push.to_send(number, lease)
        db.session.rollback()
        if push is None:
            continue
        answer = sender.send(
            {"endpoint": push.endpoint, "keys": {"p256dh": push.device_key, "auth": push.auth}},
            rules_push.message(push.title, push.text, push.url, tag=push.key.partition(":")[2],
                               language=named(push.language).html, direction=named(push.language).dir))
        with transaction():
            _note(number, push.device_id, lease, answer)
    return len(taken)


def _take(limit: int) -> tuple[Sequence[int], datetime]:
    """Lease messages to this process; looked for first without keeping anybody waiting."""
    now = clock.now()
    due = sa.select(Push.id).where(
        Push.state.in_((PushState.WAITING, PushState.SENDING)), Push.due_at <= now
    ).order_by(Push.id).limit(limit)
    db.session.rollback()
    if db.session.scalar(due.limit(1)) is None:
        return [], now
    with transaction():
        ids = db.session.scalars(due if is_sqlite() else due.with_for_update(skip_locked=True)).all()
        db.session.execute(sa.update(Push).where(Push.id.in_(ids)).values(
            state=PushState.SENDING, due_at=now + LEASE, attempts=Push.attempts + 1))
    return ids, now + LEASE


def _give_back(numbers: Sequence[int], lease: datetime) -> None:
    with transaction():
        db.session.execute(sa.update(Push).where(queries_push.leased(numbers, lease)).values(
            state=PushState.WAITING, due_at=clock.now(), attempts=Push.attempts - 1))


def _note(number: int, device_id: int, lease: datetime, answer: "Answer") -> None:
    """Write down what became of a message; a device that is gone, or failed five times for good, is forgotten."""
    device = db.session.get(Device, device_id, with_for_update={"key_share": True})
    if device is None:
        return
    if answer.error:
        log.warning("push %s: %s", number, answer.error)
    device.failed = device.failed + 1 if answer.is_for_good else device.failed if answer.error else 0
    if answer.is_gone or device.failed >= rules_push.FAILURES:
        db.session.flush()
        _forget([device_id])
        return
    push = db.session.scalar(sa.select(Push).where(queries_push.leased([number], lease)).with_for_update())
    if push is not None:  # neither withdrawn nor taken over meanwhile
        _settle(push, answer)


def _settle(push: Push, answer: "Answer") -> None:
    if not answer.error:
        push.state, push.title, push.text = PushState.SENT, "", ""
    elif answer.is_for_good or push.attempts >= rules_push.TRIES:
        push.state = PushState.FAILED
    else:
        push.state = PushState.WAITING
        push.due_at = clock.now() + rules_push.wait(push.attempts, answer.retry_after)


def forget_old() -> None:
    """Delete what was said a week ago: the key that keeps it from being said twice is not needed any more."""
    db.session.execute(sa.delete(Push).where(
        Push.state.in_((PushState.SENT, PushState.FAILED)), Push.written_at < clock.now() - KEPT))
