"""What browsers refused."""

from collections.abc import Sequence

import sqlalchemy as sa

from incubator.accounts.models_proofs import BrowserReport
from incubator.foundation.database import db

SHOWN = 100


def browser_reports() -> Sequence[BrowserReport]:
    """Return what was told last, at most a hundred kinds."""
    return db.session.scalars(
        sa.select(BrowserReport).order_by(BrowserReport.last_at.desc(), BrowserReport.id.desc()).limit(SHOWN)
    ).all()
