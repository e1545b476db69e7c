"""What machines ask: does this process live, and may people be sent to it?"""

import re
from pathlib import Path
from typing import Any

import flask
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

import config
from incubator import access
from incubator.foundation import queue, replica
from incubator.foundation.database import db
from incubator.journal.models import Entry

CONTRACT = re.compile("^CONTRACT_AFTER = ", re.MULTILINE)
STEPS = config.ROOT / "migrations" / "versions"


def head() -> str:
    """Return the newest step that this program needs: one that only takes away runs later (see docs/deploy.md)."""
    return max(path.name.partition("_")[0] for path in STEPS.glob("[0-9]*.py")
               if not CONTRACT.search(path.read_text()))


def choose_database(app: flask.Flask) -> None:
    """Let strangers read from a copy of the database, where there is one; the journal tells how far it has come."""
    replica.set_up(app, sa.select(sa.func.max(Entry.id)))


def set_up(app: flask.Flask) -> None:
    newest = head()

    @app.get("/healthz")
    @access.public
    def healthz() -> dict[str, Any]:
        """Say that we live; nobody else is asked, so that what ails others starts nobody anew."""
        return {"status": "alive"}

    @app.get("/readyz")
    @access.public
    def readyz() -> tuple[dict[str, Any], int]:
        """Say whether people may be sent here; without Redis or the copy of the database they may."""
        step = step_of_database()
        found: dict[str, Any] = {
            "database": step is not None, "migrations": bool(step) and step >= newest,  # type: ignore[operator]
            "queue": not app.config["REDIS_URL"] or queue.is_reachable(), "stopping": _is_stopping(app),
        }
        if copy := replica.of(app):
            standing = copy.look()
            found["replica"] = {"answers": standing.steps is not None, "behind": standing.steps,
                                "seconds": standing.seconds, "serves": copy.usable() is not None}
        return found, 200 if found["database"] and found["migrations"] and not found["stopping"] else 503


def step_of_database() -> str | None:
    """Return at which step the database is, nothing where it never took one, None where it does not answer.

    It may be ahead of us: the next version brings it up to date while we still serve.
    """
    try:
        if not sa.inspect(db.session.connection()).has_table("alembic_version"):
            return ""
        return db.session.scalar(sa.text("SELECT max(version_num) FROM alembic_version")) or ""
    except SQLAlchemyError:
        return None
    finally:
        db.session.rollback()


def _is_stopping(app: flask.Flask) -> bool:
    return bool(app.config["STOPPING_FILE"]) and Path(app.config["STOPPING_FILE"]).exists()
