"""Add addresses of partners' systems, tell them, and leave them in peace when nobody answers."""

from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator import dispatch, letters
from incubator.accounts.models import Person
from incubator.dispatch import Draft
from incubator.dispatch.models import Post, PostKind, PostState
from incubator.foundation import at_rest, clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.hooks import queries, rules, said
from incubator.hooks.models import Hook
from incubator.journal import record
from incubator.journal.models import Entry

PURPOSE = "hooks"
UNSENT = (PostState.WAITING, PostState.SENDING)


def add(
    by: Any, secret: str, *, name: str, url: str, events: list[Any], organisation_id: int | None = None
) -> Hook:
    """Let an address hear; its secret is kept encrypted, and shown once by whoever called this."""
    rules.demand_address(url)
    rules.demand_room(queries.number_of_hooks(), queries.number_of_hooks(organisation_id) if organisation_id else 0)
    hook = Hook(name=name, url=url, secret=at_rest.close(PURPOSE, secret), events=[str(each) for each in events],
                organisation_id=organisation_id, made_by_id=by.id, made_at=clock.now(), failed=0)
    db.session.add(hook)
    db.session.flush()
    record("hook.added", by, hook, events=hook.events)
    return hook


def end(hook: Hook, by: Any) -> None:
    """Let it hear no more; what waits for it is dropped."""
    hold(hook)
    if hook.ended_at is not None:
        return
    hook.ended_at = clock.now()
    record("hook.ended", by, hook, failed=hook.failed)
    db.session.execute(
        sa.update(Post).where(Post.kind == PostKind.HOOK, Post.sender_id == hook.id, Post.state.in_(UNSENT))
        .values(state=PostState.FAILED, body="", error="taken back"))


def test(hook: Hook, base: str) -> None:
    """Send a message that means nothing."""
    _demand_open(hook)
    written = said.body("test", clock.now(), {"site": base})
    dispatch.write([Draft(f"hook test {uuid4().hex}", PostKind.HOOK, hook.id, hook.url, written)])


def try_again(message: Post, hook: Hook) -> None:
    _demand_open(hook)
    hold(message)
    if message.state is not PostState.FAILED or not message.body:
        raise RuleBroken(_l("Only a message that could not be delivered can be tried again."))
    message.state, message.attempts, message.due_at, message.error = PostState.WAITING, 0, clock.now(), ""


def _demand_open(hook: Hook) -> None:
    if hook.ended_at is not None:
        raise RuleBroken(_l("This address was ended. Add it anew if it is to hear again."))


def tell(entry: Entry, base: str) -> None:
    """Write a message for each address that wants to hear; news that was taken back keeps earlier ones from leaving."""
    if entry.action == "update.withdrawn":
        dispatch.take_back(PostKind.HOOK, _key(entry, ""))
    told = said.of_entry(entry, base)
    if told is None:
        return
    project, body = told
    dispatch.write([
        Draft(_key(entry, f"{entry.id} {hook.id}"), PostKind.HOOK, hook.id, hook.url, body)
        for hook in queries.hearing(rules.TOPIC_OF[entry.action], project)
    ])


def _key(entry: Entry, rest: str) -> str:
    return f"hook {entry.subject_type} {entry.subject_id} {rest}"


def heard(message: Any) -> None:
    if hook := db.session.get(Hook, message.sender_id):
        hook.failed = 0


def given_up(message: Any) -> None:
    """Count it; after many in a row the address is ended, and whoever added it gets a letter."""
    hook = db.session.get(Hook, message.sender_id)
    if hook is None or hook.ended_at is not None:
        return
    hook.failed += 1
    if hook.failed >= rules.GIVEN_UP:
        _end_for_good(hook)


def gone(message: Any) -> None:
    """The machine says that the address is no more."""
    if (hook := db.session.get(Hook, message.sender_id)) and hook.ended_at is None:
        hook.failed += 1
        _end_for_good(hook)


def _end_for_good(hook: Hook) -> None:
    db.session.flush()
    end(hook, None)
    maker = db.session.get(Person, hook.made_by_id) if hook.made_by_id else None
    if maker is not None:
        letters.write(maker, "hook_ended", key=f"hook-ended-{hook.id}", name=hook.name)
