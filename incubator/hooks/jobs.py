"""Partners' systems hear what the journal tells of public things."""

from collections.abc import Mapping
from typing import Any

import flask

from incubator.dispatch import Voice, speak
from incubator.dispatch.models import PostKind
from incubator.foundation import at_rest, clock
from incubator.foundation.database import db
from incubator.hooks import operations, rules
from incubator.hooks.models import Hook
from incubator.journal import on
from incubator.journal.models import Entry

FOR_GOOD = frozenset({400, 404, 405, 406, 413, 415, 422, 501})  # asking once more would not help


def _signed(message: Any, is_new: bool) -> Mapping[str, str] | None:
    hook = db.session.get(Hook, message.sender_id)
    if hook is None or hook.ended_at is not None:
        return None
    try:
        secret = at_rest.open_(operations.PURPOSE, hook.secret)
    except at_rest.Unreadable:  # the program's own secret was changed: nothing could be signed any more
        return None
    return rules.headers(secret, f"msg_{message.id}", int(clock.now().timestamp()), message.body)


speak(PostKind.HOOK, Voice(sign=_signed, heard=operations.heard, given_up=operations.given_up, gone=operations.gone,
                           ends=FOR_GOOD))


@on(*rules.TOPIC_OF)
def tell_hooks(entry: Entry) -> None:
    operations.tell(entry, flask.current_app.config["BASE_URL"])
