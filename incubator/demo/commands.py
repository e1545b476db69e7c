"""Commands of the demo city."""

from pathlib import Path

import click
import flask
from flask.cli import AppGroup

from incubator.demo import building, operations, queries
from incubator.foundation import clock, language
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken

demo_group = AppGroup("demo", help="The fictional demo city.")


def _only_in_demo_mode() -> None:
    if not flask.current_app.config["DEMO"]:
        raise click.ClickException("This is not a demo: set DEMO=1 where nobody real lives.")


@demo_group.command("load")
def load() -> None:
    """Fill an empty database with the demo city."""
    _only_in_demo_mode()
    app = flask.current_app
    app.config["REDIS_URL"] = ""  # what follows is told on its own day, not woken for
    folder = Path(app.config["INSTANCE"])
    try:
        operations.demand_empty()
        with building.at_once(folder):
            operations.load()
    except RuleBroken as broken:
        raise click.ClickException(str(broken.sentence)) from None
    operations.wind_clock(folder, clock.real_today())
    click.echo("The demo city has moved in.")


@demo_group.command("reset")
@click.confirmation_option(prompt="Remove everything in this database and begin the demo city anew?")
@click.pass_context
def reset(context: click.Context) -> None:
    """Remove everything and load the demo city anew."""
    _only_in_demo_mode()
    db.session.remove()
    db.drop_all()
    db.create_all()
    context.invoke(load)


@demo_group.command("who")
def who() -> None:
    """Print as whom one can sign in."""
    _only_in_demo_mode()
    with language.in_language("en"):
        base = flask.current_app.config["BASE_URL"]
        click.echo(f"Sign in as one of them with a single click at {base}/de/sign-in :")
        for name, roles in queries.faces():
            click.echo(f"  {name:18} {roles}")
