"""Installations between which a round moves."""

from pathlib import Path

import pytest

from tests.conftest import _on_postgresql, _on_sqlite
from tests.interchange.moving import let_go, town


@pytest.fixture
def house(request, tmp_path):
    """Enter an empty installation: `with house("sqlite"):`."""
    kinds = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}
    return lambda kind, name="house": kinds[kind](request, tmp_path / name)


@pytest.fixture
def archive(app, make, tmp_path) -> Path:
    """A round of which everything stands in this database, too; whoever takes it in takes it in beside itself."""
    town(make)
    return let_go(tmp_path / "round.zip")
