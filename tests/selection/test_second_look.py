"""Sheets are looked at again only where something may have come up."""

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.selection import jobs
from tests.selection.panels import panel, score


def test_who_declares_to_have_no_conflict_lets_nobody_look_again(make, queries):
    city = panel(make, 5_000_00)
    score(city.projects[0], city.people[0], 5)
    declared = db.session.scalars(sa.select(Entry).where(Entry.action == "conflict.declared")).all()
    assert declared and not any(entry.data["has_conflict"] for entry in declared)
    with queries(at_most=0):
        for entry in declared:
            jobs.void_conflicted(entry)
