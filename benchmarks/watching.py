"""What it costs to be watched: numbers, figures and a line of the log for each request, as parts of drawing a page.

All is measured in processor time, in turns within one run: the layer lies once around Flask and once around a program
that does nothing. Pages that come from the page cache do not pass the layer at all.
"""

import logging
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from werkzeug.test import EnvironBuilder

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from incubator import create_app
from incubator.demo import operations as demo
from incubator.foundation.database import db
from incubator.foundation.log_lines import JsonLine
from incubator.foundation.measures import Measured

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 30
PAGES = ("/de/", "/de/projects/", "/de/projects/garten-der-sprachen")
Layer = Callable[..., Iterable[bytes]]


def nothing(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    start("200 OK", [("Content-Type", "text/html")] * 15)
    return []


def asked(layer: Layer, path: str, times: int = 1) -> float:
    """Return the processor time of one answer."""
    environ = EnvironBuilder(path, environ_base={"REMOTE_ADDR": "127.0.0.1"}).get_environ()
    begun = time.thread_time()
    for _ in range(times):
        b"".join(layer(dict(environ), lambda *given: None))
    return (time.thread_time() - begun) / times


def best(*questions: Callable[[], float]) -> list[float]:
    """Return the best of each, asked in turn."""
    rounds = [[question() for question in questions] for _ in range(ROUNDS)]
    return [min(each) for each in zip(*rounds, strict=True)]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Path(folder, "log").open("w") as file:
        app = create_app({
            "SECRET_KEY": "benchmark", "DEMO": True, "REDIS_URL": "", "INSTANCE": Path(folder), "PAGE_CACHE_MB": 0,
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/incubator.db", "TRUSTED_HOSTS": None,
        })
        with app.app_context():
            db.create_all()
            demo.load()
        handler, log = logging.StreamHandler(file), logging.getLogger("incubator.requests")
        handler.setFormatter(JsonLine())
        log.addHandler(handler)
        log.propagate, log.level, site = False, logging.INFO, app.extensions["measures"]
        counting, telling = (Measured(nothing, None, trusts=False, writes=word) for word in ("slow", "all"))
        bare, counted, told, *pages, scrape = best(
            *(lambda layer=layer: asked(layer, "/", 200) for layer in (nothing, counting, telling)),
            *(lambda path=path: asked(site, path) for path in (*PAGES, "/metrics")))
        for path, taken in zip(PAGES, pages, strict=True):
            print(f"{path}: number and figures {100 * (counted - bare) / taken:.2f} % of the page, "
                  f"with a line of JSON for each {100 * (told - bare) / taken:.2f} %")
        print(f"/metrics: {scrape / pages[0]:.2f} × {PAGES[0]}")
        log.removeHandler(handler)


if __name__ == "__main__":
    main()
