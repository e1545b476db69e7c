"""A page cache in front of a program of one number."""

import pytest

from incubator.foundation.pagecache import PageCache
from tests.foundation.cached_site import Rows, Site


@pytest.fixture
def rows() -> Rows:
    return Rows()


@pytest.fixture
def site(rows: Rows) -> Site:
    return Site(rows)


@pytest.fixture
def cache(rows: Rows, site: Site) -> PageCache:
    return PageCache(site, rows, room=100_000, pause=0)  # type: ignore[arg-type]
