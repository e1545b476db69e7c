"""What the worker does for the fediverse; nothing of it happens, and no row is written, while it is off."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import flask

from incubator.dispatch import Voice, speak
from incubator.dispatch.models import PostKind
from incubator.fediverse import operations, operations_notes, queries, signing
from incubator.fediverse.models import Actor, ActorKind
from incubator.fediverse.operations_inbox import Looking
from incubator.fediverse.where import is_on, site
from incubator.foundation import clock, turns
from incubator.foundation.database import db
from incubator.foundation.jobs import every_tick, job, now_and_then
from incubator.foundation.transaction import transaction
from incubator.journal import on
from incubator.journal.models import Entry

TURN = timedelta(seconds=10)
AT_ONCE = 5
LOOKED_BACK = timedelta(days=7)
FOR_GOOD = frozenset({400, 404, 405, 406, 413, 415, 422, 501})  # a follower's own server will not think otherwise


def _signed(message: Any, is_new: bool) -> Mapping[str, str] | None:
    actor = db.session.get(Actor, message.sender_id)
    if actor is None or not is_on():
        return None
    return operations.signer(actor, site())("POST", message.url, message.body.encode(), is_new=is_new)


def _forget_inbox(message: Any) -> None:
    operations.forget_inbox(message.url)


speak(PostKind.FEDIVERSE, Voice(sign=_signed, gone=_forget_inbox, knows_two_ways=True, ends=FOR_GOOD))


@on("update.published", "update.corrected", "update.withdrawn", "milestone.accepted", "milestone.cancelled",
    "photo.published", "photo.hidden", "photo.withdrawn", "photo.described", "passage.published", "passage.withdrawn",
    "project.moved", "project.edited")
def tell_the_fediverse(entry: Entry) -> None:
    if is_on() and entry.project_id is not None:
        operations_notes.settle(entry.project_id, site(), clock.today())


@job
def look() -> None:
    """Look at what has arrived, some seconds at most; one worker at a time, so that nothing is fetched twice."""
    if not is_on():
        return
    with turns.turn("fediverse inbox") as is_mine:
        until, looking = clock.now() + TURN, Looking(site())
        while is_mine and looking.look(20) and clock.now() < until:
            pass


@every_tick
def look_due() -> None:
    look()


@every_tick
def introduce() -> None:
    """Give the programme and public projects their names; keys are made before anybody has to wait for the database.

    Others are told at once to forget a project that is not public any more, by whatever way that came about.
    """
    if not is_on():
        return
    with turns.turn("fediverse names") as is_mine:
        if not is_mine:
            return
        for kind, words in ((ActorKind.INSTANCE, operations.INSTANCE),
                            (ActorKind.PROGRAMME, flask.current_app.config["SITE_NAME"])):
            if queries.only(kind) is None:
                _introduce(kind, words)
        for project in queries.without_actor(AT_ONCE):
            _introduce(ActorKind.PROJECT, project.slug, project.id)
        for number in queries.not_public_any_more(AT_ONCE):
            _settle(number)


def _introduce(kind: ActorKind, words: str, project_id: int | None = None) -> None:
    db.session.rollback()
    key = signing.new_key()
    with transaction():
        operations.introduce(kind, words, key, project_id)
    if project_id is not None:
        _settle(project_id)


def _settle(project_id: int) -> None:
    with transaction():
        operations_notes.settle(project_id, site(), clock.today())


@now_and_then
def forget_old() -> None:
    operations.forget_old()


@now_and_then
def let_photos_go() -> None:
    """Take photos whose consent has ended out of notes that others keep."""
    if not is_on():
        return
    today = clock.today()
    for number in queries.whose_photos_ended(today - LOOKED_BACK, today):
        operations_notes.settle(number, site(), today)
