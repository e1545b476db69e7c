"""What a list of findings is compared with: places by all their names, and what is written down already."""

from typing import Any

import sqlalchemy as sa

from incubator.dialogue import rules_evidence
from incubator.dialogue.models import NeedEvidence
from incubator.dialogue.rules_import import Places
from incubator.foundation.database import db
from incubator.programme import queries as programme


def places() -> Places:
    """Return themes by key, short name and every name, and districts by number, short name and name."""
    themes = {
        name.casefold(): each.id for each in programme.themes() for name in (*each.names.values(), each.slug, each.key)
    }
    districts = {
        name.casefold(): each.id
        for each in programme.districts() for name in (each.name, each.slug, each.number.lstrip("0"), each.number)
    }
    return Places(themes, districts)


def known() -> set[tuple[Any, ...]]:
    """Return what is written down already, as findings are compared."""
    names = ("statement", "indicator", "source", "year", "theme_id", "district_id")
    rows = db.session.execute(sa.select(*(getattr(NeedEvidence, name) for name in names)))
    return {rules_evidence.sameness(dict(row._mapping)) for row in rows}
