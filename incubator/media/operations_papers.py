"""Keep papers, let them wait for a form that is filled in again, and let them go."""

import hashlib
from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import after_commit
from incubator.journal import record
from incubator.media import papers, queries, rules, store
from incubator.media.models import Paper, PaperKind
from incubator.media.papers import ReadPaper

MOST_WAITING = 60
GONE = _l("A file you sent before is no longer here. Please choose it again.")
TOO_MANY_WAIT = _l("Too many files of yours wait for forms that were not sent. Please try again tomorrow.")


def keep_paper(read: bytes | ReadPaper, by, *, project_id: int | None, name: str = "") -> Paper:
    """Store a paper that nobody but the project sees.

    `read` is the file as it was sent, called `name`, or what `papers.read` made of it before the transaction began.
    """
    read = read if isinstance(read, ReadPaper) else papers.read(read, name)
    _demand_room(project_id, len(read.data))
    paper = _store(read, by, project_id)
    record("paper.kept", by, paper, sha256=paper.sha256, kind=paper.kind)
    return paper


def keep_waiting(read: ReadPaper, by, *, project_id: int | None = None) -> Paper:
    """Store a paper that nothing refers to yet: only `by` can claim it, within a day."""
    if queries.count_waiting(by) >= MOST_WAITING:
        raise RuleBroken(TOO_MANY_WAIT, "files")
    _demand_room(project_id, len(read.data))
    paper = _store(read, by, project_id)
    paper.waiting_since = clock.now()
    record("paper.waits", by, paper, kind=paper.kind)
    return paper


def hold_waiting(waiting: Iterable[Paper], by) -> None:
    """Keep others from waiting papers before anything is journalled: whoever has the journal waits for nobody."""
    for paper in sorted(waiting, key=lambda each: each.id):
        if paper.waiting_since is not None:
            queries.held_waiting(paper.id, by)


def claim(paper: Paper, by, *, project_id: int | None) -> Paper:
    """Let a waiting paper belong to something, once and only by who sent it; else it is refused as gone."""
    held = queries.held_waiting(paper.id, by)
    if held is None:
        raise RuleBroken(GONE, "files")
    if held.project_id != project_id:  # else it is counted since it came
        _demand_room(project_id, held.size_bytes)
    held.waiting_since, held.project_id = None, project_id
    record("paper.kept", by, held, sha256=held.sha256, kind=held.kind)
    return held


def drop_waiting(paper: Paper, by) -> None:
    """Take away a waiting paper that its sender does not want to send after all."""
    held = queries.held_waiting(paper.id, by)
    if held is not None:
        _forget(held, by)


def forget_overdue() -> int:
    """Take away what waited longer than a day, and return how many that were."""
    overdue = queries.held_overdue()
    for paper in overdue:
        _forget(paper, None)
    return len(overdue)


def _demand_room(project_id: int | None, more_bytes: int) -> None:
    if project_id is not None:
        rules.demand_room(*queries.kept_by_project(project_id), more_bytes, "files")


def _store(read: ReadPaper, by, project_id: int | None) -> Paper:
    """Write the file first: one without a row is swept away, a row without its file would promise what is not there."""
    paper = Paper(
        key=store.new_key(), project_id=project_id, kind=read.kind, original_sha256=read.original_sha256,
        sha256=hashlib.sha256(read.data).hexdigest(), size_bytes=len(read.data), pages=read.pages,
        file_name=read.file_name, uploaded_by=getattr(by, "public_id", None), uploaded_at=clock.now(),
    )
    if read.kind is PaperKind.PDF:
        store.write_file(store.place(paper.key, kind=store.PDF), read.data)
    else:
        store.write_file(store.place(paper.key), read.data)
        store.write_file(store.place(paper.key, small=True), read.small or b"")
    db.session.add(paper)
    return paper


def _forget(paper: Paper, by) -> None:
    """Remove the row now and the file once that is certain."""
    record("paper.forgotten", by, paper)
    key = paper.key
    db.session.delete(paper)
    after_commit(lambda: store.remove(key))
