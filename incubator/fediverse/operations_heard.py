"""Do what a message says whose signature holds: follow, leave, go, change, answer. Everything else is let be."""

from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from incubator.fediverse import operations, queries, rules
from incubator.fediverse.models import Actor, ActorKind, RemoteFollower, RemoteKey, RemoteReply
from incubator.fediverse.neighbours import Somebody
from incubator.fediverse.said import Site
from incubator.foundation import clock
from incubator.foundation.addresses import readable
from incubator.foundation.database import db, fingerprint, insert
from incubator.foundation.language import BY_CODE

Activity = dict[str, Any]
UNREAD = ("script", "style")


class _Plain(HTMLParser):
    """Keeps the words of a page: no element, no attribute; a break or a paragraph begins a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unread = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.unread = tag if tag in UNREAD else ""
        if tag in ("br", "p", "div", "li"):
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.unread = ""

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.parts.append(data)


def carry_out(activity: Activity, who: Somebody | None, site: Site) -> None:
    kind, speaker, about = activity["type"], activity["actor"], activity["object"]
    if kind == "Follow" and who is not None:
        _follow(activity, who, site)
    elif kind == "Undo":
        _leave(speaker, about, site)
    elif kind == "Delete":
        _delete(speaker, rules.id_of(about))
    elif kind == "Update":
        _update(speaker, about, who)
    elif kind == "Create":
        _answer(speaker, about, site)


def _meant(about: Any, site: Site) -> Actor | None:
    """Return our actor that is meant, if it can be followed."""
    place, _, handle = rules.id_of(about).rpartition("/")
    actor = queries.actor(handle) if place == f"{site.base}/ap/actors" else None
    if actor is None or actor.gone_at is not None or actor.kind is ActorKind.INSTANCE:
        return None
    return actor


def _follow(activity: Activity, who: Somebody, site: Site) -> None:
    """Let somebody follow, and say so; whoever follows already is told once more."""
    actor = _meant(activity["object"], site)
    if actor is None:
        return
    given = {"inbox": who.inbox, "shared_inbox": who.shared_inbox, "host": rules.host_of(who.uri)}
    db.session.execute(
        insert(RemoteFollower).values(actor_id=actor.id, uri=who.uri, since=clock.now(), **given)
        .on_conflict_do_update(index_elements=["actor_id", "uri"], set_=given))
    url = site.actor(actor.handle)
    asked = {"id": rules.id_of(activity.get("id")), "type": "Follow", "actor": who.uri, "object": url}
    name = f"{_mark(who.uri, asked['id'])}-{uuid4().hex[:12]}"
    accept = {"id": f"{url}#accept-{name}", "type": "Accept", "actor": url, "to": [who.uri], "object": asked}
    operations.speak(actor, f"accept-{actor.id}-{name}", accept, iter([[who.inbox]]))


def _mark(speaker: str, name: str) -> str:
    return fingerprint(f"{speaker} {name}")[:24]


def _leave(speaker: str, about: Any, site: Site) -> None:
    """Let somebody go; a follow that is named by its address alone is known by the answer it was given."""
    if rules.is_only_named(about):
        actor = queries.accepted(speaker, _mark(speaker, rules.id_of(about)))
    else:
        actor = _meant(about.get("object"), site) if about.get("actor", speaker) == speaker else None
    if actor is not None:
        db.session.execute(sa.delete(RemoteFollower).where(
            RemoteFollower.actor_id == actor.id, RemoteFollower.uri == speaker))


def _delete(speaker: str, about: str) -> None:
    """Forget an answer, or somebody who says of themselves that they go."""
    if about == speaker:
        operations.forget_somebody(speaker)
        return
    db.session.execute(sa.delete(RemoteReply).where(RemoteReply.uri == about, RemoteReply.author == speaker))


def _update(speaker: str, about: Any, who: Somebody | None) -> None:
    """Take over where somebody hears from now on, a new key, or other words of an answer."""
    if rules.id_of(about) == speaker and who is not None:
        db.session.execute(sa.update(RemoteFollower).where(RemoteFollower.uri == speaker).values(
            inbox=who.inbox, shared_inbox=who.shared_inbox))
        db.session.execute(sa.delete(RemoteKey).where(RemoteKey.owner == speaker, RemoteKey.uri != who.key_id))
    elif isinstance(about, dict):
        text, language = _words(about)
        db.session.execute(
            sa.update(RemoteReply).where(RemoteReply.uri == rules.id_of(about), RemoteReply.author == speaker)
            .values(text=text, language=language))


def _answer(speaker: str, about: Activity, site: Site) -> None:
    """Keep an answer to a note for the office, where the round takes answers; nobody else sees it."""
    number = rules.id_of(about.get("inReplyTo")).rpartition("/")[2]
    note_id = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    uri, (text, language) = rules.id_of(about), _words(about)
    is_theirs = about.get("type") == "Note" and about.get("attributedTo") == speaker
    if not is_theirs or not text or rules.host_of(uri) != rules.host_of(speaker) or not queries.takes_replies(note_id):
        return
    if queries.number_of_replies(note_id) >= rules.MOST_REPLIES:
        return
    db.session.execute(
        insert(RemoteReply).values(note_id=note_id, uri=uri, author=speaker, text=text, language=language,
                                   came_at=clock.now()).on_conflict_do_nothing(index_elements=["uri"]))


def _words(about: Activity) -> tuple[str, str]:
    """Return plain words and their language, where it is one we know."""
    whole = rules.text_of(about, "content", rules.LARGEST)
    plain = _Plain()
    plain.feed(whole)
    plain.close()
    lines = [readable(" ".join(line.split())) for line in "".join(plain.parts).split("\n")]
    named = about.get("contentMap")
    codes = [code for code in named if code in BY_CODE] if isinstance(named, dict) else []
    return "\n".join(filter(None, lines))[:rules.LONGEST_REPLY], codes[0] if len(codes) == 1 else ""
