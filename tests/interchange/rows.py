"""A round that came from elsewhere, with the journal it brought."""

from pathlib import Path
from types import SimpleNamespace

from flask import current_app

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.interchange import waiting
from incubator.interchange.models import Arrival
from incubator.interchange.round_plan import MANIFEST
from incubator.journal import record

HASH = "a" * 64


def add_to(world: SimpleNamespace) -> None:
    with transaction():
        db.session.add(Arrival(
            archive_hash=HASH, site="https://there.example", public_key="b" * 64, round_id=world.round.id, numbers={},
            taken_by_id=world.people["coordinator"].id, taken_at=clock.now()))
        record("round.arrived", world.people["coordinator"], world.round, archive=HASH, key="b" * 64, number=7,
               hash="c" * 64)
    folder = Path(current_app.config["INSTANCE"]) / "arrivals" / HASH
    folder.mkdir(parents=True, exist_ok=True)
    for name in (MANIFEST, *waiting.JOURNAL):
        (folder / name).write_text("{}")
