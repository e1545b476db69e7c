"""One of each thing of the fediverse that has an address, for tests over every address."""

import sqlalchemy as sa

from incubator.fediverse.models import Actor, ActorKind, DomainBlock, Note, RemoteReply
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction

HANDLE, HOST = "ein_projekt", "boese.example"


def renew(world):
    """Make anew what a sent form takes away: the block of a server, and an answer that nobody has read."""
    now = clock.now()
    with transaction():
        actor = db.session.scalar(sa.select(Actor).where(Actor.handle == HANDLE))
        if actor is None:
            actor = Actor(kind=ActorKind.PROJECT, project_id=world.project.id, handle=HANDLE, secret_key="closed",
                          public_key="-", made_at=now)
            db.session.add(actor)
            db.session.flush()
        note = Note(actor_id=actor.id, update_id=world.update.id, said_hash="0" * 64, published_at=now)
        db.session.add(note)
        db.session.flush()
        world.reply = RemoteReply(note_id=note.id, uri=f"https://anderswo.example/notes/{note.id}",
                                  author="https://anderswo.example/users/amal", text="Schön!", came_at=now)
        db.session.add(world.reply)
        if db.session.get(DomainBlock, HOST) is None:
            db.session.add(DomainBlock(host=HOST, reason="Werbung", made_at=now))


def programme():
    """Let the programme be followed as well."""
    with transaction():
        db.session.add_all(Actor(kind=kind, handle=kind.value, secret_key="closed", public_key="-", made_at=clock.now())
                           for kind in (ActorKind.PROGRAMME, ActorKind.INSTANCE))


def parts(world):
    return {"handle": HANDLE, "host": HOST, "reply_id": world.reply.id}
