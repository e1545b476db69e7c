"""Public pages rendered from nothing, as multiples of a Flask hello world in the same run; nothing is cached."""

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import flask

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from incubator import create_app
from incubator.demo import operations as demo
from incubator.foundation.database import db

ROUNDS, EACH = 7, 20
PAGES = ("/de/", "/de/projects/", "/de/projects/garten-der-sprachen", "/ar/projects/garten-der-sprachen")


def seconds(*asks: Callable[[], object]) -> list[float]:
    """Return the best round of each, taken in turn: what else the machine does meanwhile hits all of them."""
    best = [float("inf")] * len(asks)
    for _ in range(ROUNDS):
        for place, ask in enumerate(asks):
            start = time.perf_counter()
            for _ in range(EACH):
                ask()
            best[place] = min(best[place], (time.perf_counter() - start) / EACH)
    return best


def main() -> None:
    hello = flask.Flask("hello")
    hello.add_url_rule("/", view_func=lambda: "Hello")
    plain = hello.test_client()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({
            "SECRET_KEY": "benchmark", "DEMO": True, "REDIS_URL": "", "INSTANCE": Path(folder),
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/incubator.db", "TRUSTED_HOSTS": None,
        })
        with app.app_context():
            db.create_all()
            demo.load()
        client = app.test_client()
        for page in PAGES:
            if client.get(page).status_code != 200:
                raise SystemExit(f"{page} does not open")
        base, *pages = seconds(lambda: plain.get("/"), *(partial(client.get, page) for page in PAGES))
        for page, taken in zip(PAGES, pages, strict=True):
            print(f"{page}: {taken / base:.1f} × hello world")


if __name__ == "__main__":
    main()
