"""Count what browsers refused, and forget it again."""

from collections import Counter
from collections.abc import Sequence

import sqlalchemy as sa

from incubator.accounts import rules_reports as rules
from incubator.accounts.models_proofs import BrowserReport
from incubator.accounts.operations_sign_in import count_try
from incubator.foundation import clock
from incubator.foundation.database import db


def count(refused: Sequence[rules.Refused], *, network: str) -> None:
    """Count what a browser told; a network that tells too much waits, and of too many kinds the newest are left out."""
    count_try("reports from", network)
    for one, times in Counter(refused).items():
        row = db.session.scalar(sa.select(BrowserReport).filter_by(
            directive=one.directive, blocked=one.blocked, page=one.page))
        if row is not None:
            row.number, row.last_at = BrowserReport.number + times, clock.now()
        elif (db.session.scalar(sa.select(sa.func.count()).select_from(BrowserReport)) or 0) < rules.MOST_KINDS:
            db.session.add(BrowserReport(
                directive=one.directive, blocked=one.blocked, page=one.page, number=times, first_at=clock.now(),
                last_at=clock.now(),
            ))
        db.session.flush()


def forget_old_reports() -> None:
    """Delete what no browser has told for ninety days."""
    db.session.execute(sa.delete(BrowserReport).where(BrowserReport.last_at < clock.now() - rules.KEPT))
