"""A partner's system, played on this machine."""

import pytest

from tests.peers.sealed import peer, reply


@pytest.fixture(scope="session")
def _partner(tmp_path_factory):
    with peer(tmp_path_factory.mktemp("partner")) as known:
        yield known


@pytest.fixture
def there(app, _partner):
    _partner.asked.clear()
    _partner.answer = lambda asked: reply(asked, 202)
    app.config["TEST_PEERS_CA"] = str(_partner.ca)
    return _partner
