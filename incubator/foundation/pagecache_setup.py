"""Puts the page cache in front of Flask."""

import hashlib
from pathlib import Path

import flask
import sqlalchemy as sa

from incubator.foundation import pagecache_state, replica
from incubator.foundation.database import db
from incubator.foundation.pagecache import PageCache
from incubator.foundation.pagecache_shared import Shared

PROGRAM = ("incubator/**/*.py", "incubator/**/*.mo", "templates/**/*", "static/**/*", "config.py")
SETTINGS = ("BASE_URL", "SITE_NAME", "CITY_NAME", "CITY_COLOUR", "CITY_HAS_LOGO", "OPERATOR", "ACCESSIBILITY", "DEMO")
A_MEGABYTE = 1024 * 1024


def set_up(app: flask.Flask, root: Path) -> None:
    """Wrap the program; with PAGE_CACHE_MB=0 nothing is kept."""
    room = int(app.config["PAGE_CACHE_MB"] * A_MEGABYTE)
    if not room:
        return

    def find() -> pagecache_state.Watch | None:
        with app.app_context():
            return replica.watched(app) or pagecache_state.watch_over(db.engine)

    cache = PageCache(app.wsgi_app, pagecache_state.State(find), room=room, pause=app.config["PAGE_CACHE_SECONDS"])
    if app.config["REDIS_URL"] and not app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        cache.shared = Shared(app.config["REDIS_URL"], _build(root, app))
    app.wsgi_app = cache  # type: ignore[method-assign, assignment]
    app.extensions["page_cache"] = cache
    sa.event.listen(db.session, "after_commit", lambda session: cache.look_again())


def _build(root: Path, app: flask.Flask) -> str:
    """Name what pages are drawn by: this program and these settings."""
    whole = hashlib.blake2b(digest_size=12)
    for file in sorted(file for shape in PROGRAM for file in root.glob(shape) if file.is_file()):
        about = file.stat()
        whole.update(f"{file.relative_to(root)} {about.st_size} {about.st_mtime_ns}\n".encode())
    whole.update(repr([app.config[name] for name in SETTINGS]).encode())
    return whole.hexdigest()
