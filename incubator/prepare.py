"""What `make run` does before it opens the door: catalogues, migrations, the demo city; prints how to come in."""

import logging
import os
import sys
from pathlib import Path

import click
import flask
import flask_migrate
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import config
from incubator import create_app, health
from incubator.accounts.models import Person
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.programme import operations as programme
from incubator.programme.operations_city import home_of

STEPS = config.ROOT / "migrations"


def bring_up_to_date(*, while_others_run: bool = False) -> bool:
    """Run the migrations that are missing and say whether there were any; asking is quick, Alembic is not.

    While others run, nothing is taken away from the release before: such steps wait.
    """
    head = health.head() if while_others_run else ScriptDirectory(str(STEPS)).get_current_head()
    with db.engine.connect() as line:
        now = MigrationContext.configure(line).get_current_revision()
        if now is not None and now >= str(head):
            return False
    flask_migrate.upgrade(directory=str(STEPS), revision=head if while_others_run else "head")
    return True


def is_empty() -> bool:
    return db.session.scalar(sa.select(Person.id).limit(1)) is None


def is_half_built(app: flask.Flask) -> bool:
    return (Path(app.config["INSTANCE"]) / "demo-half-built").exists()


def load_demo(app: flask.Flask) -> None:
    """Carry out `flask demo load` where the program has a demo city; one that was left half-built is begun anew."""
    group = app.cli.commands.get("demo")
    if isinstance(group, click.Group) and "load" in group.commands:
        click.echo("Building the demo city …", err=True)
        answer = app.test_cli_runner().invoke(args=["demo", *(("reset", "--yes") if is_half_built(app) else ("load",))])
        if answer.exception is not None:
            raise answer.exception


def guide(app: flask.Flask) -> str:
    """Say in a few lines how to come in."""
    if app.config["DEMO"]:
        address = app.config["BASE_URL"]
        return f"This is a demo city. Choose whom you want to be, no password needed: {address}/de/sign-in"
    if is_empty():
        folder = app.config["INSTANCE"]
        return (
            "There is nobody here yet. Invite yourself, open the link that is printed, and choose a password:\n"
            f"  INCUBATOR_INSTANCE={folder} BASE_URL={app.config['BASE_URL']} "
            ".venv/bin/flask people invite YOU@EXAMPLE.ORG --role administrator --role coordinator"
        )
    return f"Sign in at {app.config['BASE_URL']}/de/sign-in"


def main() -> None:
    logging.getLogger("alembic").setLevel(logging.WARNING)
    os.umask(0o077)
    app = create_app()
    with app.app_context():
        bring_up_to_date(while_others_run="--while-others-run" in sys.argv)
        if app.config["DEMO"] and (is_half_built(app) or is_empty()):
            load_demo(app)
        with transaction():
            programme.set_up(home_of(app))
        click.echo(guide(app))


if __name__ == "__main__":
    main()
