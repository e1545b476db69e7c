"""An empty database again and again: its tables are made once, then they are copied."""

from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy.engine import Engine

from incubator.foundation.database import db, sqlite

_KEPT: WeakKeyDictionary[Engine, Any] = WeakKeyDictionary()


def empty_sqlite() -> None:
    """Leave in the app's SQLite database what `drop_all` and `create_all` would leave, fifty times as quickly."""
    db.session.remove()
    kept = _KEPT.get(db.engine)
    if kept is None:
        db.drop_all()
        db.create_all()
    with db.engine.connect() as line:
        ours: Any = line.connection.driver_connection
        if kept is None:
            _KEPT[db.engine] = kept = sqlite.connect(":memory:")
            ours.backup(kept)
        else:
            kept.backup(ours)
