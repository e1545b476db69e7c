"""Make editions: rows are read and files made outside of any transaction, which only takes them in."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import after_commit, transaction
from incubator.journal import queries as journal
from incubator.opendata import changes, making, queries, rules, store
from incubator.opendata.about import About
from incubator.opendata.models import Edition, EditionFile, EditionState
from incubator.opendata.queries import Subject
from incubator.opendata.queries_walk import Scope


def make(subject: Subject, about: About, *, keep: int) -> bool:
    """Make a new edition where there is something new, and say whether there was; `keep` older ones stay readable."""
    position = journal.position()
    with tempfile.TemporaryDirectory(prefix="opendata") as scratch:
        spool = making.spool(Path(scratch), Scope(about.base, subject.round_id))
        before = queries.newest(subject.name)
        if before is not None and before.content_hash == spool.content_hash and _is_there(before):
            with transaction():
                _look(subject.name, position)
            return False
        number = before.number + 1 if before else 1
        changed = _changes(subject.name, spool)
        files = [_kept(Path(scratch), name, kind) for name, kind in making.write_all(spool, about, number)]
    with transaction():
        _take_in(subject, spool, files, number=number, position=position, changed=changed, keep=keep)
    return True


def _is_there(edition: Edition) -> bool:
    """Say whether an edition's files were not lost: no backup keeps them."""
    return all(store.place(file.place).exists() for file in edition.files)


def _look(name: str, position: int) -> None:
    """Note that the newest edition says what is public at this entry."""
    newest = queries.newest(name)
    if newest is not None:
        newest.looked_at, newest.position = clock.now(), position


def _changes(name: str, spool: making.Spool) -> dict[str, list[int]]:
    """Count what is new; where the rows of the edition before are gone everything is."""
    marks = queries.file(name, None, queries.ROWS, inside=True)
    place = store.place(marks.place) if marks else None
    old = changes.read(changes.opened(place)) if place is not None and place.exists() else iter(())
    with (spool.folder / queries.ROWS).open("rb") as new:
        return changes.between(old, changes.read(new))


def _kept(folder: Path, name: str, kind: str) -> EditionFile:
    size, sha256 = making.sized(folder / name)
    return EditionFile(name=name, media_type=kind, size=size, sha256=sha256, place=store.keep(folder / name))


def _take_in(
    subject: Subject, spool: making.Spool, files: list[EditionFile], *, number: int, position: int,
    changed: dict[str, list[int]], keep: int,
) -> None:
    before = queries.older(subject.name)
    if rules.takes_back(changed):
        _end(before, EditionState.TAKEN_BACK)
    else:
        _end([each for place, each in enumerate(before) if place >= keep or not _is_there(each)], EditionState.OLD)
    db.session.add(Edition(
        round_id=subject.round_id, subject=subject.name, number=number, position=position,
        content_hash=spool.content_hash, made_at=clock.now(), looked_at=clock.now(), numbers=spool.numbers,
        changes=changed if before or number > 1 else {}, files=files))


def _end(editions: Sequence[Edition], state: EditionState) -> None:
    """Let the files go; that they were there, and their checksums, stays."""
    for edition in editions:
        edition.state = state
        for file in edition.files:
            after_commit(lambda key=file.place: store.remove(key))  # type: ignore[misc]
