"""Say what is public, and unsay what is not any more: a project's notes are held against its pages.

Whatever happened, a project is looked at as a whole, and what others have heard is made equal to what everybody may
read. Doing that again changes nothing.
"""

from datetime import date, datetime

from incubator import dispatch
from incubator.dispatch.models import PostKind
from incubator.fediverse import operations, queries, queries_said, rules, said
from incubator.fediverse.models import Actor, ActorKind, Note
from incubator.fediverse.operations import inboxes_of, speak
from incubator.fediverse.said import Site, Told
from incubator.foundation import clock
from incubator.foundation.database import db, hold


def settle(project_id: int, site: Site, today: date) -> None:
    """Tell what changed of a project since others last heard."""
    actor = queries.actor_of(project_id)
    if actor is None or hold(actor).gone_at is not None:
        return
    if not queries.is_public_project(project_id):
        operations.take_leave(actor, site)
        return
    operations.tell_face(actor, site, today)
    known = {each.update_id: each for each in queries_said.all_notes(actor.id)}
    told = queries_said.told_of(project_id, site, today)
    told |= queries_said.told(known.keys() - told.keys(), site, today)
    for number, words in sorted(told.items()):
        note = known.get(number)
        if note is None or note.withdrawn_at is not None:
            _say(actor, note, words, site)
        elif note.said_hash != words.mark:
            _say_anew(actor, note, words, site)
    for number in known.keys() - told.keys():
        if known[number].withdrawn_at is None:
            _unsay(actor, known[number], site)


def _say(actor: Actor, note: Note | None, words: Told, site: Site) -> None:
    """Write news down as a note, and tell of it while it is news."""
    now = clock.now()
    if note is None:
        note = Note(actor_id=actor.id, update_id=words.update_id, published_at=words.published_at)
        db.session.add(note)
    note.said_hash, note.withdrawn_at = words.mark, None
    db.session.flush()
    if words.published_at < now - rules.ANNOUNCED:
        return
    document = said.note(words, note.id, actor.handle, site)
    speak(actor, _key(note, "create", words.mark), said.creation(document, actor.handle, site), inboxes_of(actor))
    programme = queries.only(ActorKind.PROGRAMME)
    if programme is not None:
        boost = said.boost(document["id"], words.published_at, programme.handle, site)
        speak(programme, _key(note, "boost", words.mark), boost, inboxes_of(programme))


def _say_anew(actor: Actor, note: Note, words: Told, site: Site) -> None:
    """Tell those who know a note that its words changed; those who have not heard it yet get the new ones at once."""
    note.said_hash, note.updated_at = words.mark, clock.now()
    document = said.note(words, note.id, actor.handle, site, note.updated_at)
    created = said.written(said.whole(said.creation(document, actor.handle, site)))
    dispatch.reword(PostKind.FEDIVERSE, f"note-{note.id}-create-", created)
    dispatch.take_back(PostKind.FEDIVERSE, f"note-{note.id}-update-")
    name = f"{document['id']}#update-{_minute(note.updated_at)}"
    update = said.activity("Update", name, actor.handle, document, site)
    speak(actor, _key(note, "update", words.mark + _minute(note.updated_at)), update | {"updated": document["updated"]},
          inboxes_of(actor, queries.only(ActorKind.PROGRAMME)))


def _unsay(actor: Actor, note: Note, site: Site) -> None:
    """Tell everybody to forget a note; what has not left yet stays here."""
    note.withdrawn_at = now = clock.now()
    url = site.note(note.id)
    dispatch.take_back(PostKind.FEDIVERSE, f"note-{note.id}-")
    delete = said.activity("Delete", f"{url}#delete", actor.handle, said.tombstone(url, now), site)
    programme = queries.only(ActorKind.PROGRAMME)
    speak(actor, _key(note, "delete", _minute(now)), delete, inboxes_of(actor, programme))


def _key(note: Note, what: str, mark: str) -> str:
    return f"note-{note.id}-{what}-{mark[:12]}{mark[64:]}"


def _minute(at: datetime | None) -> str:
    """Tell one change from the next: words may become what they were before."""
    return f"{at:%Y%m%d%H%M%S}" if at else ""
