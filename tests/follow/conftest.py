"""A push service that runs beside the tests."""

import pytest

from tests.follow.push_service import KEY, push_service


@pytest.fixture
def service(any_database, monkeypatch):
    with push_service() as (running, certificate):
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
        any_database.config.update(VAPID_KEY=KEY, PUSH_HOSTS=[running.host])
        yield running
