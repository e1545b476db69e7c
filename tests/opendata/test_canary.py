"""A word in every private field of the database, and no file of the open data that holds one, packed or not."""

import io
import zipfile

import pytest
import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.opendata import jobs, queries, store
from incubator.opendata.models import EditionFile
from tests.follow.test_canary import WORD, _hide, _poison
from tests.house.world import build


def _unpacked(data):
    """Return bytes, and what is packed in them."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(_unpacked(archive.read(name)) for name in archive.namelist())


@pytest.mark.parametrize("status", ["active", "recovery", "revoked"])
def test_no_private_word_is_in_any_file(app, make, visit, status):
    world = build(make, status)
    _hide(world, make)
    title = world.project.title
    assert len(_poison()) > 60
    for each in queries.subjects():
        jobs.make(each)
    leaks, read = [], 0
    made = EditionFile.place.not_like(f"{WORD}%"), EditionFile.name != queries.ROWS
    for file in db.session.scalars(sa.select(EditionFile).where(*made)):
        said = _unpacked(store.place(file.place).read_bytes())
        at = said.find(WORD.encode())
        leaks += [f"{file.name}: {said[max(0, at - 60):at + 60]!r}"] if at >= 0 else []
        read += title.encode() in said
    assert leaks == [], "\n".join(leaks)
    assert read >= 10
    for path in ("/de/opendata/", "/opendata/all/editions.json", "/opendata/catalogue.jsonld"):
        answer = visit().get(path)
        assert answer.status == 200 and WORD not in answer.text, path
