"""An address of a partner's system and a message to it."""

from types import SimpleNamespace

from incubator.dispatch.models import Post, PostKind, PostState
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.hooks import operations, rules


def add_to(world: SimpleNamespace) -> None:
    with transaction():
        world.hook = operations.add(
            world.people["coordinator"], rules.new_secret(), name="Bücherei", url="https://library.example/hook",
            events=list(rules.Topic), organisation_id=world.organisation.id)
        world.post = Post(
            key=f"hook test {world.hook.id}", kind=PostKind.HOOK, sender_id=world.hook.id, url=world.hook.url,
            host="library.example", body="{}", state=PostState.FAILED, attempts=8, due_at=clock.now(),
            written_at=clock.now(), error="500")
        db.session.add(world.post)
