"""A panel that has scored, ready for decisions."""

from types import SimpleNamespace

import pytest

from tests.builders import Builders
from tests.selection.panels import panel, resolve, score_all


@pytest.fixture
def city(make: Builders) -> SimpleNamespace:
    """Three projects for ten thousand: 6,000, 4,000 and 3,000 asked for, scored in this order."""
    city = panel(make, 6_000_00, 4_000_00, 3_000_00)
    score_all(city, 5, 4, 3)
    city.resolution = resolve(city)
    return city
