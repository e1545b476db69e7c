"""A town that moves: let go, taken in, read and counted."""

from pathlib import Path

import sqlalchemy as sa

from incubator.budgets import rules as budgets
from incubator.budgets.models import Approval, Plan
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.interchange import operations
from incubator.interchange.round_open import opened
from incubator.interchange.round_plan import People
from incubator.payments.models import Account, LedgerEntry
from incubator.programme.models import Round
from incubator.projects.models import Project
from tests.browser.town import Town
from tests.builders import Builders
from tests.visitors import Visitor

KEY = "5" * 64
PAGES = ("projects/kueche", "projects/kueche/money", "projects/completed/money", "workshops/wohnen",
         "workshops/wohnen/minutes", "workshops/bald", "rounds/runde-eins", "projects/recovery")
SUMS = [getattr(Account, name) for name in
        ("committed_cents", "requested_cents", "paid_cents", "spent_cents", "proved_cents", "returned_cents")]


def settle() -> None:
    """Let plans and agreements that were only built bear the hashes that operations would have given them."""
    with transaction():
        for row in db.session.scalars(sa.select(Plan).where(Plan.content_hash.is_not(None))):
            before, row.content_hash = row.content_hash, budgets.content_hash(row)
            db.session.execute(sa.update(Approval).where(Approval.plan_id == row.id, Approval.plan_hash == before)
                               .values(plan_hash=row.content_hash))


def town(make: Builders | None = None) -> Town:
    built = Town(make or Builders())
    settle()
    return built


def let_go(target: Path, people: People = People.NAMES) -> Path:
    round_ = db.session.scalars(sa.select(Round).where(Round.slug == "runde-eins")).one()
    operations.export(round_, target, people, secret=KEY, site="https://there.example", by=None)
    return target


def take(file: Path, **how):
    with opened(file) as archive:
        return operations.take(archive, by=None, **how)


def read(app) -> dict[str, str]:
    """Read pages without what the journal tells: that stays where it happened."""
    stranger, said = Visitor(app), {}
    for path in (f"/{code}/{each}" for code in ("de", "ar") for each in PAGES):
        main = stranger.get(path).soup.main
        for part in main.select("[aria-labelledby=history-title]"):
            part.decompose()
        said[path] = " ".join(main.get_text(" ").split())
    return said


def sums():
    return dict(db.session.execute(sa.select(Project.slug, sa.func.concat_ws("/", *SUMS)).join(Account)).all()), \
        dict(db.session.execute(sa.select(LedgerEntry.kind, sa.func.sum(LedgerEntry.amount_cents))
                                .group_by(LedgerEntry.kind)).all())


def everything() -> dict[str, int]:
    db.session.rollback()
    return {table.name: db.session.scalar(sa.select(sa.func.count()).select_from(table))
            for table in db.metadata.sorted_tables}
