"""One edition with one file, as rows and bytes alone: for worlds in which nothing is to be made."""

import hashlib

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.opendata import store
from incubator.opendata.models import Edition, EditionFile

SAID = b"id\r\n"


def one_edition() -> Edition:
    """What it was made of lies far ahead: nothing that happens in such a world takes it back."""
    key = store.new_key()
    place = store.place(key)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(SAID)
    sha256 = hashlib.sha256(SAID).hexdigest()
    file = EditionFile(name="projects.csv", media_type="text/csv", size=len(SAID), sha256=sha256, place=key)
    edition = Edition(subject="all", number=1, position=10**6, content_hash=sha256, made_at=clock.now(),
                      looked_at=clock.now(), numbers={"projects": 0}, changes={}, files=[file])
    with transaction():
        db.session.add(edition)
    return edition
