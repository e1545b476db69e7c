"""Commands of the demo city."""

from pathlib import Path

import click
import flask
from flask.cli import AppGroup

from incubator.demo import queries
from incubator.foundation import clock, language
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.later import later

building, bulk = later("incubator.demo.building"), later("incubator.demo.bulk")
crowd, operations = later("incubator.demo.crowd"), later("incubator.demo.operations")

demo_group = AppGroup("demo", help="The fictional demo city.")


def _only_in_demo_mode() -> None:
    if not flask.current_app.config["DEMO"]:
        raise click.ClickException("This is not a demo: set DEMO=1 where nobody real lives.")


@demo_group.command("load")
@click.option("--projects", type=click.IntRange(0, 1_000_000), default=0, show_default=True,
              help="So many made-up projects beside the story, with their milestones, money, news and journal.")
@click.option("--entries", type=click.IntRange(1), help="Entries of their journal.  [default: 100 for each project]")
@click.option("--seed", type=int, help="The same number gives the same projects.")
def load(projects: int = 0, entries: int | None = None, seed: int | None = None) -> None:
    """Fill an empty database with the demo city."""
    _only_in_demo_mode()
    app = flask.current_app
    app.config["REDIS_URL"] = ""  # what follows is told on its own day, not woken for
    folder = Path(app.config["INSTANCE"])
    try:
        operations.demand_empty()
        with building.at_once(folder):
            operations.load()
            clock.shift(operations.TODAY - clock.real_today())
            _crowd(projects, entries, seed)
    except RuleBroken as broken:
        raise click.ClickException(str(broken.sentence)) from None
    operations.wind_clock(folder, clock.real_today())
    click.echo("The demo city has moved in.")


def _crowd(projects: int, entries: int | None, seed: int | None) -> None:
    if not projects:
        return
    with click.progressbar(length=projects, label="Made-up projects move in", show_pos=True) as bar:
        for number in crowd.move_in(projects, entries, crowd.SEED if seed is None else seed):
            bar.update(number - bar.pos)
    bulk.look()


@demo_group.command("reset")
@click.confirmation_option(prompt="Remove everything in this database and begin the demo city anew?")
@click.option("--projects", type=click.IntRange(0, 1_000_000), default=0, help="As `load` has it.")
@click.option("--entries", type=click.IntRange(1), help="As `load` has it.")
@click.option("--seed", type=int, help="As `load` has it.")
@click.pass_context
def reset(context: click.Context, projects: int, entries: int | None, seed: int | None) -> None:
    """Remove everything and load the demo city anew."""
    _only_in_demo_mode()
    db.session.remove()
    db.drop_all()
    db.create_all()
    context.invoke(load, projects=projects, entries=entries, seed=seed)


@demo_group.command("who")
def who() -> None:
    """Print as whom one can sign in."""
    _only_in_demo_mode()
    with language.in_language("en"):
        base = flask.current_app.config["BASE_URL"]
        click.echo(f"Sign in as one of them with a single click at {base}/de/sign-in :")
        for name, roles in queries.faces():
            click.echo(f"  {name:18} {roles}")
