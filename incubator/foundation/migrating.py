"""`flask db` and its like: Flask-Migrate and Alembic are read when one of them runs, not in the web and the worker."""

from pathlib import Path
from typing import Any

import flask

from incubator.foundation.database import db
from incubator.foundation.later import later

flask_migrate = later("flask_migrate")


class _Migrations:
    """Stands where Flask-Migrate looks for what it was told, and tells it once it looks."""

    def __init__(self, app: flask.Flask) -> None:
        self.__app = app

    def __getattr__(self, wanted: str) -> Any:
        folder = str(Path(self.__app.root_path) / "migrations")
        flask_migrate.Migrate(self.__app, db, directory=folder, render_as_batch=True)  # it takes our place
        return getattr(self.__app.extensions["migrate"], wanted)


def set_up(app: flask.Flask) -> None:
    app.extensions["migrate"] = _Migrations(app)
