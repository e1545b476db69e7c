"""A partner's system, played on this machine."""

import pytest

from incubator.foundation.transaction import transaction
from incubator.hooks import operations
from incubator.hooks.rules import Topic
from tests.hooks.hearing import SECRET


@pytest.fixture
def project(make):
    return make.project("active", slug="kueche", title="Küche für alle")


@pytest.fixture
def hears(there, make):
    """Let an address hear: `hears(Topic.NEWS)`."""

    def add(*topics, url=None, **more):
        with transaction():
            return operations.add(make.person("coordinator"), SECRET, name="Bücherei", url=url or f"{there.url}/hook",
                                  events=list(topics or Topic), **more)

    return add
