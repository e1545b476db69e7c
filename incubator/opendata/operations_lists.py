"""Note who took which list along; and have the open data made anew now."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from incubator.foundation import queue
from incubator.foundation.database import db
from incubator.foundation.transaction import after_commit
from incubator.journal import record
from incubator.opendata.models import Edition
from incubator.opendata.queries_lists import EXPORTED
from incubator.opendata.rules_lists import Form, List

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def note(by: Any, kind: List, form: Form, round_id: int | None, rows: int) -> None:
    record(EXPORTED, by, by, list=kind, form=form, round=round_id, rows=rows)


def ask_anew(by: Any) -> None:
    """Let every subject be looked at again, as at night."""
    record("data.asked_anew", by, by)
    db.session.execute(sa.update(Edition).values(looked_at=LONG_AGO))
    after_commit(lambda: queue.wake("incubator.opendata.jobs.wake"))
