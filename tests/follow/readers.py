"""What somebody does who reads mail: finds the link in a letter, opens it, presses its button."""

import re

import sqlalchemy as sa

from incubator.follow.models import Follower, Following, Rhythm, Topic
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.letters import operations as letters

HOST = "http://localhost"


def deliver():
    """Do what the worker does, until nothing is left."""
    while journal.deliver():
        pass
    while letters.post():
        pass


def text_of(letter):
    return letter.get_body(("plain",)).get_content()


def link_in(letter, word):
    """Return the path of the link with this word in it."""
    return re.search(rf"{HOST}(/\S*/{word}/\S+)", text_of(letter)).group(1)


def follow(*topics, mail="neighbour@example.org", rhythm=Rhythm.NOW, language="de"):
    """Somebody who has confirmed that they want to hear of these things; of everything with none."""
    now = clock.now()
    with transaction():
        follower = Follower(mail=mail, language=language, rhythm=rhythm, salt="0" * 32, asked_at=now, confirmed_at=now,
                            told_until=now)
        db.session.add(follower)
        db.session.flush()
        for kind, number in topics or [(Topic.PROGRAMME, 0)]:
            db.session.add(Following(follower_id=follower.id, kind=kind, target_id=number, asked_at=now,
                                     confirmed_at=now))
    return follower


def many_follow(number):
    """So many followers of the whole programme, in three languages."""
    now = clock.now()
    with transaction():
        db.session.execute(sa.insert(Follower), [
            {"id": each, "mail": f"reader{each}@example.org", "language": ("de", "en", "ar")[each % 3],
             "rhythm": Rhythm.NOW, "salt": "0" * 32, "asked_at": now, "confirmed_at": now, "told_until": now}
            for each in range(1, number + 1)
        ])
        db.session.execute(sa.insert(Following), [
            {"follower_id": each, "kind": Topic.PROGRAMME, "target_id": 0, "asked_at": now, "confirmed_at": now}
            for each in range(1, number + 1)
        ])
