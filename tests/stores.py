"""S3-compatible storage for tests, and the fixture that puts files into either kind of place."""

import contextlib
import http.client
import logging
import secrets
from collections.abc import Iterator

import flask
import pytest


@contextlib.contextmanager
def running() -> Iterator[str]:
    """Run storage in this process and hand out its address, with %s where a bucket's name belongs."""
    from moto.server import ThreadedMotoServer  # loads much; few tests want it

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"s3://%s/folder?endpoint=http://{host}:{port}"
    finally:
        server.stop()


def create_bucket(address: str) -> str:
    """Create an empty bucket and return its address as FILES_URL has it."""
    name = f"files-{secrets.token_hex(8)}"
    line = http.client.HTTPConnection(address.partition("http://")[2], timeout=20)
    line.request("PUT", f"/{name}")
    assert line.getresponse().status == 200
    line.close()
    return address % name


def use(app: flask.Flask, bucket: str) -> None:
    app.config["FILES_URL"] = bucket
    app.config["AWS_ACCESS_KEY_ID"], app.config["AWS_SECRET_ACCESS_KEY"] = "tests", "tests only"


@pytest.fixture(scope="session")
def storage() -> Iterator[str]:
    """The address of S3-compatible storage, with %s where the bucket's name belongs."""
    with running() as address:
        yield address


@pytest.fixture(params=["folder", "bucket"])
def any_store(request: pytest.FixtureRequest, app: flask.Flask) -> str:
    """Files lie in the instance folder, then in an empty bucket."""
    if request.param == "bucket":
        use(app, create_bucket(request.getfixturevalue("storage")))
    return str(request.param)
