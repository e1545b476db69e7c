"""One server of others for a whole run: every test finds it empty, and as ready to take whatever comes."""

from collections.abc import Iterator

import flask
import pytest

from tests.peers.sealed import Peer, peer, reply


@pytest.fixture(scope="session")
def sealed_peer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peer]:
    with peer(tmp_path_factory.mktemp("peer")) as known:
        yield known


@pytest.fixture
def there(app: flask.Flask, sealed_peer: Peer) -> Peer:
    """Return it, with the program trusting its authority; it takes everything with 202."""
    sealed_peer.asked.clear()
    sealed_peer.answer = lambda asked: reply(asked, 202)
    app.config["TEST_PEERS_CA"] = str(sealed_peer.ca)
    return sealed_peer
