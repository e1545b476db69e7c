"""`flask db` and its like: Flask-Migrate and Alembic are read when one of them runs, not in the web and the worker."""

from pathlib import Path
from typing import Any

import click
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


@click.command("db", help="Perform database migrations.", add_help_option=False,
               context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def _db(context: click.Context, arguments: tuple[str, ...]) -> None:
    """Hand everything on to Flask-Migrate's own commands."""
    commands: click.Group = later("flask_migrate.cli").db
    with commands.make_context("flask db", list(arguments), parent=context.parent) as theirs:
        commands.invoke(theirs)


def set_up(app: flask.Flask) -> None:
    app.extensions["migrate"] = _Migrations(app)
    app.cli.add_command(_db)
