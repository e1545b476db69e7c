"""Ask for documents and make them. The file exists before the row says so; a killed worker only delays it."""

import hashlib
import logging
from collections.abc import Iterable
from datetime import timedelta

from flask_babel import lazy_gettext as _l

from incubator.documents import contents, press, queries, rules, store
from incubator.documents.models import Document, DocumentKind, DocumentState
from incubator.documents.queries import About
from incubator.foundation import clock, queue
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import after_commit, transaction
from incubator.journal import record
from incubator.projects.models import Project

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
TRIES = 5


def ask(
    project: Project, kind: DocumentKind, by, *, about: About, languages: Iterable[str] | None = None
) -> list[Document]:
    """Have a document made in German and in each lead's language; return those that are new.

    What was already made of exactly this content is not made again; what failed is tried again. Nothing is asked for
    where there is nothing to say, such as an award notice without an award.
    """
    hold(project)
    spoken = rules.languages_for(languages or [person.language for person in project.leads])
    found = [_ask_one(project, kind, by, about, code) for code in spoken]
    return [document for document in found if document is not None]


def ask_again(project: Project, kind: DocumentKind, by) -> list[Document]:
    """Have all documents of a kind made anew where something in them has changed since, or making them failed."""
    abouts = [about for each, about in queries.subjects(project) if each is kind]
    if not abouts:
        raise RuleBroken(_l("There is nothing yet that this document could be about."))
    made = [document for about in abouts for document in ask(project, kind, by, about=about)]
    if not made:
        raise RuleBroken(_l("Nothing has changed since this document was made. It is up to date."))
    return made


def _ask_one(project: Project, kind: DocumentKind, by, about: About, code: str) -> Document | None:
    content = contents.content(project, kind, about[1], code)
    if content is None:
        return None
    now, digest = clock.now(), rules.content_hash(content, about, press.edition())
    document = queries.same(project.id, kind, code, digest)
    if document is None:
        document = Document(
            project_id=project.id, kind=kind, about_type=about[0], about_id=about[1], language=code, content=content,
            content_hash=digest, asked_at=now, due_at=now, asked_by_id=getattr(by, "id", None),
        )
        db.session.add(document)
    elif document.state is DocumentState.FAILED:
        document.state, document.attempts, document.due_at, document.error = DocumentState.WAITING, 0, now, ""
    else:
        return None
    record("document.asked", by, document, kind=kind, language=code, about_type=about[0], about_id=about[1])
    number = document.id
    after_commit(lambda: queue.wake("incubator.documents.jobs.make", number))
    return document


def make(number: int | None = None, *, limit: int = 20) -> int:
    """Make what waits and return how many are ready; outside of any transaction, because setting takes its time."""
    return sum(_make(taken) for taken in _take(number, limit))


def _take(number: int | None, limit: int) -> list[int]:
    """Lease documents to this process and count the try: one that kills its worker every time is given up."""
    now = clock.now()
    if db.session.scalar(queries.due(now, number, 1)) is None:  # the usual case takes no writer's place
        db.session.rollback()
        return []
    with transaction():
        taken = db.session.scalars(queries.due(now, number, limit).with_for_update(skip_locked=True)).all()
        for document in taken:
            if document.attempts >= TRIES:
                _give_up(document, "gave up")
            else:
                document.attempts += 1
                document.due_at = now + LEASE
        return [document.id for document in taken if document.state is DocumentState.WAITING]


def _make(number: int) -> int:
    document = db.session.get_one(Document, number)
    kind, content, asked_at = document.kind, document.content, document.asked_at
    db.session.rollback()
    try:
        data = press.pdf(kind.value, content, asked_at)
    except press.CannotPrint as fault:
        log.warning("document %s: %s", number, fault)
        return _postpone(number)
    key = store.new_key()
    store.write(key, data)
    return _finish(number, key, data)


def _finish(number: int, key: str, data: bytes) -> int:
    with transaction():
        document = hold(db.session.get_one(Document, number))
        if document.state is not DocumentState.WAITING:  # another worker was faster
            store.remove(key)
            return 0
        document.state, document.key, document.made_at = DocumentState.READY, key, clock.now()
        document.sha256, document.size_bytes = hashlib.sha256(data).hexdigest(), len(data)
        document.pages, document.content, document.error = press.count_pages(data), {}, ""
        record("document.made", None, document, kind=document.kind, language=document.language,
               sha256=document.sha256, size_bytes=document.size_bytes, pages=document.pages)
    return 1


def _postpone(number: int) -> int:
    with transaction():
        document = hold(db.session.get_one(Document, number))
        if document.state is DocumentState.WAITING:
            document.error = "template"
            document.due_at = clock.now() + queue.wait(document.attempts, 15)
            if document.attempts >= TRIES:
                _give_up(document, "template")
    return 0


def _give_up(document: Document, error: str) -> None:
    document.state, document.error = DocumentState.FAILED, error
    record("document.failed", None, document, kind=document.kind, language=document.language)
