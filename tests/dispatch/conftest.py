"""Machines of others, played on this one, and a room that speaks to them."""

import pytest

from incubator.dispatch import Draft, Voice, write
from incubator.dispatch.models import PostKind
from incubator.dispatch.voices import voices
from incubator.foundation.transaction import transaction


class Told(list):
    """What the room heard: pairs of a word and a message's key."""

    def voice(self, **given):
        said = {name: (lambda message, name=name: self.append((name, message.key)))
                for name in ("heard", "given_up", "gone")}
        return Voice(**({"sign": lambda message, is_new: {"X-New": str(is_new)}} | said | given))


@pytest.fixture
def told(app, monkeypatch):
    heard = Told()
    monkeypatch.setitem(voices, PostKind.HOOK, heard.voice())
    return heard


@pytest.fixture
def tell(there, told):
    """Write a message down: `tell("key")`; `url` where it goes."""

    def say(*keys, url=None, kind=PostKind.HOOK):
        with transaction():
            write([Draft(key, kind, 1, url or f"{there.url}/inbox", f'{{"key": "{key}"}}') for key in keys])

    return say
